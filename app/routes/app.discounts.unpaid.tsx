import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { PageError } from "#app/components/page-error.tsx";
import { PayNowUnpaid } from "#app/components/pay-now-unpaid.tsx";
import { doUnpaidAction, readUnpaid, type UnpaidAnswer } from "#app/pay-now.server.ts";
import { presentUnpaid, type UnpaidPageView } from "#app/presenters/pay-now.ts";
import { signIn } from "#app/sign-in.server.ts";

export const loader = async ({ request }: LoaderFunctionArgs): Promise<UnpaidPageView> => {
  const signedIn = await signIn(request);
  return presentUnpaid(await readUnpaid(signedIn), signedIn.shop);
};

export const action = async ({ request }: ActionFunctionArgs): Promise<UnpaidAnswer> => {
  const signedIn = await signIn(request);
  return doUnpaidAction(signedIn, await request.formData());
};

const Answer = ({ answer }: { answer: UnpaidAnswer }): ReactNode => {
  switch (answer.kind) {
    case "refused":
      return (
        <Banner tone="critical" title="Shopify refused the order edit">
          <p>{answer.reason}</p>
        </Banner>
      );
    case "unclear":
      return (
        <Banner tone="warning" title="Shopify did not answer">
          <p>Whether the discount was charged back is not known. Look again in a moment: nothing is charged twice.</p>
        </Banner>
      );
    case "nothing-to-do":
      return <Banner tone="info" title="There was nothing to do: the order has changed meanwhile" />;
    case "done":
      return null;
  }
};

export default function Unpaid(): ReactNode {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page
      title="Pay now, not paid"
      subtitle="Orders that got the discount for paying now without being paid. Nothing is charged without you."
      backAction={{ content: "Discounts", url: "/app/discounts" }}
    >
      <BlockStack gap="400">
        {answer && <Answer answer={answer} />}
        <PayNowUnpaid page={page} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
