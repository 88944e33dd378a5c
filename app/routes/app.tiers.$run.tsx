import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, InlineStack, Layout, Link, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { Pages } from "#app/components/pages.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { TierChange } from "#app/components/tier-badge.tsx";
import { MoveReasons } from "#app/components/tier-moves.tsx";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { presentRun, presentRunMove, type RunMoveView, type RunView } from "#app/presenters/tier-runs.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly run: RunView;
  readonly moves: readonly RunMoveView[];
  readonly pager: PagerView;
}

export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const id = /^\d{1,9}$/.test(params.run ?? "") ? Number(params.run) : 0;
  const run = await app.pages.tierRun(shop.id, id);
  if (!run) throw new Response(null, { status: 404 });
  const page = pageFromQuery(new URL(request.url).searchParams);
  const { moves, perPage } = await app.pages.movesOfRun(shop.id, id, page);
  return {
    run: presentRun(run, shop),
    moves: moves.map((move) => presentRunMove(move, shop.currency)),
    pager: presentPager(page, run.moved, perPage),
  };
};

const About = ({ run }: { run: RunView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        What it went by
      </Text>
      {run.policyChanged && <Text as="p">The first run by this policy.</Text>}
      {[run.policy, `${run.counts}: ${run.moved}.`, `${run.borders}.`].map((line) => (
        <Text as="p" key={line}>
          {line}
        </Text>
      ))}
    </BlockStack>
  </Card>
);

const Move = ({ move }: { move: RunMoveView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Link url={`/app/customers/${move.customerId}`} monochrome removeUnderline>
          <Text as="span" variant="headingSm">
            {move.name}
          </Text>
        </Link>
        <TierChange from={move.from} to={move.to} />
      </InlineStack>
      <MoveReasons move={move} />
    </BlockStack>
  </Card>
);

export default function TierRun(): ReactNode {
  const { run, moves, pager } = useLoaderData<typeof loader>();
  return (
    <Page title={`Run of ${run.asOf}`} subtitle={run.window} backAction={{ content: "Tiers", url: "/app/tiers" }}>
      <Layout>
        <Layout.Section>
          <BlockStack gap="300">
            <About run={run} />
            {moves.length === 0 && (
              <Card>
                <Text as="p">Nobody changed tier in this run.</Text>
              </Card>
            )}
            {moves.map((move) => (
              <Move key={move.customerId} move={move} />
            ))}
            <Pages pager={pager} />
          </BlockStack>
          <Box paddingBlockEnd="800" />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
