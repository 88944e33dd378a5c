import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { Card, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CustomerFilters } from "#app/components/customer-filters.tsx";
import { CustomersTable } from "#app/components/customers-table.tsx";
import { useDownload } from "#app/components/download.ts";
import { PageError } from "#app/components/page-error.tsx";
import { filterFromQuery, queryOfFilter, type CustomerFilter } from "#app/core/customers/customer-filter.ts";
import { presentCustomerRow, presentNobody, type CustomerRowView, type NobodyView } from "#app/presenters/customers.ts";
import { plural } from "#app/presenters/format.ts";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly filter: CustomerFilter;
  readonly rows: readonly CustomerRowView[];
  readonly total: string;
  readonly pager: PagerView;
  readonly nobody: NobodyView;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const query = new URL(request.url).searchParams;
  const filter = filterFromQuery(query);
  const page = pageFromQuery(query);
  const { total, customers, perPage } = await app.pages.customers(shop.id, filter, page);
  return {
    filter,
    rows: customers.map((customer) => presentCustomerRow(customer, shop.currency)),
    total: plural(total, "customer"),
    pager: presentPager(page, total, perPage),
    nobody: presentNobody(filter, total),
  };
};

export default function Customers(): ReactNode {
  const { filter, rows, total, pager, nobody } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const isLoading = navigation.state === "loading" && navigation.location.pathname === "/app/customers";
  const exported = useDownload(`/app/customers.csv?${queryOfFilter(filter)}`, "customers.csv");
  return (
    <Page
      fullWidth
      title="Customers"
      subtitle={total}
      primaryAction={{
        content: "Export CSV",
        onAction: exported.start,
        loading: exported.isBusy,
        disabled: rows.length === 0,
      }}
    >
      <Card padding="0">
        <CustomerFilters filter={filter} isLoading={isLoading} />
        <CustomersTable filter={filter} rows={rows} pager={pager} isLoading={isLoading} nobody={nobody} />
      </Card>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
