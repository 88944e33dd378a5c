import { ApiType, pluckConfig, preset } from "@shopify/api-codegen-preset";

/** Types of every `#graphql` document of the app, from the schema file in the repository: no network. */
export default {
  schema: "app/shopify/schema/admin.graphql",
  documents: ["app/shopify/operations/*.ts"],
  pluckConfig,
  generates: {
    "app/shopify/types/admin.types.d.ts": {
      plugins: ["typescript"],
      config: {
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          ARN: "string",
          BigInt: "string",
          Color: "string",
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          FormattedString: "string",
          HTML: "string",
          JSON: "unknown",
          Money: "string",
          StorefrontID: "string",
          URL: "string",
          UnsignedInt64: "string",
          UtcOffset: "string",
        },
      },
    },
    "app/shopify/types/admin.generated.d.ts": {
      preset,
      presetConfig: { apiType: ApiType.Admin },
    },
  },
};
