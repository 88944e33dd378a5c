import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";
import { findChoices } from "#app/plan-choices.server.ts";
import { choiceKindOf, type FoundChoices } from "#app/presenters/plan-choices.ts";
import { signIn } from "#app/sign-in.server.ts";

/** Buyers or products by a text, for fields that look for them while it is typed: `?of=buyers&text=berg`. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<FoundChoices> => {
  const signedIn = await signIn(request);
  const query = new URL(request.url).searchParams;
  return findChoices(signedIn, choiceKindOf(query.get("of")), query.get("text") ?? "");
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
