import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, Layout, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CustomerFacts } from "#app/components/customer-facts.tsx";
import { useDownload } from "#app/components/download.ts";
import { PageError } from "#app/components/page-error.tsx";
import { TermsTabs } from "#app/components/terms-tabs.tsx";
import type { TermsView } from "#app/presenters/terms.ts";
import { signIn } from "#app/sign-in.server.ts";
import { doTermsAction, readTerms } from "#app/terms.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<TermsView> =>
  readTerms(await signIn(request), new URL(request.url).searchParams);

/** Decides about a discount for early payment that waits for a person. */
export const action = async ({ request }: ActionFunctionArgs): Promise<{ ok: boolean }> => {
  const signedIn = await signIn(request);
  return { ok: await doTermsAction(signedIn, await request.formData()) };
};

export default function Terms(): ReactNode {
  const { tab, list, held, figures, offer } = useLoaderData<typeof loader>();
  const exported = useDownload("/app/terms/reminders.csv", "reminders.csv");
  return (
    <Page
      fullWidth
      title="Terms"
      subtitle="Who owes what until when, and what paying early earns."
      primaryAction={{ content: "Export reminders", onAction: exported.start, loading: exported.isBusy }}
    >
      <Layout>
        <Layout.Section>
          <Card padding="0">
            <TermsTabs tab={tab} list={list} held={held} />
          </Card>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <CustomerFacts title="Receivables" facts={figures} />
            {offer ? (
              <CustomerFacts title={`Early payment: ${offer.terms}`} facts={offer.facts} />
            ) : (
              <Card>
                <BlockStack gap="200">
                  <Text as="h2" variant="headingMd">
                    Early payment
                  </Text>
                  <Text as="p" tone="subdued">
                    The discount plan gives nothing for paying invoices early. A part such as 2/10 net 30 can be added
                    under Discounts.
                  </Text>
                </BlockStack>
              </Card>
            )}
          </BlockStack>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
