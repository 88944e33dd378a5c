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
export function parseGid(text: string): { type: string; id: number; digits: string } {
  const match = GID.exec(text);
  if (!match?.[1] || !match[2]) {
    throw new GraphQLError(`Invalid global id '${text}'`, { extensions: { code: "argumentLiteralsIncompatible" } });
  }
  return { type: match[1], id: Number(match[2]), digits: match[2] };
}

/** The number in a global id that must be of one type; another type is Shopify's RESOURCE_NOT_FOUND. */
export function idOfType(text: string, type: string): number {
  return partsOfType(text, type).id;
}

/** As `idOfType`, with the number also as it is written: it may pass 2^53. */
export function partsOfType(text: string, type: string): { id: number; digits: string } {
  const parsed = parseGid(text);
  if (parsed.type === type) return parsed;
  throw new GraphQLError(`Invalid id: ${text}`, { extensions: { code: "RESOURCE_NOT_FOUND" } });
}
