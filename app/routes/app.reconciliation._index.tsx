import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Card, EmptyState, InlineStack, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { record } from "#app/audit.server.ts";
import { useDownload } from "#app/components/download.ts";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { ReconciliationDifferences } from "#app/components/reconciliation-differences.tsx";
import { SyncCard } from "#app/components/sync-card.tsx";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { presentReconciliation, type ReconciliationView } from "#app/presenters/reconciliation.ts";
import { presentSync, type SyncView } from "#app/presenters/sync.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly work: SyncView | null;
  readonly found: (ReconciliationView & { readonly pager: PagerView }) | null;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const page = pageFromQuery(new URL(request.url).searchParams);
  // In this order: a comparison that is seen finished has its findings there.
  const work = await app.pages.latestReconcile(shop.id);
  const run = await app.pages.latestReconciliation(shop.id);
  if (!run) return { work: work && presentSync(work), found: null };
  const { total, perPage, differences } = await app.pages.differences(shop.id, run.id, page);
  return {
    work: work && presentSync(work),
    found: { ...presentReconciliation(run, differences, shop), pager: presentPager(page, total, perPage) },
  };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<{ ok: true }> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  await app.pages.requestReconcile(shop.id, app.now());
  await record(signedIn, { kind: "reconcile-requested" });
  return { ok: true };
};

const Compare = ({ isBusy }: { isBusy: boolean }): ReactNode => (
  <Form method="post">
    <Button submit variant="primary" disabled={isBusy}>
      Compare now
    </Button>
  </Form>
);

const Found = ({ found }: { found: NonNullable<Data["found"]> }): ReactNode => {
  const json = useDownload("/app/reconciliation.json", "reconciliation.json");
  return (
    <>
      <Banner
        tone={found.isClean ? "success" : "warning"}
        title={found.isClean ? "The ledger says what Shopify says" : found.differ}
      >
        <p>
          {found.checked} orders compared with their totals, {found.sales} of them sale by sale, {found.asOf}.
        </p>
      </Banner>
      {found.differences.length > 0 && (
        <Card padding="0">
          <ReconciliationDifferences differences={found.differences} pager={found.pager} />
        </Card>
      )}
      <InlineStack align="end">
        <Button onClick={json.start} loading={json.isBusy}>
          Export JSON
        </Button>
      </InlineStack>
    </>
  );
};

export default function Reconciliation(): ReactNode {
  const { work, found } = useLoaderData<typeof loader>();
  const isBusy = work?.state === "running";
  useLookAgain(isBusy ? "running" : "finished");
  return (
    <Page
      title="Reconciliation"
      subtitle="Every order's ledger, held against what Shopify booked for it."
      primaryAction={<Compare isBusy={isBusy} />}
    >
      <BlockStack gap="400">
        {work?.failure && (
          <Banner tone="critical" title={work.failure.title}>
            <p>{work.failure.advice}</p>
          </Banner>
        )}
        {work && isBusy && <SyncCard sync={work} title="Comparing with Shopify" />}
        {found && <Found found={found} />}
        {!found && !isBusy && (
          <Card>
            <EmptyState heading="Nothing has been compared yet" image="">
              <Text as="p">
                Every order&apos;s total is compared; of orders that changed, and of a sample of the others, every sale.
              </Text>
            </EmptyState>
          </Card>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
