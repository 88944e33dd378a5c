import { useNavigate, useNavigation } from "@remix-run/react";
import { Box, ChoiceList, Filters, Select, useBreakpoints, type FiltersProps } from "@shopify/polaris";
import { useEffect, useRef, useState, type ReactNode } from "react";
import {
  filterFromQuery,
  queryOfFilter,
  TIERS,
  type CustomerFilter,
  type CustomerSort,
} from "#app/core/customers/customer-filter.ts";
import { FLAGS } from "#app/core/tiers/tier.ts";
import { FLAG_LABELS } from "#app/presenters/flags.ts";

const TYPING_PAUSE_MS = 300;

type Change = (change: Partial<CustomerFilter>) => void;

/** The filter as last asked for: the list of a click before may still be on its way. */
const useAskedFilter = (shown: CustomerFilter): CustomerFilter => {
  const { location } = useNavigation();
  return location?.pathname === "/app/customers" ? filterFromQuery(new URLSearchParams(location.search)) : shown;
};

/** Goes to the list that a change of the filter asks for, from its first page. */
export const useFilterChange = (filter: CustomerFilter): Change => {
  const navigate = useNavigate();
  return (change) => navigate(`/app/customers?${queryOfFilter({ ...filter, ...change })}`, { replace: true });
};

/** Search as you type, without a request for every key; follows the address when that changes by other means. */
const useSearch = (filter: CustomerFilter, change: Change) => {
  const [text, setText] = useState(filter.search);
  const [followed, setFollowed] = useState(filter.search);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  if (followed !== filter.search) {
    setFollowed(filter.search);
    if (text.trim() !== filter.search) setText(filter.search);
  }
  const search = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current({ search: typed.trim() }), TYPING_PAUSE_MS);
  };
  return [text, search] as const;
};

const filtersFor = (filter: CustomerFilter, change: Change): FiltersProps["filters"] => [
  {
    key: "tier",
    label: "Tier",
    pinned: true,
    filter: (
      <ChoiceList
        allowMultiple
        title="Tier"
        titleHidden
        choices={TIERS.map((tier) => ({ label: `Tier ${tier}`, value: tier }))}
        selected={[...filter.tiers]}
        onChange={(selected: string[]) => change({ tiers: TIERS.filter((tier) => selected.includes(tier)) })}
      />
    ),
  },
  {
    key: "flag",
    label: "Flag",
    pinned: true,
    filter: (
      <ChoiceList
        allowMultiple
        title="Flag"
        titleHidden
        choices={FLAGS.map((flag) => ({
          label: FLAG_LABELS[flag].label,
          value: flag,
          helpText: FLAG_LABELS[flag].meaning,
        }))}
        selected={[...filter.flags]}
        onChange={(selected: string[]) => change({ flags: FLAGS.filter((flag) => selected.includes(flag)) })}
      />
    ),
  },
];

const appliedOf = (filter: CustomerFilter, change: Change): FiltersProps["appliedFilters"] => [
  ...(filter.tiers.length > 0
    ? [{ key: "tier", label: `Tier ${filter.tiers.join(", ")}`, onRemove: () => change({ tiers: [] }) }]
    : []),
  ...(filter.flags.length > 0
    ? [
        {
          key: "flag",
          label: filter.flags.map((flag) => FLAG_LABELS[flag].label).join(" and "),
          onRemove: () => change({ flags: [] }),
        },
      ]
    : []),
];

/** On a narrow screen, where the columns by which the list is sorted have no headings. */
const SORTS: readonly { readonly label: string; readonly sort: CustomerSort; readonly descending: boolean }[] = [
  { label: "Rank", sort: "rank", descending: false },
  { label: "Name", sort: "name", descending: false },
  { label: "Most orders", sort: "orders", descending: true },
  { label: "Highest net sales", sort: "net-sales", descending: true },
  { label: "Highest profit", sort: "profit", descending: true },
  { label: "Lowest profit", sort: "profit", descending: false },
];

const SortChoice = ({ filter, change }: { filter: CustomerFilter; change: Change }): ReactNode => {
  const chosen = SORTS.find(({ sort, descending }) => sort === filter.sort && descending === filter.descending);
  return (
    <Box paddingInline="300" paddingBlock="200">
      <Select
        label="Sort"
        labelInline
        options={[
          ...(chosen ? [] : [{ label: "As chosen", value: "" }]),
          ...SORTS.map(({ label }) => ({ label, value: label })),
        ]}
        value={chosen?.label ?? ""}
        onChange={(label) => {
          const next = SORTS.find((one) => one.label === label);
          if (next) change({ sort: next.sort, descending: next.descending });
        }}
      />
    </Box>
  );
};

export const CustomerFilters = (props: { filter: CustomerFilter; isLoading: boolean }): ReactNode => {
  const { isLoading } = props;
  const filter = useAskedFilter(props.filter);
  const change = useFilterChange(filter);
  const [search, setSearch] = useSearch(filter, change);
  const { smDown } = useBreakpoints();
  return (
    <>
      <Filters
        queryValue={search}
        queryPlaceholder="Search by name, e-mail or key"
        onQueryChange={setSearch}
        onQueryClear={() => setSearch("")}
        filters={filtersFor(filter, change)}
        appliedFilters={appliedOf(filter, change)}
        onClearAll={() => change({ search: "", tiers: [], flags: [] })}
        loading={isLoading}
      />
      {smDown && <SortChoice filter={filter} change={change} />}
    </>
  );
};
