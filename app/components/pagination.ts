import { useNavigate } from "@remix-run/react";
import type { PaginationProps } from "@shopify/polaris";
import type { PagerView } from "#app/presenters/pager.ts";

type Turning = Pick<PaginationProps, "hasPrevious" | "hasNext" | "onPrevious" | "onNext" | "label">;

/** A list's pagination; `goTo` shows a page by its number, null the first. */
export const pagination = (pager: PagerView, goTo: (page: number | null) => void): Turning => ({
  hasPrevious: pager.previous !== null,
  hasNext: pager.next !== null,
  onPrevious: () => goTo(pager.previous),
  onNext: () => goTo(pager.next),
  label: pager.label,
});

/** The pagination of a list that has its page in the address, within a page that stays where it is. */
export const usePagination = (pager: PagerView): Turning => {
  const navigate = useNavigate();
  return pagination(pager, (page) => navigate(`?page=${page ?? 1}`, { preventScrollReset: true }));
};
