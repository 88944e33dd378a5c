import { getOperationAST, isObjectType, OperationTypeNode } from "graphql";
import type { AccessGate } from "../admin-api/access.ts";
import type { BulkUserError } from "../admin-api/context.ts";
import { checkedDocument } from "../admin-api/endpoint.ts";
import { NotInLocalShopify } from "../admin-api/errors.ts";
import { typeFor } from "../admin-api/registry.ts";
import { type BulkQueryFacts, type ConnectionPlan, readBulkQuery } from "./row-plan.ts";

const MAX_CONNECTIONS = 5;
/** Levels below the top connection. */
const MAX_NESTING = 2;

/** A query that may be run in bulk, or Shopify's reasons why not. */
export type CheckedBulkQuery =
  | { readonly ok: true; readonly facts: BulkQueryFacts; readonly top: ConnectionPlan }
  | { readonly ok: false; readonly userErrors: BulkUserError[] };

/**
 * Holds a query against Shopify's rules for bulk queries.
 *
 * @throws NotInLocalShopify when Shopify would run it and the local one cannot
 */
export function checkBulkQuery(query: string): CheckedBulkQuery {
  if (query.trim() === "") return refused(["Invalid bulk query: syntax error, unexpected end of file"]);
  const { document, errors } = checkedDocument(query);
  if (errors.length > 0) return refused(errors.map(({ message }) => `Invalid bulk query: ${message}`));
  const operation = getOperationAST(document);
  if (!operation) return refused(["Bulk queries must contain exactly one operation."]);
  if (operation.operation !== OperationTypeNode.QUERY) {
    return refused(["Invalid operation type. Only `query` operations are supported."]);
  }
  const facts = readBulkQuery(document, operation);
  const messages = brokenRules(facts);
  if (messages.length > 0) return refused(messages);
  for (const { parent, name } of facts.fields) {
    if (!isObjectType(parent) || /(Connection|Edge)$/.test(parent.name)) continue;
    if (!typeFor(parent.name, null)?.has(name)) throw new NotInLocalShopify(`${parent.name}.${name}`);
  }
  const [top] = facts.plans;
  if (!top || top.path.length !== 1) throw new NotInLocalShopify("a bulk query whose top field is no connection");
  return { ok: true, facts, top };
}

/** The fields of a bulk query that the token's scopes do not cover. */
export function deniedFields(facts: BulkQueryFacts, access: AccessGate): string[] {
  return facts.fields.flatMap(({ parent, name }) =>
    isObjectType(parent) && access.verdictOn(parent, name).missing ? [`${parent.name}.${name}`] : [],
  );
}

function brokenRules(facts: BulkQueryFacts): string[] {
  const messages: string[] = [];
  const { connections, topFields, viaNodes, parentsWithoutId } = facts;
  if (viaNodes.length > 0) {
    messages.push(
      "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: " +
        "'products { edges { node {'. Selecting via 'nodes' is not supported. " +
        `Invalid connection fields: '${viaNodes.join("', '")}'.`,
    );
  }
  for (const name of ["node", "nodes"]) {
    if (topFields.includes(name)) messages.push(`Bulk queries cannot contain a top level \`${name}\` field.`);
  }
  if (topFields.length > 1) messages.push("Bulk queries cannot contain more than one top level field.");
  if (connections.some(({ nestingDepth }) => nestingDepth > MAX_NESTING)) {
    messages.push(`Bulk queries cannot contain connections with a nesting depth greater than ${MAX_NESTING}.`);
  }
  if (connections.length > MAX_CONNECTIONS) {
    messages.push(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`);
  }
  if (parentsWithoutId.length > 0) {
    messages.push(
      "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' " +
        `return type. Connection fields without 'id': ${parentsWithoutId.join(", ")}.`,
    );
  }
  if (facts.connectionInList) {
    messages.push("Queries that contain a connection field within a list field are not currently supported.");
  }
  const notNodes = connections.filter(({ name, nodeIsNode }) => !nodeIsNode && !viaNodes.includes(name));
  if (notNodes.length > 0) {
    const names = notNodes.map(({ name }) => `'${name}'`).join(", ");
    messages.push(
      `The 'node' of every connection in a bulk query must implement 'Node'. Invalid connection fields: ${names}.`,
    );
  }
  if (connections.length === 0) messages.push("Bulk queries must contain at least one connection.");
  return messages;
}

function refused(messages: string[]): CheckedBulkQuery {
  return { ok: false, userErrors: messages.map((message) => ({ code: "INVALID", field: ["query"], message })) };
}
