import { z } from "zod";
import { getApp } from "#app/composition.server.ts";
import { receive, type InboxEvent } from "#app/db/inbox.server.ts";
import { complianceSubject, isComplianceTopic } from "#app/shopify/compliance-payload.ts";

const gid = z.string().startsWith("gid://shopify/");

/**
 * The signature covers the body alone, and session tokens are signed with the same secret: a body that is no JSON object
 * could be such a token, sent by its owner in another shop's name.
 */
const payload = z.looseObject({
  admin_graphql_api_id: gid.optional().catch(undefined),
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
  const { admin_graphql_api_id: subject = null, myshopify_domain: named, shop_domain: asked } = body.data;
  if ([named, asked].some((domain) => domain !== undefined && domain !== shopDomain)) return undefined;
  if (!isComplianceTopic(topic)) return { subject, person: null };
  // The signature does not cover the header that names the shop: what erases data has to name it in the body too.
  const person = asked === undefined ? undefined : complianceSubject(topic, json);
  return person === undefined ? undefined : { subject: null, person };
};

const instant = (text: string | undefined): Date | null => {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? null : date;
};

/**
 * The inbox: verifies a webhook, keeps it and queues its job. Computes nothing, so that Shopify has its answer in
 * milliseconds. An event without an event id is told apart by the id of its delivery.
 *
 * @returns the HTTP status: 200 kept (or known, or of a shop that never was here), 401 not signed by Shopify, 400 not a
 * webhook; a failing database throws, and Shopify sends the event again
 */
export const receiveWebhook = async (request: Request): Promise<number> => {
  const app = await getApp();
  const rawBody = await request.text();
  const check = await app.verifyWebhook({ rawBody, rawRequest: request });
  if (!check.valid) return check.reason === "invalid_hmac" || check.reason === "missing_hmac" ? 401 : 400;
  if (check.webhookType !== "webhooks") return 400;
  // The library turns orders/updated into ORDERS_UPDATED, which cannot be turned back: app/scopes_update has both marks.
  const topic = (request.headers.get("x-shopify-topic") ?? check.topic).toLowerCase();
  const kept = keptOf(rawBody, topic, check.domain);
  if (kept === undefined) return 400;
  await receive(
    app.pool,
    check.domain,
    {
      eventId: check.eventId ?? check.webhookId,
      topic,
      ...kept,
      triggeredAt: instant(check.triggeredAt),
    },
    app.now(),
  );
  return 200;
};
