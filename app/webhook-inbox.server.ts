import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { App } from "#app/composition.server.ts";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { APART_TOPICS, effectOf, isComplianceTopic } from "#app/core/webhooks/topics.ts";
import { receiveApart, type InboxEvent } from "#app/db/inbox/receive.server.ts";
import { complianceSubject } from "#app/shopify/compliance-payload.ts";
import { orderAtHead, subjectOf } from "#app/shopify/webhook-payload.ts";

/**
 * The signature covers the body alone, and session tokens are signed with the same secret: a body that is no JSON object
 * could be such a token, sent by its owner in another shop's name.
 */
const payload = z.object({
  myshopify_domain: z.string().optional(),
  shop_domain: z.string().optional(),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What is kept of a body: the id of what the event is about, and of a compliance webhook whom it is about.
 *
 * @returns undefined for a body that no webhook of this shop and topic has
 */
const keptOf = (
  bytes: Buffer,
  topic: string,
  shopDomain: string,
): Pick<InboxEvent, "subject" | "person"> | undefined => {
  const order = orderAtHead(topic, effectOf(topic), bytes);
  if (order !== null) return { subject: order, person: null };
  const json = parseJson(bytes.toString("utf8"));
  const body = payload.safeParse(json);
  if (!body.success) return undefined;
  const { myshopify_domain: named, shop_domain: asked } = body.data;
  if ([named, asked].some((domain) => domain !== undefined && domain !== shopDomain)) return undefined;
  if (!isComplianceTopic(topic)) return { subject: subjectOf(topic, effectOf(topic), json), person: null };
  // The signature does not cover the header that names the shop: what erases data has to name it in the body too.
  const person: DataSubject | null | undefined = asked === undefined ? undefined : complianceSubject(topic, json);
  return person === undefined ? undefined : { subject: null, person };
};

const instant = (text: string): Date | null => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
};

const keep = async ({ pool, inbox, now }: App, domain: string, event: InboxEvent): Promise<void> => {
  if (APART_TOPICS.includes(event.topic)) await receiveApart(pool, domain, event, now());
  else await inbox({ domain, event, at: now() });
};

const SIGNATURE = "x-shopify-hmac-sha256";
const TOPIC = "x-shopify-topic";
const SHOP = "x-shopify-shop-domain";
const DELIVERY = "x-shopify-webhook-id";
/** Without these a webhook is none. */
const REQUIRED = [TOPIC, SHOP, DELIVERY, "x-shopify-api-version"];

const headerOf = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === "string" ? value : "";
};

/**
 * Verifies a webhook, keeps it and has it worked off. Computes nothing, so that Shopify has its answer in
 * milliseconds. An event without an event id is told apart by the id of its delivery.
 *
 * @returns the HTTP status: 200 kept (or known, or of a shop that never was here), 401 not signed by Shopify, 400 not a
 * webhook; a failing database throws, and Shopify sends the event again
 */
export const receiveWebhook = async (app: App, headers: IncomingHttpHeaders, body: Buffer): Promise<number> => {
  if (body.length === 0) return 400;
  if (!app.isSigned(body, headerOf(headers, SIGNATURE))) return 401;
  if (!REQUIRED.every((name) => headerOf(headers, name) !== "")) return 400;
  const [domain, topic] = [headerOf(headers, SHOP), headerOf(headers, TOPIC).toLowerCase()];
  const kept = keptOf(body, topic, domain);
  if (kept === undefined) return 400;
  const eventId = headerOf(headers, "x-shopify-event-id") || headerOf(headers, DELIVERY);
  const triggeredAt = instant(headerOf(headers, "x-shopify-triggered-at"));
  await keep(app, domain, { eventId, topic, ...kept, triggeredAt });
  return 200;
};
