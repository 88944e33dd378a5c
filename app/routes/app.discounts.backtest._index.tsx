import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Card, EmptyState, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { doBacktestAction, readBacktestsPage, type BacktestAnswer } from "#app/backtest.server.ts";
import { BacktestForm } from "#app/components/backtest-form.tsx";
import { BacktestList } from "#app/components/backtest-list.tsx";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { limitedForm } from "#app/limited-body.server.ts";
import { presentBacktest, type BacktestView } from "#app/presenters/backtest.ts";
import { signIn } from "#app/sign-in.server.ts";

const MOST_BYTES = 10_000;

interface Data {
  readonly tests: readonly BacktestView[];
  readonly versions: readonly { readonly version: number; readonly title: string }[];
  readonly hasFailed: boolean;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const signedIn = await signIn(request);
  const { tests, versions, work } = await readBacktestsPage(signedIn);
  const views = tests.map((test) => presentBacktest(test, signedIn.shop));
  return { tests: views, versions, hasFailed: work?.status === "failed" && views.some(({ isOpen }) => isOpen) };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<BacktestAnswer> => {
  const signedIn = await signIn(request);
  return doBacktestAction(signedIn, await limitedForm(request, MOST_BYTES));
};

const Failed = (): ReactNode => (
  <Banner tone="critical" title="The back-test stopped because of a fault in the app">
    <BlockStack gap="200" inlineAlign="start">
      <p>What is done is kept. It is tried again by itself; you can also have it go on now.</p>
      <Form method="post">
        <input type="hidden" name="intent" value="retry" />
        <Button submit>Go on</Button>
      </Form>
    </BlockStack>
  </Banner>
);

export default function Backtests(): ReactNode {
  const { tests, versions, hasFailed } = useLoaderData<typeof loader>();
  useLookAgain(hasFailed ? "failed" : tests.some(({ isOpen }) => isOpen) ? "running" : "finished");
  return (
    <Page
      title="Back-test"
      subtitle="What a plan would have given on past orders, by the very code that runs at checkout."
      backAction={{ content: "Discounts", url: "/app/discounts" }}
    >
      <BlockStack gap="400">
        {hasFailed && <Failed />}
        {versions.length === 0 ? (
          <Card>
            <EmptyState heading="There is no plan to try yet" image="">
              <Text as="p">Save a plan first. It need not be published.</Text>
            </EmptyState>
          </Card>
        ) : (
          <BacktestForm versions={versions} />
        )}
        {(versions.length > 0 || tests.length > 0) && <BacktestList tests={tests} />}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
