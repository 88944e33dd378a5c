import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getNamedType,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  isAbstractType,
} from "graphql";
import { accessDenied } from "./access.ts";
import type { AdminContext } from "./context.ts";
import { GraphSource } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { typeFor } from "./registry.ts";
import { RootSource } from "./root-fields.ts";
import { adminSchema } from "./schema.ts";

export interface AdminRequest {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

/**
 * Runs a validated operation on the shop. Every field passes the access rules first; a field that is not implemented is
 * an error with the name of the field. All resolvers are synchronous, so the result is too.
 */
export function executeAdmin(request: AdminRequest, context: AdminContext): ExecutionResult {
  const result = execute({
    schema: adminSchema(),
    document: request.document,
    rootValue: new RootSource(),
    contextValue: context,
    variableValues: request.variables ?? null,
    operationName: request.operationName ?? null,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  if (result instanceof Promise) throw new TypeError("a resolver of the Admin API was asynchronous");
  return result;
}

const resolveField: GraphQLFieldResolver<unknown, AdminContext> = (source, args, context, info) => {
  const { parentType, fieldName } = info;
  const { missing, hidden } = context.access.verdictOn(parentType, fieldName);
  if (missing) throw accessDenied(fieldName, missing);
  const type = typeFor(parentType.name, source);
  if (!type?.has(fieldName)) throw new NotInLocalShopify(`${parentType.name}.${fieldName}`);
  if (hidden) return null;
  const value = type.resolve(source, args, context, info);
  if (isAbstractType(getNamedType(info.returnType))) refuseHiddenTypes(value, fieldName, context);
  return value;
};

/** Where the schema says only "a node", what the token may see depends on what comes out. */
function refuseHiddenTypes(value: unknown, fieldName: string, context: AdminContext): void {
  for (const object of Array.isArray(value) ? value : [value]) {
    if (!(object instanceof GraphSource)) continue;
    const missing = context.access.missingForType(object.typename);
    if (missing) throw accessDenied(fieldName, missing);
  }
}

const resolveType: GraphQLTypeResolver<unknown, AdminContext> = (value) =>
  value instanceof GraphSource ? value.typename : undefined;
