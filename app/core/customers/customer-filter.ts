import { FLAGS, type Flag, type Tier } from "../tiers/tier.ts";

export const CUSTOMER_SORTS = ["rank", "name", "orders", "net-sales", "profit"] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

export const TIERS: readonly Tier[] = ["A", "B", "C"];

/** Which customers a list or an export shows, and in what order. */
export interface CustomerFilter {
  /** Part of a name, of an e-mail address or of a key. */
  readonly search: string;
  readonly tiers: readonly Tier[];
  readonly flags: readonly Flag[];
  readonly sort: CustomerSort;
  readonly descending: boolean;
}

const among = <T extends string>(allowed: readonly T[], values: readonly string[]): T[] =>
  allowed.filter((one) => values.includes(one));

/** A filter from a page's address; what it does not know, it leaves out. */
export const filterFromQuery = (query: URLSearchParams): CustomerFilter => ({
  search: (query.get("q") ?? "").trim().slice(0, 100),
  tiers: among(TIERS, query.getAll("tier")),
  flags: among(FLAGS, query.getAll("flag")),
  sort: among(CUSTOMER_SORTS, [query.get("sort") ?? ""])[0] ?? "rank",
  descending: query.get("direction") === "descending",
});

/** The address's query of a filter; nothing for what is as it is by default. */
export const queryOfFilter = (filter: CustomerFilter): URLSearchParams => {
  const query = new URLSearchParams();
  if (filter.search !== "") query.set("q", filter.search);
  for (const tier of filter.tiers) query.append("tier", tier);
  for (const flag of filter.flags) query.append("flag", flag);
  if (filter.sort !== "rank") query.set("sort", filter.sort);
  if (filter.descending) query.set("direction", "descending");
  return query;
};
