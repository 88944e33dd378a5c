import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { readOthers } from "#app/plan.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { presentOther } from "#app/presenters/plan.ts";
import { signIn } from "#app/sign-in.server.ts";

/** The automatic discounts beside the plan's; asked for apart, so that the page need not wait for Shopify. */
export interface OtherDiscounts {
  /** Null: Shopify did not say. */
  readonly others: readonly string[] | null;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<OtherDiscounts> => {
  const signedIn = await signIn(request);
  try {
    return { others: (await readOthers(signedIn)).map((other) => presentOther(other)) };
  } catch (error) {
    if (error instanceof ShopifyError) return { others: null };
    throw error;
  }
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
