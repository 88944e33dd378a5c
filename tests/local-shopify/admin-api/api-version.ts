/** The one Admin API version that is served; the SDL and the access rules in app/shopify/schema are of this version. */
export const ADMIN_API_VERSION = "2026-10";
