import { useNavigate } from "@remix-run/react";
import { Box, InlineStack, Pagination, Tabs } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { TermsView } from "#app/presenters/terms.ts";
import { pagination } from "./pagination.ts";
import { TermsInvoices } from "./terms-invoices.tsx";
import { TermsLate } from "./terms-late.tsx";
import { TermsRebates } from "./terms-rebates.tsx";

const TABS: readonly { readonly id: TermsView["tab"]; readonly content: string }[] = [
  { id: "open", content: "Open" },
  { id: "lapsing", content: "Discount lapses soon" },
  { id: "overdue", content: "Overdue" },
  { id: "late", content: "Who pays late" },
  { id: "rebates", content: "Discounts given" },
];

const List = ({ tab, list }: Pick<TermsView, "tab" | "list">): ReactNode => {
  if (list.kind === "payers") return <TermsLate rows={list.rows} />;
  if (list.kind === "rebates") return <TermsRebates rows={list.rows} />;
  return <TermsInvoices tab={tab === "lapsing" || tab === "overdue" ? tab : "open"} rows={list.rows} />;
};

/** The lists of the page, one at a time, each page by page. */
export const TermsTabs = ({ tab, list, held }: Pick<TermsView, "tab" | "list" | "held">): ReactNode => {
  const navigate = useNavigate();
  const goTo = (view: string, page: number | null): void =>
    navigate(`/app/terms?view=${view}${page !== null && page > 1 ? `&page=${page}` : ""}`, {
      preventScrollReset: true,
    });
  const tabs = TABS.map((one) => (one.id === "rebates" && held > 0 ? { ...one, badge: String(held) } : one));
  const { pager } = list;
  return (
    <Tabs
      tabs={tabs}
      selected={TABS.findIndex(({ id }) => id === tab)}
      onSelect={(index) => goTo(TABS[index]?.id ?? "open", null)}
    >
      <List tab={tab} list={list} />
      {(pager.previous !== null || pager.next !== null) && (
        <Box padding="300">
          <InlineStack align="center">
            <Pagination {...pagination(pager, (page) => goTo(tab, page))} />
          </InlineStack>
        </Box>
      )}
    </Tabs>
  );
};
