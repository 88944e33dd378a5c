import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { getApp } from "#app/composition.server.ts";

/** Sign-in's own pages: the session token bounce page and the way out of the frame. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<null> => {
  const { shopify } = await getApp();
  await shopify.authenticate.admin(request);
  return null;
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
