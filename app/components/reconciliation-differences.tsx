import { BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { ReactNode } from "react";
import { usePagination } from "./pagination.ts";
import type { PagerView } from "#app/presenters/pager.ts";
import type { DifferenceView } from "#app/presenters/reconciliation.ts";

const OrderLink = ({ difference }: { difference: DifferenceView }): ReactNode => (
  <Link url={`shopify://admin/orders/${difference.orderId}`} target="_top" monochrome>
    {difference.order}
  </Link>
);

const Amount = ({ children }: { children: string }): ReactNode => (
  <IndexTable.Cell>
    <Text as="p" alignment="end" numeric>
      {children}
    </Text>
  </IndexTable.Cell>
);

/** On a narrow screen a difference is three lines instead of five columns. */
const NarrowCell = ({ difference }: { difference: DifferenceView }): ReactNode => (
  <Box padding="300" width="100%">
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200" wrap={false}>
        <OrderLink difference={difference} />
        <Text as="span" numeric fontWeight="semibold">
          {difference.difference}
        </Text>
      </InlineStack>
      <Text as="span">{difference.what}</Text>
      <Text as="span" variant="bodySm" tone="subdued">
        Ledger {difference.ledger}, Shopify {difference.shopify}
      </Text>
    </BlockStack>
  </Box>
);

/** Orders of which the ledger and Shopify do not say the same. */
export const ReconciliationDifferences = ({
  differences,
  pager,
}: {
  differences: readonly DifferenceView[];
  pager: PagerView;
}): ReactNode => {
  const { smDown } = useBreakpoints();
  const pages = usePagination(pager);
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={differences.length}
      resourceName={{ singular: "difference", plural: "differences" }}
      headings={[
        { title: "Order" },
        { title: "What" },
        { title: "Ledger", alignment: "end" },
        { title: "Shopify", alignment: "end" },
        { title: "Difference", alignment: "end" },
      ]}
      pagination={pages}
    >
      {differences.map((difference, index) => (
        <IndexTable.Row key={difference.id} id={difference.id} position={index}>
          {smDown ? (
            <NarrowCell difference={difference} />
          ) : (
            <>
              <IndexTable.Cell>
                <OrderLink difference={difference} />
              </IndexTable.Cell>
              <IndexTable.Cell>{difference.what}</IndexTable.Cell>
              <Amount>{difference.ledger}</Amount>
              <Amount>{difference.shopify}</Amount>
              <Amount>{difference.difference}</Amount>
            </>
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
};
