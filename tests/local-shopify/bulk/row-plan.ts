import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { adminSchema } from "../admin-api/schema.ts";

/** How one connection of a bulk query becomes rows. Keys are those of the answer, so that aliases hold. */
export interface ConnectionPlan {
  readonly fieldName: string;
  /** From the owner's row to the connection, through single objects. */
  readonly path: readonly string[];
  readonly edgesKey: string;
  readonly nodeKey: string;
  readonly children: readonly ConnectionPlan[];
}

/** What the rules of bulk queries look at. */
export interface BulkQueryFacts {
  readonly topFields: readonly string[];
  readonly connections: readonly { name: string; nestingDepth: number; nodeIsNode: boolean }[];
  /** Connections read by `nodes` instead of `edges { node }`. */
  readonly viaNodes: readonly string[];
  /** Connections that hold others, without the id that these point to. */
  readonly parentsWithoutId: readonly string[];
  readonly connectionInList: boolean;
  /** Every field selected, with the type that it belongs to. */
  readonly fields: readonly { parent: GraphQLCompositeType; name: string }[];
  readonly plans: readonly ConnectionPlan[];
}

interface Place {
  readonly nestingDepth: number;
  readonly inList: boolean;
  readonly parent: { name: string; hasId: boolean } | null;
}

/** Takes a valid query apart, as far as exporting it row by row needs it. */
export function readBulkQuery(document: DocumentNode, operation: OperationDefinitionNode): BulkQueryFacts {
  const reader = new BulkQueryReader(document);
  const root = adminSchema().getQueryType();
  if (!root) throw new TypeError("the schema has no queries");
  const plans = reader.read(root, operation.selectionSet, { nestingDepth: 0, inList: false, parent: null });
  return {
    topFields: operation.selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : [])),
    connections: reader.connections,
    viaNodes: [...reader.viaNodes],
    parentsWithoutId: [...reader.parentsWithoutId],
    connectionInList: reader.connectionInList,
    fields: reader.fields,
    plans,
  };
}

class BulkQueryReader {
  readonly connections: { name: string; nestingDepth: number; nodeIsNode: boolean }[] = [];
  readonly viaNodes = new Set<string>();
  readonly parentsWithoutId = new Set<string>();
  readonly fields: { parent: GraphQLCompositeType; name: string }[] = [];
  connectionInList = false;
  private readonly fragments: Map<string, FragmentDefinitionNode>;

  constructor(document: DocumentNode) {
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  read(type: GraphQLCompositeType, set: SelectionSetNode, place: Place): ConnectionPlan[] {
    return this.fieldsOf(type, set).flatMap(({ parent, node }) => this.readField(parent, node, place));
  }

  private readField(parent: GraphQLCompositeType, node: FieldNode, place: Place): ConnectionPlan[] {
    const name = node.name.value;
    const field = "getFields" in parent ? parent.getFields()[name] : undefined;
    if (!field) return [];
    this.fields.push({ parent, name });
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet) return [];
    const key = keyOf(node);
    if (type.name.endsWith("Connection")) {
      const plan = this.readConnection(type, node, place);
      return plan ? [plan] : [];
    }
    const inner = { ...place, inList: place.inList || isList(field.type) };
    return this.read(type, node.selectionSet, inner).map((plan) => ({ ...plan, path: [key, ...plan.path] }));
  }

  private readConnection(type: GraphQLCompositeType, field: FieldNode, place: Place): ConnectionPlan | null {
    const name = field.name.value;
    const inner = this.fieldsOf(type, field.selectionSet);
    for (const { parent, node } of inner) this.fields.push({ parent, name: node.name.value });
    if (inner.some(({ node }) => node.name.value === "nodes")) this.viaNodes.add(name);
    if (place.inList) this.connectionInList = true;
    if (place.parent && !place.parent.hasId) this.parentsWithoutId.add(place.parent.name);
    const edges = this.childOf(type, field, "edges");
    const node = edges && this.childOf(edges.type, edges.node, "node");
    this.connections.push({ name, nestingDepth: place.nestingDepth, nodeIsNode: node !== null && isNode(node.type) });
    if (!edges || !node?.node.selectionSet) return null;
    const selected = this.fieldsOf(node.type, node.node.selectionSet);
    const hasId = selected.some((one) => one.node.name.value === "id" && !one.node.alias);
    const children = this.read(node.type, node.node.selectionSet, {
      nestingDepth: place.nestingDepth + 1,
      inList: false,
      parent: { name, hasId },
    });
    return {
      fieldName: name,
      path: [keyOf(field)],
      edgesKey: keyOf(edges.node),
      nodeKey: keyOf(node.node),
      children,
    };
  }

  /** The selection of `edges` on a connection, or of `node` on an edge, with the type of what it holds. */
  private childOf(type: GraphQLCompositeType, owner: FieldNode, name: string) {
    const node = this.fieldsOf(type, owner.selectionSet).find((field) => field.node.name.value === name)?.node;
    const child = node && childType(type, name);
    return child ? { node, type: child } : null;
  }

  private fieldsOf(type: GraphQLCompositeType, set: SelectionSetNode | undefined) {
    const found: { parent: GraphQLCompositeType; node: FieldNode }[] = [];
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        found.push({ parent: type, node: selection });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition && adminSchema().getType(fragment.typeCondition.name.value);
      const inner = condition && isCompositeType(condition) ? condition : type;
      found.push(...this.fieldsOf(inner, fragment?.selectionSet));
    }
    return found;
  }
}

function keyOf(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}

function childType(type: GraphQLCompositeType, field: string): GraphQLCompositeType | undefined {
  const definition = "getFields" in type ? type.getFields()[field] : undefined;
  const named = definition && getNamedType(definition.type);
  return named && isCompositeType(named) ? named : undefined;
}

/** An abstract type is a Node when all that it may turn out to be is one, as with Media. */
function isNode(type: GraphQLCompositeType): boolean {
  if (isObjectType(type)) return type.getInterfaces().some(({ name }) => name === "Node");
  return type.name === "Node" || adminSchema().getPossibleTypes(type).every(isNode);
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}
