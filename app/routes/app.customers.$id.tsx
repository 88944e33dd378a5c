import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, InlineStack, Layout, Page, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CustomerOrders } from "#app/components/customer-orders.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { FlagBadges, TierBadge } from "#app/components/tier-badge.tsx";
import { Waterfall } from "#app/components/waterfall.tsx";
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
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly customer: CustomerView;
  readonly window: string;
  readonly waterfall: readonly WaterfallStep[];
  readonly orders: readonly OrderView[];
  readonly pager: PagerView;
}

export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const id = /^\d{1,18}$/.test(params.id ?? "") ? BigInt(params.id ?? 0) : 0n;
  const page = pageFromQuery(new URL(request.url).searchParams);
  const [customer, run] = await Promise.all([app.pages.customer(shop.id, id), app.pages.latestRun(shop.id)]);
  if (!customer || !run) throw new Response(null, { status: 404 });
  const [byKind, { total, orders, perPage }] = await Promise.all([
    app.pages.customerByKind(shop.id, id, run.summary.days),
    app.pages.customerOrders(shop.id, id, page),
  ]);
  return {
    customer: presentCustomer(customer, run.summary, shop),
    window: windowText(run.summary.days),
    waterfall: presentWaterfall(byKind, shop.currency),
    orders: orders.map((order) => presentOrder(order, shop)),
    pager: presentPager(page, total, perPage),
  };
};

const Facts = ({ customer }: { customer: CustomerView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        At a glance
      </Text>
      {customer.facts.map(({ label, value }) => (
        <InlineStack key={label} align="space-between" gap="200">
          <Text as="span" tone="subdued">
            {label}
          </Text>
          <Text as="span" numeric>
            {value}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  </Card>
);

const Why = ({ customer }: { customer: CustomerView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        Why tier {customer.tier}
      </Text>
      {customer.why.map((reason) => (
        <Text as="p" key={reason}>
          {reason}
        </Text>
      ))}
      {customer.flags.map(({ flag, meaning }) => (
        <InlineStack key={flag} gap="200" blockAlign="center" wrap={false}>
          <FlagBadges flags={[flag]} />
          <Text as="span" variant="bodySm" tone="subdued">
            {meaning}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  </Card>
);

export default function Customer(): ReactNode {
  const { customer, window, waterfall, orders, pager } = useLoaderData<typeof loader>();
  return (
    <Page
      title={customer.name}
      subtitle={customer.subtitle}
      titleMetadata={<TierBadge tier={customer.tier} />}
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
            <Why customer={customer} />
            <Facts customer={customer} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
