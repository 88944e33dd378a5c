import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { backtestId, LISTS, readBacktestsPage, readFindings, readList, type ListName } from "#app/backtest.server.ts";
import {
  BacktestAssumptions,
  BacktestBeside,
  BacktestFindings,
  BacktestLists,
  BacktestProgress,
} from "#app/components/backtest-findings.tsx";
import { useDownload } from "#app/components/download.ts";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { presentFindings, presentBacktest, type FindingsView, type TableView } from "#app/presenters/backtest.ts";
import { LIST_LABELS, listTable } from "#app/presenters/backtest-lists.ts";
import { count } from "#app/presenters/format.ts";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly found: FindingsView;
  readonly show: ListName;
  readonly table: TableView;
  readonly pager: PagerView;
  readonly lists: readonly { readonly id: string; readonly label: string }[];
  readonly others: readonly { readonly value: string; readonly label: string }[];
  readonly other: string;
}

export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Data> => {
  const signedIn = await signIn(request);
  const { shop } = signedIn;
  const id = backtestId(params.id);
  const found = id === null ? null : await readFindings(signedIn, id);
  if (id === null || !found) throw new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const show = LISTS.find((list) => list === query.get("show")) ?? "customers";
  const page = pageFromQuery(query);
  const besideId = backtestId(query.get("with"));
  const beside = besideId === null || besideId === id ? null : await readFindings(signedIn, besideId);
  const { list, totals, perPage } = await readList(signedIn, id, { show, page });
  const { tests } = await readBacktestsPage(signedIn);
  return {
    found: presentFindings(found, beside, shop),
    show,
    table: listTable(list, shop.currency),
    pager: presentPager(page, totals[show], perPage),
    lists: LISTS.map((name) => ({ id: name, label: `${LIST_LABELS[name]} (${count(totals[name])})` })),
    others: tests
      .filter((test) => test.id !== id && test.status === "finished")
      .map((test) => ({ value: String(test.id), label: presentBacktest(test, shop).title })),
    other: beside === null ? "" : String(beside.test.id),
  };
};

export default function BacktestResult(): ReactNode {
  const { found, show, table, pager, lists, others, other } = useLoaderData<typeof loader>();
  const { test } = found;
  const json = useDownload(`/app/backtest.json?id=${test.id}`, "backtest.json");
  const customers = useDownload(`/app/backtest-customers.csv?id=${test.id}`, "backtest-customers.csv");
  const differences = useDownload(`/app/backtest-differences.csv?id=${test.id}`, "backtest-differences.csv");
  useLookAgain(test.isOpen ? "running" : "finished");
  return (
    <Page
      title={test.title}
      backAction={{ content: "Back-test", url: "/app/discounts/backtest" }}
      secondaryActions={[
        { content: "Export JSON", onAction: json.start, loading: json.isBusy },
        { content: "Export customers", onAction: customers.start, loading: customers.isBusy },
        { content: "Export differences", onAction: differences.start, loading: differences.isBusy },
      ]}
    >
      <BlockStack gap="400">
        {test.status !== "finished" && <BacktestProgress test={test} />}
        <BacktestBeside others={others} other={other} show={show} />
        <BacktestFindings found={found} />
        <BacktestLists show={show} table={table} pager={pager} all={lists} other={other} />
        <BacktestAssumptions assumptions={found.assumptions} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
