import type { ActionFunctionArgs } from "@remix-run/node";
import { receiveWebhook } from "#app/webhook-inbox.server.ts";

export const action = async ({ request }: ActionFunctionArgs): Promise<Response> =>
  new Response(null, { status: await receiveWebhook(request) });
