import { useNavigate } from "@remix-run/react";
import { ChoiceList, Filters, type FiltersProps } from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";
import { queryOfFilter, TIERS, type CustomerFilter } from "#app/core/customers/customer-filter.ts";
import { FLAGS } from "#app/core/tiers/assign-tiers.ts";
import { FLAG_LABELS } from "#app/presenters/flags.ts";

const TYPING_PAUSE_MS = 300;

type Change = (change: Partial<CustomerFilter>) => void;

/** Goes to the list that a change of the filter asks for, from its first page. */
export const useFilterChange = (filter: CustomerFilter): Change => {
  const navigate = useNavigate();
  return (change) => navigate(`/app/customers?${queryOfFilter({ ...filter, ...change })}`, { replace: true });
};

/** Search as you type, without a request for every key. */
const useSearch = (filter: CustomerFilter, change: Change) => {
  const [text, setText] = useState(filter.search);
  useEffect(() => {
    if (text.trim() === filter.search) return undefined;
    const timer = setTimeout(() => change({ search: text.trim() }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filter.search, change]);
  return [text, setText] as const;
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

export const CustomerFilters = ({ filter, isLoading }: { filter: CustomerFilter; isLoading: boolean }): ReactNode => {
  const change = useFilterChange(filter);
  const [search, setSearch] = useSearch(filter, change);
  return (
    <Filters
      queryValue={search}
      queryPlaceholder="Search by name, e-mail or key"
      onQueryChange={setSearch}
      onQueryClear={() => setSearch("")}
      filters={filtersFor(filter, change)}
      appliedFilters={appliedOf(filter, change)}
      onClearAll={() => {
        setSearch("");
        change({ search: "", tiers: [], flags: [] });
      }}
      loading={isLoading}
    />
  );
};
