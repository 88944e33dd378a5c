import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, Layout, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CustomerFacts, type FactView } from "#app/components/customer-facts.tsx";
import { CustomerOrders } from "#app/components/customer-orders.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { TierBadge } from "#app/components/tier-badge.tsx";
import { TierPinCard } from "#app/components/tier-pin.tsx";
import { CustomerMoves, WhyTier } from "#app/components/tier-why.tsx";
import { Waterfall } from "#app/components/waterfall.tsx";
import { receivablesOf } from "#app/core/receivables/receivables.ts";
import { countedDays } from "#app/core/tiers/counted-days.ts";
import { pinFromFields, type PinFaults } from "#app/core/tiers/pin-form.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import {
  presentCustomer,
  presentOrder,
  presentWaterfall,
  type CustomerView,
  type OrderView,
  type WaterfallStep,
} from "#app/presenters/customer.ts";
import { windowText } from "#app/presenters/home.ts";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { presentReceivables } from "#app/presenters/receivables.ts";
import { presentRebateTotals } from "#app/presenters/terms.ts";
import { pinFieldsOf, presentPin, type PinView } from "#app/presenters/tier-pin.ts";
import { presentCustomerMove, type CustomerMoveView } from "#app/presenters/tier-standing.ts";
import { signIn } from "#app/sign-in.server.ts";
import { changePin } from "#app/tier-policy.server.ts";

interface Data {
  readonly customer: CustomerView;
  readonly window: string;
  readonly waterfall: readonly WaterfallStep[];
  readonly orders: readonly OrderView[];
  readonly pager: PagerView;
  readonly moves: readonly CustomerMoveView[];
  readonly pin: PinView | null;
  readonly receivables: readonly FactView[];
  readonly rebates: readonly FactView[];
}

const idOf = (text: string | undefined): bigint => (/^\d{1,18}$/.test(text ?? "") ? BigInt(text ?? 0) : 0n);

export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const id = idOf(params.id);
  const page = pageFromQuery(new URL(request.url).searchParams);
  const [customer, run] = await Promise.all([app.pages.customer(shop.id, id), app.pages.latestRun(shop.id)]);
  if (!customer || !run) throw new Response(null, { status: 404 });
  const days = countedDays(run, customer.countedTo);
  const [byKind, { total, orders, perPage }, moves, pin, invoiced, rebates] = await Promise.all([
    app.pages.customerByKind(shop.id, id, days),
    app.pages.customerOrders(shop.id, id, page),
    app.pages.movesOfCustomer(shop.id, id),
    app.pages.tierPin(shop.id, id),
    app.pages.invoicedOrders(shop.id, id),
    app.pages.rebatesOfCustomer(shop.id, id),
  ]);
  return {
    customer: presentCustomer(customer, run, shop),
    window: windowText(days),
    waterfall: presentWaterfall(byKind, shop.currency),
    orders: orders.map((order) => presentOrder(order, shop)),
    pager: presentPager(page, total, perPage),
    moves: moves.map((move) => presentCustomerMove(move, shop)),
    pin: pin && presentPin(pin, shopDays(shop.timeZone)(app.now().getTime())),
    receivables: presentReceivables(receivablesOf(invoiced, days, shopDays(shop.timeZone)), shop.currency),
    rebates: presentRebateTotals(rebates, shop.currency),
  };
};

/** Pins the customer to a tier, or takes its pin away. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<{ readonly faults: PinFaults }> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const id = idOf(params.id);
  const form = await request.formData();
  if (form.get("intent") === "unpin") {
    await changePin(signedIn, id, null);
    return { faults: {} };
  }
  const read = pinFromFields(pinFieldsOf(form), shopDays(shop.timeZone)(app.now().getTime()));
  if (!read.ok) return { faults: read.faults };
  await changePin(signedIn, id, read.pin);
  return { faults: {} };
};

export default function Customer(): ReactNode {
  const { customer, window, waterfall, orders, pager, moves, pin, receivables, rebates } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page
      title={customer.name}
      subtitle={customer.subtitle}
      titleMetadata={<TierBadge tier={customer.tier} isProvisional={customer.isProvisional} />}
      backAction={{ content: "Customers", url: "/app/customers" }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  From gross sales to profit
                </Text>
                <Waterfall steps={waterfall} caption={window} />
              </BlockStack>
            </Card>
            <Card padding="0">
              <Box padding="400">
                <BlockStack gap="100">
                  <Text as="h2" variant="headingMd">
                    All orders
                  </Text>
                  <Text as="p" tone="subdued">
                    Whenever placed, with what each has come to so far.
                  </Text>
                </BlockStack>
              </Box>
              <CustomerOrders orders={orders} pager={pager} />
            </Card>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <WhyTier customer={customer} />
            <TierPinCard pin={pin} tier={customer.tier} faults={answer?.faults ?? {}} />
            <CustomerMoves moves={moves} />
            <CustomerFacts title="At a glance" facts={customer.facts} />
            <CustomerFacts title="Receivables" facts={receivables} />
            <CustomerFacts title="Earned by paying early" facts={rebates} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
