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
    const key = node.alias?.value ?? name;
    if (type.name.endsWith("Connection")) {
      const plan = this.readConnection(type, node, place);
      return plan ? [plan] : [];
    }
    const inner = { ...place, inList: place.inList || isList(field.type) };
    return this.read(type, node.selectionSet, inner).map((plan) => ({ ...plan, path: [key, ...plan.path] }));
  }

  private readConnection(type: GraphQLCompositeType, node: FieldNode, place: Place): ConnectionPlan | null {
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    const inner = this.fieldsOf(type, node.selectionSet);
    if (inner.some((field) => field.node.name.value === "nodes")) this.viaNodes.add(name);
    if (place.inList) this.connectionInList = true;
    if (place.parent && !place.parent.hasId) this.parentsWithoutId.add(place.parent.name);
    for (const one of inner) this.fields.push({ parent: one.parent, name: one.node.name.value });
    const edges = inner.find((field) => field.node.name.value === "edges")?.node;
    const edgeType = edges && childType(type, "edges");
    const nodeField = edgeType && this.fieldsOf(edgeType, edges.selectionSet).find((f) => f.node.name.value === "node");
    const nodeType = edgeType && childType(edgeType, "node");
    this.connections.push({ name, nestingDepth: place.nestingDepth, nodeIsNode: !!nodeType && isNode(nodeType) });
    if (!edges || !nodeField?.node.selectionSet || !nodeType) return null;
    const selected = this.fieldsOf(nodeType, nodeField.node.selectionSet);
    const hasId = selected.some((field) => field.node.name.value === "id" && !field.node.alias);
    const children = this.read(nodeType, nodeField.node.selectionSet, {
      nestingDepth: place.nestingDepth + 1,
      inList: false,
      parent: { name, hasId },
    });
    const nodeKey = nodeField.node.alias?.value ?? "node";
    return { fieldName: name, path: [key], edgesKey: edges.alias?.value ?? "edges", nodeKey, children };
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
