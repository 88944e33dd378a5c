import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const TOPICS = [
  ...["create", "update", "delete", "merge"].map((what) => `customers/${what}`),
  ...["create", "update"].map((what) => `companies/${what}`),
  ...["create", "update", "delete"].map((what) => `company_locations/${what}`),
];
const SCOPES = ["read_customers", "read_customer_merge", "read_orders"];
const NOW_TEXT = "2026-10-31T12:00:00Z";

const [, , ann, co] = catalog as Record<string, unknown>[];
const bob = { ...ann, id: 2, firstName: "Bob", email: "bob@example.com" };
const hq = { id: 51, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, checkoutToDraft: false };

let shop: TestShop;
let receiver: WebhookReceiver;

const opened = async (options: Parameters<typeof TestShop.open>[1] = {}) => {
  const settings = { appUrl: receiver.url, grantedScopes: SCOPES, ...options };
  shop = await TestShop.open(worldOf(...catalog, order(1)), settings, TOPICS);
};
const arrived = async () => {
  await shop.shopify.webhooks.settled();
  return receiver.topics.sort();
};
const asked = async (query: string) => {
  const { data, errors } = await shop.graphql(query);
  expect(errors).toBeUndefined();
  return data;
};
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

test("a customer is told when they come and change, and is in the shop at once", async () => {
  await opened();
  expect(shop.shopify.saveCustomer({ ...bob, tags: ["vip", "b2b"] })).toMatchObject({ id: 2, birthday: null });
  shop.shopify.saveCustomer({ ...bob, firstName: "Rob" });
  expect(await arrived()).toEqual(["customers/create", "customers/update"]);
  expect(receiver.bodiesOf("customers/create")).toEqual([
    {
      id: 2,
      admin_graphql_api_id: "gid://shopify/Customer/2",
      email: "bob@example.com",
      first_name: "Bob",
      last_name: "Ash",
      created_at: "2025-02-01T00:00:00Z",
      updated_at: NOW_TEXT,
      tags: "vip, b2b",
      email_marketing_consent: { state: "not_subscribed" },
      default_address: { country_code: "GB" },
    },
  ]);
  expect(receiver.bodiesOf("customers/update")).toMatchObject([{ id: 2, first_name: "Rob" }]);
  expect(await asked(`{ customersCount { count } customer(id: "gid://shopify/Customer/2") { firstName } }`)).toEqual({
    customersCount: { count: 2 },
    customer: { firstName: "Rob" },
  });
});

test("what of a customer is protected and not granted is null in the body", async () => {
  await opened({ protectedData: ["email"] });
  shop.shopify.saveCustomer(bob);
  await shop.shopify.webhooks.settled();
  expect(receiver.bodiesOf("customers/create")).toMatchObject([
    { email: "bob@example.com", first_name: null, last_name: null, default_address: null },
  ]);
});

test("a customer without orders can be deleted, one with orders or of a company cannot", async () => {
  await opened();
  shop.shopify.saveCustomer(bob);
  shop.shopify.deleteCustomer(2);
  expect(await arrived()).toEqual(["customers/create", "customers/delete"]);
  expect(receiver.bodiesOf("customers/delete")).toEqual([{ id: 2, admin_graphql_api_id: "gid://shopify/Customer/2" }]);
  expect(await asked(`{ customer(id: "gid://shopify/Customer/2") { id } }`)).toEqual({ customer: null });
  expect(() => shop.shopify.deleteCustomer(2)).toThrow("there is no customer 2");
  expect(() => shop.shopify.deleteCustomer(1)).toThrow("customer 1 has orders and cannot be deleted");
  shop.shopify.deleteOrder(1);
  expect(() => shop.shopify.deleteCustomer(1)).toThrow(
    "not in the local Shopify: deleting a customer who is a company's",
  );
});

test("a merge moves the orders, changes none of them, and is told as a merge alone", async () => {
  await opened();
  shop.shopify.saveCustomer(bob);
  receiver.received.length = 0;
  await shop.shopify.webhooks.settled();
  receiver.received.length = 0;
  shop.shopify.mergeCustomers(1, 2);
  expect(await arrived()).toEqual(["customers/merge"]);
  expect(receiver.bodiesOf("customers/merge")).toEqual([
    {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/2",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/1",
      admin_graphql_api_job_id: null,
      status: "completed",
      errors: [],
    },
  ]);
  const data = await asked(`{
    customer(id: "gid://shopify/Customer/1") { id }
    customers(first: 9) { nodes { id updatedAt orders(first: 9) { nodes { id updatedAt } } } }
    order(id: "gid://shopify/Order/1") { customer { id } }
  }`);
  expect(data).toEqual({
    customer: null,
    customers: {
      nodes: [
        {
          id: "gid://shopify/Customer/2",
          updatedAt: NOW_TEXT,
          orders: { nodes: [{ id: "gid://shopify/Order/1", updatedAt: "2026-10-01T10:00:00Z" }] },
        },
      ],
    },
    order: { customer: { id: "gid://shopify/Customer/2" } },
  });
  expect(() => shop.shopify.mergeCustomers(1, 2)).toThrow("customer 1 was merged away before");
  expect(() => shop.shopify.saveCustomer(ann)).toThrow("customer 1 was merged into another");
  expect(() => shop.shopify.mergeCustomers(2, 9)).toThrow("customer 9");
});

test("a company is told when it comes and changes, and so are the locations that do", async () => {
  await opened();
  const north = { ...hq, id: 61, name: "North" };
  shop.shopify.saveCompany({ ...co, id: 6, name: "New", contacts: [], locations: [north, { ...hq, id: 62 }] });
  expect(await arrived()).toEqual(["companies/create", "company_locations/create", "company_locations/create"]);
  expect(receiver.bodiesOf("companies/create")).toEqual([
    {
      name: "New",
      admin_graphql_api_id: "gid://shopify/Company/6",
      main_contact: null,
      created_at: NOW_TEXT,
      updated_at: NOW_TEXT,
    },
  ]);
  receiver.received.length = 0;
  shop.shopify.saveCompany({ ...co, id: 6, name: "New", contacts: [1], locations: [{ ...north, name: "South" }] });
  expect(await arrived()).toEqual(["companies/update", "company_locations/delete", "company_locations/update"]);
  expect(receiver.bodiesOf("companies/update")).toMatchObject([
    { main_contact: { customer_admin_graphql_api_id: "gid://shopify/Customer/1" } },
  ]);
  expect(receiver.bodiesOf("company_locations/update")).toEqual([
    {
      name: "South",
      admin_graphql_api_id: "gid://shopify/CompanyLocation/61",
      company: { name: "New", admin_graphql_api_id: "gid://shopify/Company/6" },
      created_at: NOW_TEXT,
      updated_at: NOW_TEXT,
    },
  ]);
  shop.shopify.placeOrder(order(2, { companyLocationId: 61 }));
  expect(() => shop.shopify.saveCompany({ ...co, id: 6, locations: [{ ...hq, id: 62 }] })).toThrow(
    "location 61 has orders",
  );
  expect(shop.shopify.world.locations.get(61)?.company.name).toBe("New");
});
