import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, InlineStack, Layout, List, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { record } from "#app/audit.server.ts";
import { HomeFigures } from "#app/components/home-figures.tsx";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { SyncCard } from "#app/components/sync-card.tsx";
import { presentHome, type HomeView } from "#app/presenters/home.ts";
import { presentSync, type SyncView } from "#app/presenters/sync.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly shopName: string;
  readonly sync: SyncView | null;
  readonly home: HomeView | null;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  // In this order: a sync that is seen finished has its figures there.
  const sync = await app.pages.latestSync(shop.id);
  const run = await app.pages.latestRun(shop.id);
  return {
    shopName: shop.name,
    sync: sync ? presentSync(sync) : null,
    home: run ? presentHome(run, shop) : null,
  };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<{ ok: true }> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  await app.pages.requestSync(shop.id, app.now());
  await record(signedIn, { kind: "sync-requested" });
  return { ok: true };
};

const SyncAgain = ({ children }: { children: string }): ReactNode => (
  <Form method="post">
    <Button submit>{children}</Button>
  </Form>
);

const Notices = ({ sync }: { sync: SyncView }): ReactNode => (
  <>
    {sync.failure && (
      <Banner tone="critical" title={sync.failure.title}>
        <BlockStack gap="200" inlineAlign="start">
          <p>{sync.failure.advice}</p>
          <SyncAgain>Try again</SyncAgain>
        </BlockStack>
      </Banner>
    )}
    {sync.state === "finished" && sync.limits.length > 0 && (
      <Banner tone="warning" title="Pareto could not see everything">
        <List>
          {sync.limits.map((limit) => (
            <List.Item key={limit}>{limit}</List.Item>
          ))}
        </List>
      </Banner>
    )}
  </>
);

export default function Home(): ReactNode {
  const { shopName, sync, home } = useLoaderData<typeof loader>();
  useLookAgain(sync?.state ?? "running");
  return (
    <Page title={shopName} subtitle={home ? `${home.window}, as of ${home.asOf}` : "Who earns the money"}>
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {sync && <Notices sync={sync} />}
            {sync?.state === "running" && <SyncCard sync={sync} title="Reading your shop" />}
            {sync === null && <Text as="p">The first sync is about to start.</Text>}
            {home && <HomeFigures home={home} />}
            {sync?.state === "finished" && (
              <Box paddingInline={{ xs: "400", sm: "0" }}>
                <InlineStack align="end">
                  <SyncAgain>Read the shop again</SyncAgain>
                </InlineStack>
              </Box>
            )}
          </BlockStack>
          <Box paddingBlockEnd="800" />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
