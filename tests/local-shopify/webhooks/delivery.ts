import { createHmac } from "node:crypto";
import { z } from "zod";

export const deliverySchema = z.object({
  webhookId: z.string(),
  eventId: z.string(),
  topic: z.string(),
  url: z.string(),
  name: z.string().nullable(),
  apiVersion: z.string(),
  /** The very bytes that are signed and sent, again and again until one attempt is taken. */
  body: z.string(),
  triggeredAt: z.string(),
  attempts: z.int(),
  /** Epoch milliseconds by the queue's own clock. */
  dueAt: z.number(),
});

/** One webhook on its way to the app. */
export type Delivery = z.output<typeof deliverySchema>;

export interface DeliveryAttempt {
  readonly topic: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly attempt: number;
  /** The app's answer, or null when there was none in time. */
  readonly status: number | null;
}

/** Shopify waits five seconds for an answer. */
const ANSWER_WITHIN_MS = 5_000;

/** Sends one attempt, signed with the app's secret; an answer other than 2xx, a redirect or none at all is a failure. */
export async function sendDelivery(
  delivery: Delivery,
  from: { shop: string; apiSecret: string },
): Promise<{ ok: boolean; status: number | null }> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "Shopify-Captain-Hook",
    "x-shopify-topic": delivery.topic,
    "x-shopify-hmac-sha256": createHmac("sha256", from.apiSecret).update(delivery.body).digest("base64"),
    "x-shopify-shop-domain": from.shop,
    "x-shopify-api-version": delivery.apiVersion,
    "x-shopify-webhook-id": delivery.webhookId,
    "x-shopify-event-id": delivery.eventId,
    "x-shopify-triggered-at": delivery.triggeredAt,
  };
  if (delivery.name !== null) headers["x-shopify-name"] = delivery.name;
  try {
    const response = await fetch(delivery.url, {
      method: "POST",
      headers,
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.body?.cancel();
    return { ok: response.ok, status: response.status };
  } catch {
    return { ok: false, status: null };
  }
}
