import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";
import { moveIn, NEIGHBOUR, TRACES, type Neighbour } from "#tests/setup/neighbour.ts";

/** Somebody signed in to our shop goes everywhere with the numbers of another shop in the same database. */
let app: AppUnderTest;
let neighbour: Neighbour;

beforeAll(async () => {
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
  await app.install();
  neighbour = await moveIn(app.database.pool);
});
afterAll(() => app.stop());

const THEIRS = NEIGHBOUR.id;

interface Visit {
  readonly target: string;
  /** What is sent; nothing: a page is looked at. */
  readonly body?: URLSearchParams | FormData | string;
  readonly status: number;
  /** What is wrong with a file is answered with what stands in it. */
  readonly echoes?: true;
}

const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);

const costs = (): FormData => {
  const data = new FormData();
  data.set("file", new File([`variant_id,unit_cost,from\n${THEIRS},1.00,2026-01-01\n`], "costs.csv"));
  data.set("confirmed", "x");
  return data;
};

const PLAN = '{"title":"Ours","parts":[{"kind":"tier-price","tiers":{"A":"5"}}]}';

/** Every file of app/routes with the visits that it answers. */
const VISITS: Readonly<Record<string, readonly Visit[]>> = {
  "_index.tsx": [{ target: `/?shop=${NEIGHBOUR.domain}`, status: 302 }],
  "app.tsx": [{ target: `/app.data?shop=${NEIGHBOUR.domain}`, status: 200 }],
  "app._index.tsx": [
    { target: "/app", status: 200 },
    { target: "/app?index", body: form({ shopId: String(THEIRS), shop: NEIGHBOUR.domain }), status: 200 },
  ],
  "app.costs._index.tsx": [
    { target: "/app/costs", status: 200 },
    { target: "/app/costs?index", body: form({ intent: "nothing" }), status: 200 },
  ],
  "app.costs.import-errors[.]csv.tsx": [
    { target: "/app/costs/import-errors.csv", body: costs(), status: 200, echoes: true },
  ],
  "app.costs.import.tsx": [
    { target: "/app/costs/import", status: 200 },
    { target: "/app/costs/import", body: costs(), status: 200, echoes: true },
  ],
  "app.costs.rule.tsx": [
    { target: "/app/costs/rule", status: 200 },
    { target: "/app/costs/rule?place=0", status: 404 },
  ],
  "app.costs.rules[.]json.tsx": [
    { target: "/app/costs/rules.json", status: 200 },
    { target: "/app/costs/rules.json", body: "[]", status: 200 },
  ],
  "app.costs[.]csv.tsx": [{ target: "/app/costs.csv", status: 200 }],
  "app.customers.$id.tsx": [
    { target: `/app/customers/${THEIRS}`, status: 404 },
    { target: `/app/customers/${THEIRS}.data`, status: 404 },
    { target: `/app/customers/${THEIRS}`, body: form({ tier: "A", reason: "mine", until: "" }), status: 404 },
    { target: `/app/customers/${THEIRS}`, body: form({ intent: "unpin" }), status: 404 },
  ],
  "app.customers._index.tsx": [
    { target: "/app/customers", status: 200 },
    { target: "/app/customers?q=cana", status: 200 },
  ],
  "app.customers[.]csv.tsx": [
    { target: "/app/customers.csv", status: 200 },
    { target: `/app/customers.csv?shop=${NEIGHBOUR.domain}`, status: 200 },
  ],
  "app.discounts._index.tsx": [
    { target: "/app/discounts", status: 200 },
    { target: "/app/discounts?index", body: form({ intent: "save", plan: PLAN, after: "0" }), status: 200 },
    {
      target: "/app/discounts?index",
      body: form({ intent: "restore", version: String(THEIRS) }),
      status: 200,
      echoes: true,
    },
    { target: "/app/discounts?index", body: form({ intent: "count" }), status: 200 },
    { target: "/app/discounts?index", body: form({ intent: "publish" }), status: 200 },
    { target: "/app/discounts?index", body: form({ intent: "withdraw" }), status: 200 },
  ],
  "app.discounts.choices.tsx": ["buyers", "variants", "examples"].map((of) => ({
    target: `/app/discounts/choices.data?of=${of}&text=`,
    status: 200,
  })),
  "app.backtest-customers[.]csv.tsx": [{ target: `/app/backtest-customers.csv?id=${THEIRS}`, status: 404 }],
  "app.backtest-differences[.]csv.tsx": [{ target: `/app/backtest-differences.csv?id=${THEIRS}`, status: 404 }],
  "app.backtest[.]json.tsx": [
    { target: `/app/backtest.json?id=${THEIRS}`, status: 404 },
    { target: "/app/backtest.json", status: 404 },
    { target: "/app/backtest.json", body: `{"version":${THEIRS}}`, status: 422, echoes: true },
  ],
  "app.discounts.backtest.$id.tsx": [{ target: `/app/discounts/backtest/${THEIRS}`, status: 404 }],
  "app.discounts.backtest._index.tsx": [
    { target: "/app/discounts/backtest", status: 200 },
    ...["cancel", "delete", "retry"].map((intent) => ({
      target: "/app/discounts/backtest?index",
      body: form({ intent, id: String(THEIRS) }),
      status: 200,
    })),
  ],
  "app.discounts.unpaid.tsx": [
    { target: "/app/discounts/unpaid", status: 200 },
    ...["charge", "look", "dismiss"].map((intent) => ({
      target: "/app/discounts/unpaid",
      body: form({ intent, order: String(THEIRS) }),
      status: 200,
    })),
  ],
  "app.discounts[.]json.tsx": [
    { target: "/app/discounts.json?publish=1", body: PLAN, status: 200 },
    { target: "/app/discounts.json", status: 200 },
  ],
  "app.discounts.others.tsx": [{ target: "/app/discounts/others.data", status: 200 }],
  "app.discounts.preview.tsx": [
    { target: "/app/discounts/preview?line=11x12", status: 200 },
    { target: `/app/discounts/preview?buyer=company:${THEIRS}&line=${THEIRS}x1`, status: 200, echoes: true },
    { target: `/app/discounts/preview?buyer=customer:${THEIRS}&line=11x12`, status: 200, echoes: true },
  ],
  "app.ledger[.]csv.tsx": [{ target: "/app/ledger.csv", status: 200 }],
  "app.privacy.$request.tsx": [{ target: `/app/privacy/${THEIRS}`, status: 404 }],
  "app.privacy._index.tsx": [{ target: "/app/privacy", status: 200 }],
  "app.receivables[.]csv.tsx": [{ target: "/app/receivables.csv", status: 200 }],
  "app.reconciliation._index.tsx": [
    { target: "/app/reconciliation", status: 200 },
    { target: "/app/reconciliation?index", body: form({}), status: 200 },
  ],
  "app.reconciliation[.]json.tsx": [{ target: "/app/reconciliation.json", status: 200 }],
  "app.settings.tsx": [{ target: "/app/settings", status: 200 }],
  "app.status[.]json.tsx": [{ target: "/app/status.json", status: 200 }],
  "app.status._index.tsx": [
    { target: "/app/status", status: 200 },
    { target: "/app/status?index", body: form({ intent: "retry", eventId: "canary", topic: "canary" }), status: 200 },
    { target: "/app/status?index", body: form({ intent: "retry-all" }), status: 200 },
    { target: "/app/status?index", body: form({ intent: "retry-job", job: String(THEIRS) }), status: 200 },
  ],
  "app.terms._index.tsx": [
    ...["open", "lapsing", "overdue", "late", "rebates"].map((view) => ({
      target: `/app/terms?view=${view}`,
      status: 200,
    })),
    ...["confirm", "give", "dismiss"].map((intent) => ({
      target: "/app/terms?index",
      body: form({ intent, order: String(THEIRS) }),
      status: 200,
    })),
  ],
  "app.terms.reminders[.]csv.tsx": [{ target: "/app/terms/reminders.csv", status: 200 }],
  "app.tiers.$run.tsx": [{ target: `/app/tiers/${THEIRS}`, status: 404 }],
  "app.tiers._index.tsx": [
    { target: "/app/tiers", status: 200 },
    { target: "/app/tiers?index", body: form({ intent: "preview", method: "share" }), status: 200 },
    { target: "/app/tiers?index", body: form({ method: "share", window: "all" }), status: 200 },
  ],
  "auth.$.tsx": [{ target: `/auth/callback?shop=${NEIGHBOUR.domain}`, status: 200 }],
  "auth.login.tsx": [{ target: `/auth/login?shop=${NEIGHBOUR.domain}`, status: 200 }],
};

test("every route is visited", () => {
  expect(Object.keys(VISITS).toSorted()).toEqual(readdirSync("app/routes").toSorted());
});

const ALL = Object.entries(VISITS).flatMap(([file, visits]) => visits.map((visit) => ({ file, ...visit })));

describe("somebody of one shop", () => {
  test.each(ALL)(
    "sees and changes nothing of another's at $target ($file)",
    async ({ target, body, status, echoes }) => {
      const before = await neighbour.rows();
      const response = await app.ask(target, body === undefined ? {} : { method: "POST", body });
      const text = (await response.text())
        // The address that was asked for comes back in some answers.
        .replaceAll(NEIGHBOUR.domain, "")
        .replaceAll(`/${THEIRS}`, "")
        .replaceAll(`"${THEIRS}"`, "");
      const traces = echoes ? /canary/ : TRACES;
      expect({ status: response.status, traces: traces.exec(text)?.[0] ?? null }).toEqual({ status, traces: null });
      await app.settled();
      expect(await neighbour.rows()).toEqual(before);
    },
  );
});
