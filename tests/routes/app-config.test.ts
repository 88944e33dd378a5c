import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
} from "graphql";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { TOPICS } from "#app/core/webhooks/topics.ts";
import { API_VERSION } from "#app/shopify/api-version.ts";

const OPERATIONS = "app/shopify/operations";
const schema = buildSchema(readFileSync("app/shopify/schema/admin.graphql", "utf8"), { assumeValidSDL: true });

const access = z
  .object({
    types: z.record(z.string(), z.array(z.string())),
    fields: z.record(z.string(), z.array(z.string())),
    topics: z.record(z.string(), z.array(z.string())),
  })
  .parse(JSON.parse(readFileSync("app/shopify/schema/admin.access.json", "utf8")));

const config = z
  .object({
    access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
    webhooks: z.object({
      api_version: z.string(),
      subscriptions: z.array(
        z.object({
          topics: z.array(z.string()).default([]),
          compliance_topics: z.array(z.string()).default([]),
          uri: z.string(),
        }),
      ),
    }),
  })
  .parse(parseToml(readFileSync("shopify.app.toml", "utf8")));

const required = config.access_scopes.scopes.split(",");
const scopes = [...required, ...config.access_scopes.optional_scopes];

type Granted = (granted: { readonly paymentTerms: boolean }) => string;
const isByGrant = (document: unknown): document is Granted => typeof document === "function";

/** A document, or both forms of one that depends on what is granted. */
const textsOf = (document: unknown): string[] =>
  isByGrant(document) ? [true, false].map((paymentTerms) => document({ paymentTerms })) : [String(document)];

/** Fragments are no documents of their own: they are checked in those that spread them. */
const isOfDocuments = (file: string): boolean => !file.endsWith("-fragments.ts");

/** Every document that a file of operations exports, by its name. */
const documents = await Promise.all(
  readdirSync(OPERATIONS)
    .filter(isOfDocuments)
    .map(async (file) => {
      const exported = (await import(path.resolve(OPERATIONS, file))) as Record<string, unknown>;
      return Object.entries(exported).flatMap(([name, document]) => textsOf(document).map((text) => ({ name, text })));
    }),
).then((files) => files.flat());

describe("GraphQL documents", () => {
  test("there are some", () => {
    expect(documents.length).toBeGreaterThan(8);
  });

  test.each(documents)("$name is tagged, so that its types are generated and checked", ({ text }) => {
    expect(text.startsWith("#graphql\n")).toBe(true);
  });

  test.each(documents)("$name is valid against Shopify's schema", ({ text }) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });

  test.each(documents)("$name asks for nothing deprecated", ({ text }) => {
    const info = new TypeInfo(schema);
    const deprecated: string[] = [];
    visit(
      parse(text),
      visitWithTypeInfo(info, {
        Field: () => {
          const field = info.getFieldDef();
          if (field?.deprecationReason) deprecated.push(field.name);
        },
      }),
    );
    expect(deprecated).toEqual([]);
  });
});

const nodeOf = (type: GraphQLNamedType): GraphQLNamedType => {
  const nodes = isObjectType(type) && type.name.endsWith("Connection") ? type.getFields()["nodes"] : undefined;
  return nodes ? getNamedType(nodes.type) : type;
};

/** For each guarded field or type that the documents name, the scopes one of which is needed. */
const requirements = (): Map<string, readonly string[]> => {
  const needed = new Map<string, readonly string[]>();
  const note = (place: string, anyOf: readonly string[] | undefined): void => {
    // Of a mutation Shopify's table leaves the beginning of some scopes out: who changes something has to be allowed to write.
    const whole = anyOf?.map((scope) => (/^(read|write)_/.test(scope) ? scope : `write_${scope}`));
    if (whole && whole.length > 0) needed.set(place, whole);
  };
  for (const { text } of documents) {
    const info = new TypeInfo(schema);
    visit(
      parse(text),
      visitWithTypeInfo(info, {
        Field: () => {
          const place = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
          const type = info.getType();
          note(place, access.fields[place] ?? (type ? access.types[nodeOf(getNamedType(type)).name] : undefined));
        },
        InlineFragment: ({ typeCondition }) => {
          if (typeCondition) note(typeCondition.name.value, access.types[typeCondition.name.value]);
        },
      }),
    );
  }
  return needed;
};

