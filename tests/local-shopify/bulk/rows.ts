import type { ConnectionPlan } from "./row-plan.ts";

type Fields = Record<string, unknown>;

/** A row with the rows that belong under it, still to be written. */
export interface RowTree {
  readonly row: Fields;
  readonly children: readonly RowTree[];
}

/** The nodes of a connection in an answer, each as a row; nested connections become rows of their own. */
export function rowTrees(answer: Fields, plan: ConnectionPlan, parentId?: unknown): RowTree[] {
  const connection = plan.path.reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), answer);
  const edges = isFields(connection) ? connection[plan.edgesKey] : undefined;
  if (!Array.isArray(edges)) return [];
  return edges.flatMap((edge: unknown) => {
    const node = isFields(edge) ? edge[plan.nodeKey] : undefined;
    if (!isFields(node)) return [];
    const children = plan.children.flatMap((child) => rowTrees(node, child, node["id"]));
    const row = plan.children.reduce((rest, child) => without(rest, child.path), node);
    return [{ row: parentId === undefined ? row : { ...row, __parentId: parentId }, children }];
  });
}

/**
 * Puts rows in the order in which Shopify may write them. Grouped: children right after their parent. Not grouped:
 * children anywhere after it; here they are held back and mixed, so that nobody comes to rely on an order. What is held
 * back is bounded, however long the export.
 */
export class RowOrder {
  private readonly grouped: boolean;
  private readonly heldBack: RowTree[] = [];
  private random = 20_261_001;

  constructor(grouped: boolean) {
    this.grouped = grouped;
  }

  *add(trees: readonly RowTree[]): Generator<Fields> {
    for (const tree of trees) {
      yield tree.row;
      if (this.grouped) yield* this.add(tree.children);
      else this.heldBack.push(...tree.children);
    }
    while (this.heldBack.length > MAX_HELD_BACK) yield* this.release();
  }

  *end(): Generator<Fields> {
    while (this.heldBack.length > 0) yield* this.release();
  }

  private *release(): Generator<Fields> {
    this.random = (this.random * 48_271) % 2_147_483_647;
    const at = this.random % this.heldBack.length;
    const tree = this.heldBack[at];
    const last = this.heldBack.pop();
    if (!tree || !last) return;
    if (at < this.heldBack.length) this.heldBack[at] = last;
    this.heldBack.push(...tree.children);
    yield tree.row;
  }
}

const MAX_HELD_BACK = 2_000;

function without(fields: Fields, path: readonly string[]): Fields {
  const [key, ...rest] = path;
  if (key === undefined) return fields;
  const { [key]: value, ...others } = fields;
  return rest.length > 0 && isFields(value) ? { ...others, [key]: without(value, rest) } : others;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
