import { z } from "zod";
import type { App } from "#app/composition.server.ts";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import { APART_TOPICS, effectOf, isComplianceTopic } from "#app/core/webhooks/topics.ts";
import { receiveApart, type InboxEvent } from "#app/db/inbox/receive.server.ts";
import { complianceSubject } from "#app/shopify/compliance-payload.ts";
import { subjectOf } from "#app/shopify/webhook-payload.ts";

/**
 * The signature covers the body alone, and session tokens are signed with the same secret: a body that is no JSON object
 * could be such a token, sent by its owner in another shop's name.
 */
const payload = z.looseObject({
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
  rawBody: string,
  topic: string,
  shopDomain: string,
): Pick<InboxEvent, "subject" | "person"> | undefined => {
  const json = parseJson(rawBody);
  const body = payload.safeParse(json);
  if (!body.success) return undefined;
  const { myshopify_domain: named, shop_domain: asked } = body.data;
  if ([named, asked].some((domain) => domain !== undefined && domain !== shopDomain)) return undefined;
  if (!isComplianceTopic(topic)) return { subject: subjectOf(topic, effectOf(topic), json), person: null };
  // The signature does not cover the header that names the shop: what erases data has to name it in the body too.
  const person: DataSubject | null | undefined = asked === undefined ? undefined : complianceSubject(topic, json);
  return person === undefined ? undefined : { subject: null, person };
};

const instant = (text: string | undefined): Date | null => {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? null : date;
};

const keep = async ({ pool, inbox, now }: App, domain: string, event: InboxEvent): Promise<void> => {
  if (APART_TOPICS.includes(event.topic)) await receiveApart(pool, domain, event, now());
  else await inbox({ domain, event, at: now() });
};

/**
 * Verifies a webhook, keeps it and has it worked off. Computes nothing, so that Shopify has its answer in
 * milliseconds. An event without an event id is told apart by the id of its delivery.
 *
 * @returns the HTTP status: 200 kept (or known, or of a shop that never was here), 401 not signed by Shopify, 400 not a
 * webhook; a failing database throws, and Shopify sends the event again
 */
export const receiveWebhook = async (app: App, headers: Headers, rawBody: string): Promise<number> => {
  // The verifier looks at headers alone; what it takes them from has to have an address.
  const rawRequest = new Request(app.env.SHOPIFY_APP_URL, { headers });
  const check = await app.verifyWebhook({ rawBody, rawRequest });
  if (!check.valid) return check.reason === "invalid_hmac" || check.reason === "missing_hmac" ? 401 : 400;
  if (check.webhookType !== "webhooks") return 400;
  // The library turns orders/updated into ORDERS_UPDATED, which cannot be turned back: app/scopes_update has both marks.
  const topic = (headers.get("x-shopify-topic") ?? check.topic).toLowerCase();
  const kept = keptOf(rawBody, topic, check.domain);
  if (kept === undefined) return 400;
  const triggeredAt = instant(check.triggeredAt);
  await keep(app, check.domain, { eventId: check.eventId ?? check.webhookId, topic, ...kept, triggeredAt });
  return 200;
};
