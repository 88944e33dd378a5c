import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";
import { scopesOfTopic } from "./topics.ts";

const tomlSchema = z.object({
  access_scopes: z
    .object({ scopes: z.string().default(""), optional_scopes: z.array(z.string()).default([]) })
    .optional(),
  webhooks: z
    .object({
      api_version: z.string(),
      subscriptions: z
        .array(
          z.object({
            topics: z.array(z.string()).default([]),
            compliance_topics: z.array(z.string()).default([]),
            uri: z.string(),
            name: z.string().optional(),
            include_fields: z.array(z.string()).optional(),
            filter: z.string().optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** One topic that the app wants, and where. */
export interface Subscription {
  readonly topic: string;
  readonly url: string;
  readonly apiVersion: string;
  readonly name: string | null;
  readonly includeFields: readonly string[] | null;
}

export interface AppConfig {
  readonly scopes: readonly string[];
  /** Those that a merchant may grant later. */
  readonly optionalScopes: readonly string[];
  readonly subscriptions: readonly Subscription[];
}

/**
 * Reads from the app's shopify.app.toml what the app would have after a deploy: its scopes and its webhook subscriptions.
 * Addresses are taken relative to where the app runs.
 *
 * @throws Error on a subscription that the local Shopify could not honour, such as one with a filter or to a topic that it
 * never sends
 */
export function readAppConfig(tomlPath: string, appUrl: string): AppConfig {
  const toml = tomlSchema.parse(parse(readFileSync(tomlPath, "utf8")));
  const scopes = (toml.access_scopes?.scopes ?? "").split(",").map((scope) => scope.trim());
  const { webhooks } = toml;
  const subscriptions = (webhooks?.subscriptions ?? []).flatMap((entry) => {
    if (entry.filter !== undefined) throw new Error(`not in the local Shopify: a webhook filter (${entry.filter})`);
    if (/^(arn|pubsub):/.test(entry.uri)) throw new Error(`not in the local Shopify: webhooks to ${entry.uri}`);
    const topics = [...entry.topics, ...entry.compliance_topics];
    topics.forEach(scopesOfTopic);
    return topics.map((topic) => ({
      topic,
      url: new URL(entry.uri, appUrl).toString(),
      apiVersion: webhooks?.api_version ?? "",
      name: entry.name ?? null,
      includeFields: entry.include_fields ?? null,
    }));
  });
  const optionalScopes = toml.access_scopes?.optional_scopes ?? [];
  return { scopes: scopes.filter(Boolean), optionalScopes, subscriptions };
}
