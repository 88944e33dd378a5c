import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "./connection.ts";
import { adminSchema } from "./schema.ts";

/**
 * The price of a query in points. Shopify publishes the outline (object 1, scalar and enum 0, connection by its size,
 * mutation 10, union and interface their dearest selection); the rest is what its answers were seen to charge:
 *
 * - a connection costs 2 + m x (what one node costs), with m = floor(2 x ln(max(2, first or last))): 250 gives 11;
 * - amounts (MoneyV2, MoneyBag) and pageInfo are values, not objects: 0;
 * - a list field that is no connection costs its object once, whatever its length; but `nodes` and what else takes a list
 *   of ids is charged for each id;
 * - a mutation costs 10 whatever it returns.
 *
 * Seen: 250 orders of plain fields 13; with `lineItems(first: 250) { nodes { id } }` 156; with customer, shippingAddress and
 * app on the order, product, variant and two amounts on the line 431.
 *
 * The actual cost counts what came back by the same rules: m from the number of nodes that a page holds, the dearest of
 * them as the node, nothing for null. It is never more than the requested cost.
 */
export interface QueryCost {
  readonly requested: number;
  /** What the answer cost, given its data. */
  actual(data: unknown): number;
}

export const MAX_QUERY_COST = 1000;
const MUTATION_COST = 10;
const FREE_TYPES = new Set(["MoneyV2", "MoneyBag", "PageInfo"]);

type Variables = Readonly<Record<string, unknown>>;

export function costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): QueryCost {
  const walk = new CostWalk(document, variables);
  if (operation.operation === "mutation") {
    const count = walk.fieldsOf([operation.selectionSet]).size;
    return { requested: count * MUTATION_COST, actual: () => count * MUTATION_COST };
  }
  const root = adminSchema().getQueryType();
  if (!root) throw new TypeError("the schema has no queries");
  const requested = walk.requested(root, [operation.selectionSet]);
  return { requested, actual: (data) => Math.min(requested, walk.actual(root, [operation.selectionSet], data)) };
}

class CostWalk {
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  private readonly variables: Variables;

  constructor(document: DocumentNode, variables: Variables) {
    this.variables = variables;
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  /** What selections on an object cost before anything is known of the answer. */
  requested(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): number {
    if (isAbstractType(type)) {
      const concrete = [...this.conditionsIn(sets)].map((name) => adminSchema().getType(name)).filter(isObjectType);
      const bare = this.sumRequested(type, this.fieldsOf(sets, new Set([type.name])));
      return Math.max(bare, ...concrete.map((one) => this.requested(one, sets)));
    }
    return this.sumRequested(type, this.fieldsOf(sets, namesOf(type)));
  }

  /** What an answer cost. Fields of fragments that did not apply are not in the data and cost nothing. */
  actual(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], data: unknown): number {
    if (!isRecord(data)) return 0;
    let sum = 0;
    for (const [key, nodes] of this.fieldsOf(sets)) {
      const value = data[key];
      if (value === null || value === undefined) continue;
      const field = this.fieldOf(type, nodes[0]) ?? this.fieldAnywhere(sets, nodes[0]);
      if (field) sum += this.actualField(field, nodes, value);
    }
    return sum;
  }

  /** Fields by response key, through all fragments that may apply to the type names, or all when none are given. */
  fieldsOf(sets: readonly SelectionSetNode[], typeNames?: ReadonlySet<string>): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const visit = (set: SelectionSetNode) => {
      for (const selection of set.selections) {
        if (!this.isIncluded(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          fields.set(key, [...(fields.get(key) ?? []), selection]);
          continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        if (!fragment) continue;
        const condition = fragment.typeCondition?.name.value;
        if (!typeNames || condition === undefined || typeNames.has(condition)) visit(fragment.selectionSet);
      }
    };
    sets.forEach(visit);
    return fields;
  }

  private sumRequested(type: GraphQLCompositeType, fields: Map<string, FieldNode[]>): number {
    let sum = 0;
    for (const nodes of fields.values()) {
      const field = this.fieldOf(type, nodes[0]);
      if (field) sum += this.requestedField(field, nodes);
    }
    return sum;
  }

  private requestedField(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): number {
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || FREE_TYPES.has(type.name)) return 0;
    const sets = setsOf(nodes);
    const nodeType = nodeTypeOf(type);
    if (nodeType) {
      const size = this.pageSize(nodes);
      if (size === 0) return 2;
      const perNode = 1 + this.requested(nodeType, this.nodeSets(sets));
      return 2 + multiplier(size) * perNode;
    }
    return this.idCount(nodes) * (1 + this.requested(type, sets));
  }

