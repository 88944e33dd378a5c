import { ApiVersion } from "@shopify/shopify-api";

/** The one Admin API version that the app speaks; schema/ is generated for it. */
export const API_VERSION = ApiVersion.October26;
