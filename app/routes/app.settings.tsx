import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { BlockStack, Button, Card, Layout, Link, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { useDownload } from "#app/components/download.ts";
import { PageError } from "#app/components/page-error.tsx";
import { signIn } from "#app/sign-in.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<null> => {
  await signIn(request);
  return null;
};

export default function Settings(): ReactNode {
  const ledger = useDownload("/app/ledger.csv", "ledger.csv");
  const receivables = useDownload("/app/receivables.csv", "receivables.csv");
  return (
    <Page title="Settings">
      <Layout>
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
        <Layout.AnnotatedSection
          title="Receivables"
          description="Every order on payment terms, as a CSV file: when it was issued, due and paid, and what is open."
        >
          <Card>
            <BlockStack gap="300" inlineAlign="start">
              <Text as="p">Days to pay of an open invoice are counted to today.</Text>
              <Button onClick={receivables.start} loading={receivables.isBusy}>
                Export receivables
              </Button>
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Privacy"
          description="What customers asked to see or to have erased, through Shopify."
        >
          <Card>
            <BlockStack gap="300" inlineAlign="start">
              <Text as="p">
                Erasures are carried out by themselves. What a customer asked to see is yours to hand on.
              </Text>
              <Link url="/app/privacy">Data requests</Link>
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
