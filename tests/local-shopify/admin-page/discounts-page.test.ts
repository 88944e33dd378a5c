import { afterEach, beforeEach, expect, test } from "vitest";
import type { AppDiscount } from "../discounts/discount.ts";
import { type AdminPage, createAdminPage } from "./admin-page.ts";
import { startFakeHost } from "./fake-host.ts";

const plan: AppDiscount = {
  ...{ kind: "app", id: 1, title: "Plan <1>", startsAt: "2026-01-01T00:00:00Z", endsAt: null },
  ...{ createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z", classes: ["PRODUCT"] },
  ...{ functionHandle: "volume", appliesOnOneTimePurchase: true, appliesOnSubscription: false, recurringCycleLimit: 1 },
  combinesWith: { productDiscounts: false, orderDiscounts: true, shippingDiscounts: false },
};

let host: Awaited<ReturnType<typeof startFakeHost>>;
let admin: AdminPage;
beforeEach(async () => {
  host = await startFakeHost(plan);
  admin = await createAdminPage({ localShopify: host, appUrl: "http://127.0.0.1:9" });
});
afterEach(async () => {
  await admin.close();
  await host.close();
});

const page = async (path = "/store/acme/discounts") => {
  const text = await (await fetch(new URL(path, admin.url))).text();
  return text.replaceAll(/\s+/g, " ");
};
const post = async (what: string, form: Record<string, string>) => {
  const { origin } = new URL(admin.url);
  const init = { method: "POST", redirect: "manual", body: new URLSearchParams(form), headers: { origin } } as const;
  return fetch(new URL(`/store/acme/discounts/${what}`, admin.url), init);
};
const all = () => host.discounts.all();

test("an app's discount leads into the app, and a new one is made there", async () => {
  const text = await page();
  expect(text).toContain('<a href="/store/acme/apps/pareto/app/discounts/1">Plan &lt;1&gt;</a>');
  expect(text).toContain('href="/store/acme/apps/pareto/app/discounts/new">Create in Pareto: Volume</a>');
  expect(text).toContain("Pareto, Function volume · combines with order discounts");
  expect(text).toContain('<a href="/storefront">Visit the shop</a>');
});

test("a person switches a discount off and on, gives it another title and deletes it", async () => {
  await post("off", { id: "1" });
  expect(await page()).toContain('<span class="tag ">expired</span>');
  await post("on", { id: "1" });
  expect(await page()).toContain('<span class="tag good">active</span>');
  await post("rename", { id: "1", title: "Other" });
  expect(all()).toMatchObject([{ title: "Other", endsAt: null }]);
  await post("delete", { id: "1" });
  expect(all()).toEqual([]);
  expect(await page()).toContain("There is no discount yet.");
});

test("a discount of Shopify's own is added beside it", async () => {
  await post("add", { title: "Sale", percent: "12.5", class: "PRODUCT", collection: "mugs", orderDiscounts: "on" });
  expect(all()[1]).toMatchObject({ kind: "native", title: "Sale", percent: "12.5", collection: "mugs" });
  expect(await page()).toContain("12.5 % off mugs · combines with order discounts");
});

test("what is refused says why", async () => {
  const said = async (what: string, form: Record<string, string>) =>
    decodeURIComponent((await post(what, form)).headers.get("location") ?? "");
  expect(await said("add", { title: "Sale", percent: "x", class: "ORDER" })).toContain("must be a decimal string");
  expect(await said("add", { title: "Plan <1>", percent: "5" })).toContain('"Plan <1>" is an app\'s discount');
  expect(await said("off", { id: "9" })).toContain("there is no discount 9");
  expect(await said("rename", { id: "1", title: " " })).toContain("a discount needs a title");
  expect((await post("explode", { id: "1" })).status).toBe(404);
});
