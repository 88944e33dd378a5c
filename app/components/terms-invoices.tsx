import {
  Badge,
  BlockStack,
  Box,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from "@shopify/polaris";
import type { ReactNode } from "react";
import type { OpenInvoiceView } from "#app/presenters/terms.ts";

const InvoiceLink = ({ row }: { row: OpenInvoiceView }): ReactNode => (
  <Link url={`shopify://admin/orders/${row.id}`} target="_top" monochrome>
    {row.name}
  </Link>
);

const CustomerLink = ({ row }: { row: OpenInvoiceView }): ReactNode => (
  <Link url={row.customerUrl} monochrome removeUnderline>
    <Text as="span" fontWeight="semibold">
      {row.customer}
    </Text>
  </Link>
);

const Row = ({ row, position }: { row: OpenInvoiceView; position: number }): ReactNode => (
  <IndexTable.Row id={row.id} position={position}>
    <IndexTable.Cell>
      <CustomerLink row={row} />
    </IndexTable.Cell>
    <IndexTable.Cell>
      <InvoiceLink row={row} />
    </IndexTable.Cell>
    <IndexTable.Cell>{row.issued}</IndexTable.Cell>
    <IndexTable.Cell>
      <InlineStack gap="100" blockAlign="center">
        {row.due}
        {row.late !== null && <Badge tone="critical">{row.late}</Badge>}
      </InlineStack>
    </IndexTable.Cell>
    <IndexTable.Cell>
      <Text as="p" alignment="end" numeric fontWeight="semibold">
        {row.open}
      </Text>
    </IndexTable.Cell>
    <IndexTable.Cell>{row.discount ?? "–"}</IndexTable.Cell>
  </IndexTable.Row>
);

/** On a narrow screen an invoice is a few lines instead of six columns. */
const NarrowRow = ({ row, position }: { row: OpenInvoiceView; position: number }): ReactNode => (
  <IndexTable.Row id={row.id} position={position}>
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200" wrap={false}>
          <CustomerLink row={row} />
          <Text as="span" numeric fontWeight="semibold">
            {row.open}
          </Text>
        </InlineStack>
        <InlineStack gap="200" wrap>
          <InvoiceLink row={row} />
          <Text as="span" variant="bodySm" tone="subdued">
            due {row.due}
          </Text>
          {row.late !== null && <Badge tone="critical">{row.late}</Badge>}
        </InlineStack>
        {row.discount !== null && (
          <Text as="span" variant="bodySm">
            Discount: {row.discount}
          </Text>
        )}
      </BlockStack>
    </Box>
  </IndexTable.Row>
);

const EMPTY = {
  open: { title: "Nothing is open", description: "Orders on payment terms that are not paid yet show up here." },
  lapsing: {
    title: "No discount lapses soon",
    description: "Open invoices whose discount lapses within a week show up here.",
  },
  overdue: { title: "Nothing is overdue", description: "Open invoices past their due day show up here." },
} as const;

interface Props {
  readonly tab: keyof typeof EMPTY;
  readonly rows: readonly OpenInvoiceView[];
}

/** Open invoices: who owes what until when, and what paying early still earns. */
export const TermsInvoices = ({ tab, rows }: Props): ReactNode => {
  const { smDown } = useBreakpoints();
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={rows.length}
      resourceName={{ singular: "invoice", plural: "invoices" }}
      headings={[
        { title: "Customer" },
        { title: "Invoice" },
        { title: "Issued" },
        { title: "Due" },
        { title: "Open", alignment: "end" },
        { title: "Can still be earned" },
      ]}
      emptyState={<EmptySearchResult {...EMPTY[tab]} withIllustration />}
    >
      {rows.map((row, index) =>
        smDown ? (
          <NarrowRow key={row.id} row={row} position={index} />
        ) : (
          <Row key={row.id} row={row} position={index} />
        ),
      )}
    </IndexTable>
  );
};
