import { readFileSync } from "node:fs";
import { buildASTSchema, type GraphQLSchema, parse } from "graphql";
import { z } from "zod";

const schemaFile = (name: string) => new URL(`../../../app/shopify/schema/${name}`, import.meta.url);

const accessFileSchema = z.object({
  types: z.record(z.string(), z.array(z.string())),
  fields: z.record(z.string(), z.array(z.string())),
  protectedFields: z.record(
    z.string(),
    z.object({ subject: z.string(), content: z.enum(["name", "email", "phone", "address"]) }),
  ),
});

/** Which scopes a type or a field needs, and which fields are protected customer data, as Shopify's schema says. */
export type AccessFile = z.output<typeof accessFileSchema>;

let schema: GraphQLSchema | undefined;
let accessFile: AccessFile | undefined;

/** Shopify's own Admin schema. It is built once, since that takes 0.15 s. */
export function adminSchema(): GraphQLSchema {
  schema ??= buildASTSchema(parse(readFileSync(schemaFile("admin.graphql"), "utf8"), { noLocation: true }), {
    assumeValidSDL: true,
    assumeValid: true,
  });
  return schema;
}

/** The access rules that came with the schema. */
export function adminAccessFile(): AccessFile {
  accessFile ??= accessFileSchema.parse(JSON.parse(readFileSync(schemaFile("admin.access.json"), "utf8")));
  return accessFile;
}
