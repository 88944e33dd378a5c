import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Button, Card, Layout, Link, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { AuditLog } from "#app/components/audit-log.tsx";
import { useDownload } from "#app/components/download.ts";
import { PageError } from "#app/components/page-error.tsx";
import { presentAuditEvent, type AuditEventView } from "#app/presenters/audit.ts";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly events: readonly AuditEventView[];
  readonly pager: PagerView;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const page = pageFromQuery(new URL(request.url).searchParams);
  const { total, perPage, events } = await app.pages.auditEvents(shop.id, page);
  return {
    events: events.map((event) => presentAuditEvent(event, shop.timeZone)),
    pager: presentPager(page, total, perPage),
  };
};

const Section = ({ title, about, children }: { title: string; about: string; children: ReactNode }): ReactNode => (
  <Layout.AnnotatedSection title={title} description={about}>
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        {children}
      </BlockStack>
    </Card>
  </Layout.AnnotatedSection>
);

const Exports = (): ReactNode => {
  const ledger = useDownload("/app/ledger.csv", "ledger.csv");
  const receivables = useDownload("/app/receivables.csv", "receivables.csv");
  return (
    <>
      <Section
        title="Ledger"
        about="Every entry behind every figure, as a CSV file: one line for each order line, kind and event."
      >
        <Text as="p">
          Amounts are whole numbers of the currency&apos;s smallest unit (cents of a dollar); costs are negative.
        </Text>
        <Button onClick={ledger.start} loading={ledger.isBusy}>
          Export ledger
        </Button>
      </Section>
      <Section
        title="Receivables"
        about="Every order on payment terms, as a CSV file: when it was issued, due and paid, and what is open."
      >
        <Text as="p">Days to pay of an open invoice are counted to today.</Text>
        <Button onClick={receivables.start} loading={receivables.isBusy}>
          Export receivables
        </Button>
      </Section>
    </>
  );
};

export default function Settings(): ReactNode {
  const { events, pager } = useLoaderData<typeof loader>();
  return (
    <Page title="Settings">
      <Box paddingInline={{ xs: "400", sm: "0" }} paddingBlockEnd="800">
        <Layout>
          <Exports />
          <Section title="Privacy" about="What customers asked to see or to have erased, through Shopify.">
            <Text as="p">
              Erasures are carried out by themselves. What a customer asked to see is yours to hand on.
            </Text>
            <Link url="/app/privacy">Data requests</Link>
          </Section>
          <Layout.AnnotatedSection
            title="Who changed what"
            description="Changes of policies, costs and pins, and what was asked of the app, latest first."
          >
            <AuditLog events={events} pager={pager} />
          </Layout.AnnotatedSection>
        </Layout>
      </Box>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
