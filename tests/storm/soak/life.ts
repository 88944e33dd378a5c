import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Random, seededRandom } from "#tests/local-shopify/world/random.ts";
import type { Side } from "../side.ts";
import type { Step } from "../story.ts";

/** All that goes on in a shop while it is watched: for so long, and then it ends. */

/** Spreads what happens evenly over the time. */
export const live = async ({ shopify }: Side, steps: readonly Step[], ms: number): Promise<void> => {
  const startedAt = performance.now();
  for (const [index, step] of steps.entries()) {
    await sleep(Math.max(0, startedAt + (ms * index) / steps.length - performance.now()));
    step(shopify);
  }
};

export interface Visits {
  /** How long each answer took, in milliseconds, the shortest first. */
  readonly milliseconds: readonly number[];
  /** What was answered that is no page. */
  readonly failures: readonly string[];
}

/** Pauses between two pages of a person. */
const READS_FOR_MS = 400;

const FILTERS = ["", "?tier=A", "?tier=B&tier=C", "?sort=cm4&direction=descending", "?flag=loss", "?q=a", "?page=2"];

const pageOf = (random: Random, customers: readonly string[]): string =>
  random.pick([
    "/app",
    `/app/customers${random.pick(FILTERS)}`,
    customers.length === 0 ? "/app/customers" : `/app/customers/${random.pick(customers)}`,
    "/app/discounts",
  ]);

/** A merchant who goes through Home, Customers by several filters, one customer, Discounts. */
export const visit = async (side: Side, seed: string, ms: number): Promise<Visits> => {
  const random = seededRandom(seed, "visits");
  const { rows } = await side.pool.query<{ id: string }>("SELECT id::text FROM customer WHERE kind <> 'anonymous'");
  const customers = rows.map(({ id }) => id);
  const milliseconds: number[] = [];
  const failures: string[] = [];
  for (const endsAt = performance.now() + ms; performance.now() < endsAt; await sleep(READS_FOR_MS)) {
    const page = pageOf(random, customers);
    const askedAt = performance.now();
    // Customers who were merged or deleted meanwhile have no page any more.
    await side.ask(page).catch((error: unknown) => {
      if (!String(error).includes("answered 404")) failures.push(String(error));
    });
    milliseconds.push(performance.now() - askedAt);
  }
  return { milliseconds: milliseconds.toSorted((a, b) => a - b), failures };
};

const planOf = (percent: number) => ({
  title: "Volume and tier prices",
  parts: [
    { kind: "quantity-break", scope: "product", measure: "units", steps: [{ from: 12, percent: String(percent) }] },
    { kind: "tier-price", tiers: { A: String(percent), B: "2" } },
  ],
});

const press = (side: Side, fields: Record<string, string>): Promise<string> =>
  side.ask("/app/discounts.data?index", { method: "POST", body: new URLSearchParams(fields) });

const versionRow = z.object({ version: z.int() });

const latestVersion = async (side: Side): Promise<number> => {
  const { rows } = await side.pool.query(
    "SELECT coalesce(max(version), 0)::int AS version FROM plan_version WHERE shop_id = $1",
    [await side.shopId()],
  );
  return versionRow.parse(rows[0]).version;
};

/** Publishes the plan so many times, each time another one. */
export const publish = async (side: Side, times: number, ms: number): Promise<void> => {
  for (let nth = 0; nth < times; nth += 1) {
    const before = await latestVersion(side);
    await press(side, { intent: "save", plan: JSON.stringify(planOf(3 + nth)), after: String(before) });
    if ((await latestVersion(side)) !== before + 1) throw new Error("The plan was not saved");
    await press(side, { intent: "publish" });
    await sleep(ms / times);
  }
};

/** Has the shop read again, somewhat before the middle: what it leaves behind is seen in the second half. */
export const readAgain = async (side: Side, ms: number): Promise<void> => {
  await sleep(ms * 0.45);
  await side.ask("/app.data?index", { method: "POST", body: new URLSearchParams() });
};