const holds = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_"));

const unmet = (granted: readonly string[]): string[] =>
  [...requirements()].filter(([, anyOf]) => !anyOf.some((scope) => holds(granted, scope))).map(([place]) => place);

/** Who writes a metafield has to be allowed to write its owner; the schema says so of no field. */
const ofMetafields = documents.some(({ text }) => text.includes("metafieldsSet("))
  ? ["write_companies", "write_customers", "write_products"]
  : [];

describe("access scopes of shopify.app.toml", () => {
  test("cover every field and type that the documents name", () => {
    expect(requirements().size).toBeGreaterThan(10);
    expect(unmet(scopes)).toEqual([]);
  });

  // Nothing in the schema names read_all_orders: without it, older orders are left out in silence.
  test.each(scopes.filter((scope) => scope !== "read_all_orders"))(
    "hold %s because it opens something that is asked for or told of",
    (scope) => {
      const ofTopics = config.webhooks.subscriptions.flatMap(({ topics }) =>
        topics.flatMap((topic) => access.topics[topic.toUpperCase().replaceAll("/", "_")] ?? []),
      );
      expect([...[...requirements().values()].flat(), ...ofTopics, ...ofMetafields]).toContain(scope);
    },
  );

  test("ask for orders of all time, and for nothing twice", () => {
    expect(scopes).toContain("read_all_orders");
    expect(new Set(scopes).size).toBe(scopes.length);
  });
});

describe("webhooks of shopify.app.toml", () => {
  const topics = config.webhooks.subscriptions.flatMap((subscription) => subscription.topics);
  const known = schema.getType("WebhookSubscriptionTopic");
  const names = new Set(isEnumType(known) ? known.getValues().map(({ name }) => name) : []);

  const nameOf = (topic: string): string => topic.toUpperCase().replaceAll("/", "_");

  test.each(topics)("%s is a topic that Shopify has", (topic) => {
    expect(names).toContain(nameOf(topic));
  });

  // Shopify refuses a configuration with a topic whose scope is not among those that every shop grants.
  test.each(topics)("%s is opened by an access scope of the app's", (topic) => {
    const anyOf = access.topics[nameOf(topic)] ?? [];
    expect(anyOf.length === 0 || anyOf.some((scope) => holds(required, scope))).toBe(true);
  });

  test("are those that the app knows what to do about", () => {
    expect(topics.toSorted()).toEqual([...TOPICS].toSorted());
  });

  test("are all three of compliance, which Shopify asks of every app, at the same address as the others", () => {
    const compliance = config.webhooks.subscriptions.flatMap((one) => one.compliance_topics);
    expect(compliance.toSorted()).toEqual(["customers/data_request", "customers/redact", "shop/redact"]);
    expect(new Set(config.webhooks.subscriptions.map(({ uri }) => uri)).size).toBe(1);
  });

  test("are of the version that the app speaks, and go to where it takes them", () => {
    expect(config.webhooks.api_version).toBe(API_VERSION);
    expect([...new Set(config.webhooks.subscriptions.map(({ uri }) => uri))]).toEqual(["/webhooks"]);
  });
});

interface BuiltRoute {
  readonly module: { readonly headers?: (args: Record<string, Headers>) => HeadersInit };
}

describe("routes of the app", async () => {
  const build = path.resolve("build/server/index.js");
  const { routes } = (await import(build)) as { readonly routes: Readonly<Record<string, BuiltRoute>> };
  const embedded = Object.keys(routes).filter((id) => id.startsWith("routes/app"));

  test("are all in the build", () => {
    const files = readdirSync("app/routes").filter((file) => file.startsWith("app."));
    expect(embedded.sort()).toEqual(files.map((file) => `routes/${file.replace(/\.tsx?$/, "")}`).sort());
  });

  test.each(embedded)("%s hands on the headers by which App Bridge fetches a fresh session token", (id) => {
    const empty = new Headers();
    const errorHeaders = new Headers({ "X-Shopify-Retry-Invalid-Session-Request": "1" });
    const all = { parentHeaders: empty, loaderHeaders: empty, actionHeaders: empty, errorHeaders };
    const headers = new Headers(routes[id]?.module.headers?.(all));
    expect(headers.get("X-Shopify-Retry-Invalid-Session-Request")).toBe("1");
  });
});