  private actualField(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], value: unknown): number {
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || FREE_TYPES.has(type.name)) return 0;
    const sets = setsOf(nodes);
    const nodeType = nodeTypeOf(type);
    if (nodeType) {
      const answered = this.answeredNodes(sets, value);
      if (answered.length === 0) return 2;
      const dearest = Math.max(...answered.map((node) => this.actual(nodeType, this.nodeSets(sets), node)));
      return 2 + multiplier(answered.length) * (1 + dearest);
    }
    if (!Array.isArray(value)) return 1 + this.actual(type, sets, value);
    const items = value.filter((item) => item !== null).map((item) => this.actual(type, sets, item));
    if (items.length === 0) return 0;
    if (this.takesIds(nodes)) return items.reduce((sum, item) => sum + 1 + item, 0);
    return 1 + Math.max(...items);
  }

  /** The selections on the nodes of a connection, whether they are reached by `nodes` or by `edges { node }`. */
  private nodeSets(sets: readonly SelectionSetNode[]): SelectionSetNode[] {
    const fields = [...this.fieldsOf(sets).values()].flat();
    const direct = fields.filter(({ name }) => name.value === "nodes");
    const edges = [...this.fieldsOf(setsOf(fields.filter(({ name }) => name.value === "edges"))).values()].flat();
    return setsOf([...direct, ...edges.filter(({ name }) => name.value === "node")]);
  }

  private answeredNodes(sets: readonly SelectionSetNode[], connection: unknown): unknown[] {
    if (!isRecord(connection)) return [];
    for (const [key, [node]] of this.fieldsOf(sets)) {
      const list = connection[key];
      if (!Array.isArray(list) || !node) continue;
      if (node.name.value === "nodes") return list;
      const inEdge = [...this.fieldsOf(setsOf([node]))].find(([, [child]]) => child?.name.value === "node");
      if (inEdge) return list.map((edge) => (isRecord(edge) ? edge[inEdge[0]] : null));
    }
    return [];
  }

  private pageSize(nodes: readonly FieldNode[]): number {
    const sizes = nodes.flatMap((node) => [this.argument(node, "first"), this.argument(node, "last")]);
    const given = sizes.filter((size) => typeof size === "number");
    return given.length === 0 ? 1 : Math.min(MAX_PAGE_SIZE, Math.max(...given));
  }

  private takesIds(nodes: readonly FieldNode[]): boolean {
    return nodes.some((node) => Array.isArray(this.argument(node, "ids")));
  }

  private idCount(nodes: readonly FieldNode[]): number {
    const ids = nodes.map((node) => this.argument(node, "ids")).find(Array.isArray);
    return ids ? ids.length : 1;
  }

  private argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) return this.variables[value.name.value];
    if (value?.kind === Kind.INT) return Number(value.value);
    return value?.kind === Kind.LIST ? value.values : undefined;
  }

  private isIncluded(node: SelectionSetNode["selections"][number]): boolean {
    if (getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.["if"] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.["if"] !== false;
  }

  private fieldOf(type: GraphQLNamedType, node: FieldNode | undefined): GraphQLField<unknown, unknown> | undefined {
    if (!node || !("getFields" in type)) return undefined;
    const field = type.getFields()[node.name.value];
    return field && "args" in field ? field : undefined;
  }

  /** In an answer whose type is not told, the field is that of the first condition which has it. */
  private fieldAnywhere(sets: readonly SelectionSetNode[], node: FieldNode | undefined) {
    for (const name of this.conditionsIn(sets)) {
      const type = adminSchema().getType(name);
      const field = type && this.fieldOf(type, node);
      if (field) return field;
    }
    return undefined;
  }

  private conditionsIn(sets: readonly SelectionSetNode[]): Set<string> {
    const names = new Set<string>();
    const visit = (set: SelectionSetNode) => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) continue;
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
        if (fragment?.typeCondition) names.add(fragment.typeCondition.name.value);
        if (fragment) visit(fragment.selectionSet);
      }
    };
    sets.forEach(visit);
    return names;
  }
}

/** @example multiplier(250) // 11 */
function multiplier(size: number): number {
  return Math.floor(2 * Math.log(Math.max(2, size)));
}

function nodeTypeOf(type: GraphQLCompositeType): GraphQLCompositeType | null {
  if (!isObjectType(type) || !type.name.endsWith("Connection")) return null;
  const nodes = type.getFields()["nodes"];
  const node = nodes && getNamedType(nodes.type);
  return node && isCompositeType(node) ? node : null;
}

function namesOf(type: GraphQLCompositeType): Set<string> {
  const names = new Set([type.name]);
  if (isObjectType(type)) for (const one of type.getInterfaces()) names.add(one.name);
  return names;
}

function setsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
