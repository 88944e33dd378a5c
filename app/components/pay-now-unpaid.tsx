import { Form } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, EmptyState, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { UnpaidPageView, UnpaidView } from "#app/presenters/pay-now.ts";

const ACTIONS = {
  charge: { label: "Charge back", about: "Charge the discount back on" },
  look: { label: "Look again", about: "Look whether the discount was charged back on" },
  dismiss: { label: "Dismiss", about: "Dismiss" },
} as const;

const Do = ({ order, intent }: { order: UnpaidView; intent: keyof typeof ACTIONS }): ReactNode => (
  <Form method="post">
    <input type="hidden" name="order" value={order.orderId} />
    <input type="hidden" name="intent" value={intent} />
    <Button submit accessibilityLabel={`${ACTIONS[intent].about} ${order.name}`}>
      {ACTIONS[intent].label}
    </Button>
  </Form>
);

const Unpaid = ({ order }: { order: UnpaidView }): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <InlineStack align="space-between" blockAlign="start" gap="300">
      <BlockStack gap="050">
        <InlineStack gap="200" align="start" blockAlign="center">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {order.name}
          </Text>
          <Badge tone={order.can.length > 0 ? "attention" : undefined}>{order.state}</Badge>
        </InlineStack>
        <Text as="p">
          <Link url={order.customerUrl}>{order.customer}</Link>, {order.share} for paying now
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          Found {order.found}. {order.tag}.
        </Text>
      </BlockStack>
      <InlineStack gap="200">
        {order.can.map((intent) => (
          <Do key={intent} order={order} intent={intent} />
        ))}
      </InlineStack>
    </InlineStack>
  </Box>
);

const Listed = ({ title, orders }: { title: string; orders: readonly UnpaidView[] }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
      {orders.map((order) => (
        <Unpaid key={order.orderId} order={order} />
      ))}
    </BlockStack>
  </Card>
);

/** Orders that got the pay-now discount and were not paid: those that need a hand, and what became of the others. */
export const PayNowUnpaid = ({ page }: { page: UnpaidPageView }): ReactNode => {
  const { open, closed, hint } = page;
  return (
    <BlockStack gap="400">
      {open.length === 0 ? (
        <Card>
          <EmptyState heading="Every order with the pay-now discount is paid" image="">
            <Text as="p">Orders that get it and are neither paid nor authorised appear here by themselves.</Text>
          </EmptyState>
        </Card>
      ) : (
        <Listed title="Not paid" orders={open} />
      )}
      {hint !== null && open.length > 0 && (
        <Text as="p" tone="subdued">
          {hint}
        </Text>
      )}
      {closed.length > 0 && <Listed title="Done" orders={closed} />}
    </BlockStack>
  );
};
