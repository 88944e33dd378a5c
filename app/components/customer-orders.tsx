import { Badge, BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { OrderView } from "#app/presenters/customer.ts";
import { usePagination } from "./pagination.ts";
import type { PagerView } from "#app/presenters/pager.ts";

const OrderLink = ({ order }: { order: OrderView }): ReactNode => (
  <Link url={`shopify://admin/orders/${order.id}`} target="_top" monochrome>
    {order.name}
  </Link>
);

const Notes = ({ order }: { order: OrderView }): ReactNode => (
  <InlineStack gap="100">
    {order.notes.map((note) => (
      <Badge key={note}>{note}</Badge>
    ))}
  </InlineStack>
);

const Row = ({ order, position }: { order: OrderView; position: number }): ReactNode => (
  <IndexTable.Row id={order.id} position={position}>
    <IndexTable.Cell>
      <OrderLink order={order} />
    </IndexTable.Cell>
    <IndexTable.Cell>{order.date}</IndexTable.Cell>
    <IndexTable.Cell>
      <Notes order={order} />
    </IndexTable.Cell>
    {[order.paid, order.netSales].map((amount, index) => (
      <IndexTable.Cell key={index}>
        <Text as="p" alignment="end" numeric>
          {amount}
        </Text>
      </IndexTable.Cell>
    ))}
    <IndexTable.Cell>
      <Text
        as="p"
        alignment="end"
        numeric
        fontWeight="semibold"
        {...(order.isLoss ? { tone: "critical" as const } : {})}
      >
        {order.profit}
      </Text>
    </IndexTable.Cell>
  </IndexTable.Row>
);

/** On a narrow screen an order is two lines instead of six columns. */
const NarrowRow = ({ order, position }: { order: OrderView; position: number }): ReactNode => (
  <IndexTable.Row id={order.id} position={position}>
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200" wrap={false}>
          <OrderLink order={order} />
          <Text as="span" numeric fontWeight="semibold" {...(order.isLoss ? { tone: "critical" as const } : {})}>
            {order.profit} profit
          </Text>
        </InlineStack>
        <InlineStack gap="200" wrap>
          <Text as="span" variant="bodySm" tone="subdued">
            {order.date}, {order.netSales} net sales
          </Text>
          <Notes order={order} />
        </InlineStack>
      </BlockStack>
    </Box>
  </IndexTable.Row>
);

/** A customer's orders, latest first, each with what it has come to so far. */
export const CustomerOrders = ({ orders, pager }: { orders: readonly OrderView[]; pager: PagerView }): ReactNode => {
  const { smDown } = useBreakpoints();
  const pages = usePagination(pager);
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={orders.length}
      resourceName={{ singular: "order", plural: "orders" }}
      headings={[
        { title: "Order" },
        { title: "Date" },
        { title: "Notes" },
        { title: "Order total", alignment: "end" },
        { title: "Net sales", alignment: "end" },
        { title: "Profit", alignment: "end" },
      ]}
      pagination={pages}
    >
      {orders.map((order, index) =>
        smDown ? (
          <NarrowRow key={order.id} order={order} position={index} />
        ) : (
          <Row key={order.id} order={order} position={index} />
        ),
      )}
    </IndexTable>
  );
};
