import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CostImport } from "#app/components/cost-import.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { receiveCosts, writeCosts } from "#app/cost-import.server.ts";
import { presentCostImport, type CostImportView } from "#app/presenters/cost-import.ts";
import { signIn } from "#app/sign-in.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ currency: string }> => {
  const { shop } = await signIn(request);
  return { currency: shop.currency };
};

/** Looks at a file; imports what is good of it when the merchant has seen just this file and says so. */
export const action = async ({ request }: ActionFunctionArgs): Promise<CostImportView> => {
  const signedIn = await signIn(request);
  const received = await receiveCosts(request, signedIn);
  if (!received.ok) return { state: "refused", reasons: received.reasons };
  if (received.confirmed !== received.digest) return presentCostImport(received, "checked");
  await writeCosts(signedIn, received.plan.changes);
  return presentCostImport(received, "imported");
};

export default function CostImportPage(): ReactNode {
  const { currency } = useLoaderData<typeof loader>();
  return (
    <Page title="Import unit costs" backAction={{ content: "Costs", url: "/app/costs" }}>
      <CostImport currency={currency} />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
