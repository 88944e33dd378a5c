import { GraphQLError } from "graphql";

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)$/;

/** @example gid("Order", 7) // "gid://shopify/Order/7" */
export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`;
}

/**
 * Takes a global id apart.
 *
 * @throws GraphQLError as Shopify when the text is no global id
 */
export function parseGid(text: string): { type: string; id: number } {
  const match = GID.exec(text);
  if (!match?.[1] || !match[2]) {
    throw new GraphQLError(`Invalid global id '${text}'`, { extensions: { code: "argumentLiteralsIncompatible" } });
  }
  return { type: match[1], id: Number(match[2]) };
}

/** The number in a global id that must be of one type; another type is Shopify's RESOURCE_NOT_FOUND. */
export function idOfType(text: string, type: string): number {
  const parsed = parseGid(text);
  if (parsed.type === type) return parsed.id;
  throw new GraphQLError(`Invalid id: ${text}`, { extensions: { code: "RESOURCE_NOT_FOUND" } });
}
