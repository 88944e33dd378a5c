import {
  BlockStack,
  Box,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
  type PaginationProps,
} from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CellView, TableView } from "#app/presenters/backtest.ts";

/** Words longer than this are wrapped: cells of an IndexTable are not, and would push the table out of its card. */
const LONG = 20;
const WRAPPED = { whiteSpace: "normal", overflowWrap: "anywhere", minWidth: "8rem" } as const;

const Cell = ({ cell }: { cell: CellView }): ReactNode => {
  if (cell.url) {
    return (
      <Link url={cell.url} monochrome>
        {cell.text}
      </Link>
    );
  }
  if (cell.orderId) {
    return (
      <Link url={`shopify://admin/orders/${cell.orderId}`} target="_top" monochrome>
        {cell.text}
      </Link>
    );
  }
  return cell.text;
};

/** On a narrow screen a row is a line for each of its cells. */
const NarrowCells = ({ headings, cells }: { headings: readonly string[]; cells: readonly CellView[] }): ReactNode => {
  const [first, ...others] = cells;
  return (
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <Text as="span" fontWeight="semibold" breakWord>
          {first && <Cell cell={first} />}
        </Text>
        {others.map((cell, index) =>
          cell.text === "" ? null : (
            <InlineStack key={headings[index + 1] ?? index} align="space-between" gap="200">
              <Text as="span" tone="subdued">
                {headings[index + 1]}
              </Text>
              <Text as="span" breakWord>
                <Cell cell={cell} />
              </Text>
            </InlineStack>
          ),
        )}
      </BlockStack>
    </Box>
  );
};

const WideCells = ({ table, cells }: { table: TableView; cells: readonly CellView[] }): ReactNode =>
  cells.map((cell, index) => (
    <IndexTable.Cell key={table.headings[index] ?? index}>
      <div {...(cell.text.length > LONG ? { style: WRAPPED } : {})}>
        <Text as="span" {...(index < table.words ? {} : { alignment: "end" as const, numeric: true })}>
          <Cell cell={cell} />
        </Text>
      </div>
    </IndexTable.Cell>
  ));

/** A table of a back-test; stacked where the screen is narrow. */
export const BacktestTable = ({
  table,
  what,
  pagination,
}: {
  table: TableView;
  what: string;
  pagination?: PaginationProps;
}): ReactNode => {
  const { mdDown } = useBreakpoints();
  const [first = { title: "" }, ...others] = table.headings.map((title, index) =>
    index < table.words ? { title } : { title, alignment: "end" as const },
  );
  return (
    <IndexTable
      condensed={mdDown}
      selectable={false}
      itemCount={table.rows.length}
      resourceName={{ singular: what, plural: `${what}s` }}
      headings={[first, ...others]}
      {...(pagination ? { pagination } : {})}
    >
      {table.rows.map(({ id, cells }, index) => (
        <IndexTable.Row key={id} id={id} position={index}>
          {mdDown ? <NarrowCells headings={table.headings} cells={cells} /> : <WideCells table={table} cells={cells} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
};
