import { count } from "./format.ts";

export interface PagerView {
  readonly label: string;
  readonly previous: number | null;
  readonly next: number | null;
}

/** The page of an address's query, from 1; the first where there is none or nonsense. */
export const pageFromQuery = (query: URLSearchParams): number => {
  const page = Number(query.get("page") ?? "1");
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
};

/** "51–100 of 4,012", and the pages beside this one. */
export const presentPager = (page: number, total: number, perPage: number): PagerView => {
  const first = (page - 1) * perPage + 1;
  const last = Math.min(total, page * perPage);
  return {
    label: total === 0 || first > total ? "0" : `${count(first)}–${count(last)} of ${count(total)}`,
    previous: page > 1 ? page - 1 : null,
    next: last < total ? page + 1 : null,
  };
};
