import { useNavigate } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, List, ProgressBar, Select, Tabs, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { FindingsView, TableView } from "#app/presenters/backtest.ts";
import type { PagerView } from "#app/presenters/pager.ts";
import { BacktestTable } from "./backtest-table.tsx";
import { pagination } from "./pagination.ts";

const Titled = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <Card padding="0">
    <Box padding="400">
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
    </Box>
    {children}
  </Card>
);

/** How far a back-test is that is not done. */
export const BacktestProgress = ({ test }: { test: FindingsView["test"] }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd" id="backtest-progress">
        {test.label}
      </Text>
      <ProgressBar progress={test.percent} size="small" ariaLabelledBy="backtest-progress" />
      <Text as="p" tone="subdued">
        {test.progress}. You can leave this page: the work goes on.
      </Text>
    </BlockStack>
  </Card>
);

/** What a back-test has found, but for its lists. */
export const BacktestFindings = ({ found }: { found: FindingsView }): ReactNode => (
  <>
    <Banner tone={found.baseline.isExact ? "success" : "warning"} title={found.replayed}>
      <BlockStack gap="100">
        <p>{found.baseline.text}</p>
        {found.outside.length > 0 && <p>Left out: {found.outside.join(", ")}.</p>}
      </BlockStack>
    </Banner>
    {found.warnings.length > 0 && (
      <Banner tone="info">
        <List>
          {found.warnings.map((warning) => (
            <List.Item key={warning}>{warning}</List.Item>
          ))}
        </List>
      </Banner>
    )}
    <Titled title="Summary">
      <BacktestTable table={found.summary} what="figure" />
    </Titled>
    <Titled title="By tier">
      <BacktestTable table={found.tiers} what="tier" />
    </Titled>
  </>
);

/** What the figures hold for. */
export const BacktestAssumptions = ({ assumptions }: { assumptions: readonly string[] }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        What these figures hold for
      </Text>
      <List>
        {assumptions.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </BlockStack>
  </Card>
);

interface Lists {
  readonly show: string;
  readonly table: TableView;
  readonly pager: PagerView;
  /** Each list with how many rows it has. */
  readonly all: readonly { readonly id: string; readonly label: string }[];
  /** The other back-test beside this one; kept in the address. */
  readonly other: string;
}

const addressOf = (show: string, other: string, page: number | null): string => {
  const query = new URLSearchParams({
    show,
    ...(other ? { with: other } : {}),
    ...(page ? { page: String(page) } : {}),
  });
  return `?${query}`;
};

/** Customers, differences, and lines below margin or cost, one list at a time. */
export const BacktestLists = ({ show, table, pager, all, other }: Lists): ReactNode => {
  const navigate = useNavigate();
  const go = (list: string, page: number | null): void =>
    navigate(addressOf(list, other, page), { preventScrollReset: true });
  return (
    <Card padding="0">
      <Tabs
        tabs={all.map(({ id, label }) => ({ id, content: label }))}
        selected={Math.max(
          0,
          all.findIndex(({ id }) => id === show),
        )}
        onSelect={(index) => go(all[index]?.id ?? show, null)}
      />
      {table.rows.length === 0 ? (
        <Box padding="400">
          <Text as="p" tone="subdued">
            None.
          </Text>
        </Box>
      ) : (
        <BacktestTable table={table} what="row" pagination={pagination(pager, (page) => go(show, page))} />
      )}
    </Card>
  );
};

/** Which other back-test stands beside this one. */
export const BacktestBeside = ({
  others,
  other,
  show,
}: {
  others: readonly { readonly value: string; readonly label: string }[];
  other: string;
  show: string;
}): ReactNode => {
  const navigate = useNavigate();
  if (others.length === 0) return null;
  return (
    <Card>
      <Select
        label="Beside it"
        options={[{ value: "", label: "Nothing" }, ...others]}
        value={other}
        onChange={(value) => navigate(addressOf(show, value, null), { preventScrollReset: true })}
      />
    </Card>
  );
};
