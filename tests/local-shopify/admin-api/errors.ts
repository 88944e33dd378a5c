import { GraphQLError } from "graphql";

/** Thrown for whatever the local Shopify has no truth about; it never makes a value up. */
export class NotInLocalShopify extends GraphQLError {
  constructor(what: string) {
    super(`not in the local Shopify: ${what}`, { extensions: { code: "NOT_IN_LOCAL_SHOPIFY" } });
  }
}

/** Shopify's error for arguments that the schema allows and the field does not. */
export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}
