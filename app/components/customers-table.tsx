import { useNavigate } from "@remix-run/react";
import {
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
import { queryOfFilter, type CustomerFilter, type CustomerSort } from "#app/core/customers/customer-filter.ts";
import type { CustomerRowView, NobodyView } from "#app/presenters/customers.ts";
import { pagination } from "./pagination.ts";
import type { PagerView } from "#app/presenters/pager.ts";
import { useFilterChange } from "./customer-filters.tsx";
import { FlagBadges, TierBadge } from "./tier-badge.tsx";

interface Column {
  readonly title: string;
  readonly alignment?: "end";
  /** How the list is sorted by this column; null: it is not. */
  readonly sort: CustomerSort | null;
}

const COLUMNS: readonly Column[] = [
  { title: "Rank", sort: "rank" },
  { title: "Customer", sort: "name" },
  { title: "Tier", sort: null },
  { title: "Flags", sort: null },
  { title: "Orders", alignment: "end", sort: "orders" },
  { title: "Net sales", alignment: "end", sort: "net-sales" },
  { title: "Profit", alignment: "end", sort: "profit" },
  { title: "Margin", alignment: "end", sort: null },
];

/** On a narrow screen a customer is two lines instead of eight columns. */
const NarrowRow = ({ row, position }: { row: CustomerRowView; position: number }): ReactNode => (
  <IndexTable.Row id={row.id} position={position}>
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
          <Link dataPrimaryLink url={`/app/customers/${row.id}`} monochrome removeUnderline>
            <Text as="span" fontWeight="semibold">
              {row.rank}. {row.name}
            </Text>
          </Link>
          <Text as="span" numeric fontWeight="semibold" {...(row.isLoss ? { tone: "critical" as const } : {})}>
            {row.profit}
          </Text>
        </InlineStack>
        <Text as="p" variant="bodySm" tone="subdued">
          Orders {row.orders}, net sales {row.netSales}, margin {row.margin}
        </Text>
        <InlineStack gap="100" wrap>
          <TierBadge tier={row.tier} isProvisional={row.isProvisional} />
          <FlagBadges flags={row.flags} />
        </InlineStack>
      </BlockStack>
    </Box>
  </IndexTable.Row>
);

const Row = ({ row, position }: { row: CustomerRowView; position: number }): ReactNode => (
  <IndexTable.Row id={row.id} position={position}>
    <IndexTable.Cell>{row.rank}</IndexTable.Cell>
    <IndexTable.Cell>
      <Link dataPrimaryLink url={`/app/customers/${row.id}`} monochrome removeUnderline>
        <Text as="span" fontWeight="semibold">
          {row.name}
        </Text>
      </Link>
      <Text as="p" variant="bodySm" tone="subdued">
        {row.kind}
      </Text>
    </IndexTable.Cell>
    <IndexTable.Cell>
      <TierBadge tier={row.tier} isProvisional={row.isProvisional} />
    </IndexTable.Cell>
    <IndexTable.Cell>
      <FlagBadges flags={row.flags} />
    </IndexTable.Cell>
    <IndexTable.Cell>
      <Text as="p" alignment="end" numeric>
        {row.orders}
      </Text>
    </IndexTable.Cell>
    <IndexTable.Cell>
      <Text as="p" alignment="end" numeric>
        {row.netSales}
      </Text>
    </IndexTable.Cell>
    <IndexTable.Cell>
      <Text as="p" alignment="end" numeric fontWeight="semibold" {...(row.isLoss ? { tone: "critical" as const } : {})}>
        {row.profit}
      </Text>
    </IndexTable.Cell>
    <IndexTable.Cell>
      <Text as="p" alignment="end" numeric tone="subdued">
        {row.margin}
      </Text>
    </IndexTable.Cell>
  </IndexTable.Row>
);

interface Props {
  readonly filter: CustomerFilter;
  readonly rows: readonly CustomerRowView[];
  readonly pager: PagerView;
  readonly isLoading: boolean;
  /** What is said where there is no row. */
  readonly nobody: NobodyView;
}

const [FIRST, ...OTHERS] = COLUMNS.map(({ title, alignment }) => ({ title, ...(alignment ? { alignment } : {}) }));

export const CustomersTable = ({ filter, rows, pager, isLoading, nobody }: Props): ReactNode => {
  const { smDown } = useBreakpoints();
  const navigate = useNavigate();
  const change = useFilterChange(filter);
  const goTo = (page: number | null): void => {
    const query = queryOfFilter(filter);
    if (page !== null && page > 1) query.set("page", String(page));
    navigate(`/app/customers?${query}`);
  };
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={rows.length}
      resourceName={{ singular: "customer", plural: "customers" }}
      headings={FIRST ? [FIRST, ...OTHERS] : [{ title: "" }]}
      sortable={COLUMNS.map(({ sort }) => sort !== null)}
      sortColumnIndex={COLUMNS.findIndex(({ sort }) => sort === filter.sort)}
      sortDirection={filter.descending ? "descending" : "ascending"}
      defaultSortDirection="descending"
      onSort={(index, direction) =>
        change({ sort: COLUMNS[index]?.sort ?? "rank", descending: direction === "descending" })
      }
      loading={isLoading}
      emptyState={<EmptySearchResult title={nobody.title} description={nobody.advice} withIllustration />}
      {...(rows.length > 0 || pager.previous !== null ? { pagination: pagination(pager, goTo) } : {})}
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
