// Regenerates the Shopify schema files in app/shopify/schema from the introspection results that Shopify publishes inside
// its npm package @shopify/dev-mcp. The package itself is never a dependency (366 MB installed); only its tarball is read.
//
//   npm run schemas
//
// Writes, per schema, `<name>.graphql` (SDL without descriptions) and, for the Admin API, `admin.access.json`: the access
// scopes that Shopify's documentation names for each type, field and webhook topic, and the fields that are protected
// customer data.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, lexicographicSortSchema, printSchema } from "graphql";
import { format } from "prettier";

const PACKAGE = "@shopify/dev-mcp@1.16.0";
const API_VERSION = "2026-10";
const TARGET = path.resolve(import.meta.dirname, "../app/shopify/schema");

const SOURCES = [
  { name: "admin", file: `admin_${API_VERSION}.json.gz` },
  { name: "functions-discount", file: `functions_discount_${API_VERSION}.json.gz` },
  { name: "functions-payment-customization", file: `functions_payment_customization_${API_VERSION}.json.gz` },
];

const withoutDescriptions = (value) => {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === "description" ? null : withoutDescriptions(inner)]),
  );
};

/** Scope names stand in backticks inside `requiredAccess`, a sentence such as "`read_orders` access scope or ...". */
const scopesIn = (requiredAccess) =>
  [...new Set((requiredAccess ?? "").match(/`[a-z_]+`/g) ?? [])].map((s) => s.slice(1, -1));

/** Of a topic the scopes stand in its description: "Requires the `read_orders` scope." or a list of several. */
const scopesOfTopic = (description) => [
  ...new Set((description ?? "").split("Requires")[1]?.match(/(read|write)_[a-z_]+/g) ?? []),
];

const topicsOf = (schema) => {
  const { enumValues } = schema.types.find((type) => type.name === "WebhookSubscriptionTopic");
  const needed = enumValues.map(({ name, description }) => [name, scopesOfTopic(description)]);
  return Object.fromEntries(needed.filter(([, scopes]) => scopes.length > 0));
};

const accessOf = (schema) => {
  const types = {};
  const fields = {};
  const protectedFields = {};
  for (const type of schema.types) {
    if (type.name.startsWith("__")) continue;
    const scopes = scopesIn(type.requiredAccess);
    if (scopes.length > 0) types[type.name] = scopes;
    for (const field of type.fields ?? []) {
      const key = `${type.name}.${field.name}`;
      const fieldScopes = scopesIn(field.requiredAccess);
      if (fieldScopes.length > 0) fields[key] = fieldScopes;
      if (field.isProtected)
        protectedFields[key] = { subject: field.protectedSubject, content: field.protectedContent };
    }
  }
  return { source: PACKAGE, apiVersion: API_VERSION, types, fields, protectedFields, topics: topicsOf(schema) };
};

const work = mkdtempSync(path.join(tmpdir(), "pareto-schemas-"));
try {
  const tarball = execFileSync("npm", ["pack", PACKAGE, "--silent"], { cwd: work, encoding: "utf8" }).trim();
  for (const { name, file } of SOURCES) {
    const member = `package/dist/data/${file}`;
    execFileSync("tar", ["xzf", tarball, member], { cwd: work });
    const introspection = JSON.parse(gunzipSync(readFileSync(path.join(work, member))).toString("utf8")).data;
    const sdl = printSchema(lexicographicSortSchema(buildClientSchema(withoutDescriptions(introspection))));
    writeFileSync(path.join(TARGET, `${name}.graphql`), `${sdl}\n`);
    if (name === "admin") {
      const json = await format(JSON.stringify(accessOf(introspection.__schema)), { parser: "json", printWidth: 120 });
      writeFileSync(path.join(TARGET, "admin.access.json"), json);
    }
    process.stdout.write(`${name}: ${(sdl.length / 1024).toFixed(0)} kB\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
