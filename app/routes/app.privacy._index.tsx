import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Box, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { DataRequests } from "#app/components/data-requests.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { presentDataRequest, type DataRequestView } from "#app/presenters/privacy.ts";
import { signIn } from "#app/sign-in.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ requests: DataRequestView[] }> => {
  const { app, shop } = await signIn(request);
  const requests = await app.pages.dataRequests(shop.id, app.now());
  return { requests: requests.map((one) => presentDataRequest(one, shop.timeZone)) };
};

export default function Privacy(): ReactNode {
  const { requests } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Data requests"
      subtitle="Everything that Pareto holds on a customer who asked for it. Files are deleted after 30 days."
      backAction={{ content: "Settings", url: "/app/settings" }}
    >
      <DataRequests requests={requests} />
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
