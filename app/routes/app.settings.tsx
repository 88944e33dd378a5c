import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, Card, Layout, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, type ReactNode } from "react";
import { useDownload } from "#app/components/download.ts";
import { PageError } from "#app/components/page-error.tsx";
import { WindowForm } from "#app/components/window-form.tsx";
import type { TierWindow } from "#app/core/tiers/policy.ts";
import { windowFromForm } from "#app/core/tiers/window-form.ts";
import { signIn } from "#app/sign-in.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<{ window: TierWindow }> => {
  const { app, shop } = await signIn(request);
  const { window } = await app.pages.tierPolicy(shop.id);
  return { window };
};

type Saved = { readonly ok: true; readonly at: number } | { readonly ok: false; readonly message: string };

export const action = async ({ request }: ActionFunctionArgs): Promise<Saved> => {
  const { app, shop } = await signIn(request);
  const form = await request.formData();
  const text = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === "string" ? value : null;
  };
  const read = windowFromForm(text("window"), text("days"));
  if (!read.ok) return read;
  await app.pages.saveTierPolicy(shop.id, { ...(await app.pages.tierPolicy(shop.id)), window: read.window });
  await app.jobs.runTiers(shop.id);
  return { ok: true, at: app.now().getTime() };
};

export default function Settings(): ReactNode {
  const { window } = useLoaderData<typeof loader>();
  const saved = useActionData<typeof action>();
  const shopify = useAppBridge();
  const ledger = useDownload("/app/ledger.csv", "ledger.csv");
  useEffect(() => {
    if (saved?.ok) shopify.toast.show("Saved. Tiers are being worked out again.");
  }, [saved, shopify]);
  return (
    <Page title="Settings">
      <Layout>
        <Layout.AnnotatedSection
          title="Window"
          description="Profit and tiers count what happened in this window. A return counts on the day it comes back."
        >
          <Card>
            <WindowForm window={window} error={saved?.ok === false ? saved.message : null} />
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Ledger"
          description="Every entry behind every figure, as a CSV file: one line for each order line, kind and event."
        >
          <Card>
            <BlockStack gap="300" inlineAlign="start">
              <Text as="p">Amounts are in minor units of the shop&apos;s currency, signed.</Text>
              <Button onClick={ledger.start} loading={ledger.isBusy}>
                Export ledger
              </Button>
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
