import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, EmptyState, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { PageError } from "#app/components/page-error.tsx";
import { PlanPreviewCart } from "#app/components/plan-preview-cart.tsx";
import { PlanPreviewForm } from "#app/components/plan-preview-form.tsx";
import { cartInChoices, previewCart } from "#app/plan-preview.server.ts";
import type { CartInChoices } from "#app/presenters/plan-choices.ts";
import { cartFromQuery, presentPreviewedCart, type PreviewView } from "#app/presenters/plan-preview.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data extends CartInChoices {
  readonly asksToPayNow: boolean;
  /** Null: there is no plan to try. */
  readonly preview: PreviewView | null;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const signedIn = await signIn(request);
  const cart = cartFromQuery(new URL(request.url).searchParams);
  const [choices, preview] = await Promise.all([cartInChoices(signedIn, cart), previewCart(signedIn, cart)]);
  return {
    ...choices,
    asksToPayNow: cart.asksToPayNow,
    preview: preview && presentPreviewedCart(preview, signedIn.shop.currency),
  };
};

export default function PlanPreview(): ReactNode {
  const { preview, ...form } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Preview"
      subtitle="What the plan as you last saved it gives, by the very code that runs at checkout."
      backAction={{ content: "Discounts", url: "/app/discounts" }}
    >
      <BlockStack gap="400">
        {preview === null ? (
          <Card>
            <EmptyState heading="There is no plan to try yet" image="">
              <Text as="p">Save a plan first. It need not be published.</Text>
            </EmptyState>
          </Card>
        ) : (
          <>
            <PlanPreviewForm {...form} />
            {preview.lines.length > 0 && <PlanPreviewCart preview={preview} />}
          </>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
