import { InlineStack, Pagination } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { PagerView } from "#app/presenters/pager.ts";
import { usePagination } from "./pagination.ts";

/** The pages of a list in a card; nothing while there is only one. */
export const Pages = ({ pager }: { pager: PagerView }): ReactNode => {
  const pages = usePagination(pager);
  if (pager.previous === null && pager.next === null) return null;
  return (
    <InlineStack align="center">
      <Pagination {...pages} />
    </InlineStack>
  );
};
