import { afterEach, beforeEach, expect, test } from "vitest";
import { type AdminPage, createAdminPage } from "./admin-page.ts";
import { startFakeHost } from "./fake-host.ts";

let host: Awaited<ReturnType<typeof startFakeHost>>;
let admin: AdminPage;

beforeEach(async () => {
  host = await startFakeHost();
  admin = await createAdminPage({ localShopify: host, appUrl: "http://127.0.0.1:9" });
});
afterEach(async () => {
  await admin.close();
  await host.close();
});

const at = (path: string, init?: RequestInit) => fetch(new URL(path, admin.url), { redirect: "manual", ...init });
const post = (path: string, form: Record<string, string> = {}) =>
  at(path, { method: "POST", body: new URLSearchParams(form), headers: { origin: new URL(admin.url).origin } });

test("every page of the admin answers", async () => {
  const ids = { orders: 1001, customers: 1, companies: 1, products: 1 };
  const paths = Object.entries(ids).flatMap(([kind, id]) => [`/store/acme/${kind}`, `/store/acme/${kind}/${id}`]);
  for (const path of [
    "/",
    "/store/acme",
    "/store/acme/settings",
    "/store/acme/discounts",
    "/store/acme/apps/pareto",
    ...paths,
  ]) {
    expect({ path, status: (await at(path)).status }).toEqual({ path, status: 200 });
  }
  for (const path of ["/store/other", "/store/acme/orders/9", "/store/acme/nowhere", "/assets/nothing.js"]) {
    expect({ path, status: (await at(path)).status }).toEqual({ path, status: 404 });
  }
});

test("every order of a generated shop can be read", async () => {
  for (const { id } of host.world.orders) expect((await at(`/store/acme/orders/${id}`)).status).toBe(200);
});

test("the app is framed by its key as by its handle, deep links included", async () => {
  await host.oauth.install(host.shopDomain);
  const byKey = await at("/store/acme/apps/some-api-key/plan?step=2");
  expect(byKey.headers.get("location")).toBe("/store/acme/apps/pareto/plan?step=2");
  const page = await (await at("/store/acme/apps/pareto/plan?step=2")).text();
  expect(page).toContain(`data-frame-src="${admin.appOrigin}/plan?step=2&amp;embedded=1&amp;host=`);
});

test("an id token is given only to the admin's own page, and only while the app is installed", async () => {
  expect((await post("/store/acme/session-token")).status).toBe(403);
  await host.oauth.install(host.shopDomain);
  expect((await at("/store/acme/session-token", { method: "POST", headers: { origin: admin.appOrigin } })).status).toBe(
    403,
  );
  const given = await post("/store/acme/session-token");
  expect((await given.text()).split(".")).toHaveLength(3);
});

test("the merchant can take a scope away and uninstall", async () => {
  await post("/store/acme/oauth/install");
  await post("/store/acme/settings/revoke-scope", { scope: "write_discounts" });
  expect(await host.oauth.grantedScopes(host.shopDomain)).toEqual(["read_orders"]);
  expect(await (await at("/store/acme/scopes")).json()).toMatchObject({ granted: ["read_orders"] });
  await post("/store/acme/settings/uninstall");
  expect(await host.oauth.isInstalled(host.shopDomain)).toBe(false);
});

test("an order is placed as asked for, and a wish that makes none says why", async () => {
  const before = host.world.orders.length;
  await post("/store/acme/settings/order", { variantId: "101", quantity: "2", customerId: "1" });
  expect(host.world.orders).toHaveLength(before + 1);
  expect(host.world.orders.at(-1)).toMatchObject({ customerId: 1, lines: [{ variantId: 101, quantity: 2 }] });
  const refused = await post("/store/acme/settings/order", { variantId: "101", quantity: "2", customerId: "999" });
  expect(decodeURIComponent(refused.headers.get("location") ?? "")).toContain("customer 999 is not above");
  const empty = await post("/store/acme/settings/order", { variantId: "101", quantity: "0", customerId: "" });
  expect(decodeURIComponent(empty.headers.get("location") ?? "")).toContain("needs a product, a quantity");
});
