import { afterAll, beforeAll, expect, test } from "vitest";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { aMerchant, install, publishPlan, type Merchant } from "./merchant.ts";

/** A merchant tries a plan on a cart. */
let merchant: Merchant;

const steps = [{ from: 12, percent: "10" }];

beforeAll(async () => {
  merchant = await aMerchant(worldOf(shopObject, ...catalog, order(1)));
  await install(merchant);
  await publishPlan(merchant, { parts: [{ kind: "quantity-break", scope: "variant", measure: "units", steps }] });
});
afterAll(() => merchant.leave());

const expectToSee = async (text: string): Promise<void> => {
  await merchant.app.getByText(text).first().waitFor();
};

const field = (name: string) => merchant.app.getByRole("combobox", { name });

/** Finds something by typing and takes the first one, by the keyboard alone. */
const find = async (name: string, text: string, option: string): Promise<void> => {
  await field(name).fill(text);
  await merchant.app.getByRole("option", { name: option, exact: true }).waitFor();
  await field(name).press("Enter");
  await expect.poll(() => field(name).inputValue()).toBe(option);
};

test("a cart is tried with a buyer and a product that are found by typing", async () => {
  const { app, open } = merchant;
  await open("/app/discounts/preview");
  await app.getByRole("button", { name: "Try it" }).click();
  await expectToSee("Choose a product");
  await find("Product of line 1", "mug-1", "Mug, Blue");
  await app.getByText("Choose a product").waitFor({ state: "detached" });
  await find("Buyer", "ann@exa", "Ann Ash");
  await field("Buyer").fill("nobody of this name");
  await expectToSee("Nothing is found");
  await field("Buyer").press("Tab");
  expect(await field("Buyer").inputValue()).toBe("Ann Ash");
  await app.getByRole("button", { name: "Try it" }).click();
  await app.getByRole("heading", { name: "At checkout" }).waitFor();
  await app.getByRole("heading", { name: "12 x Mug, Blue" }).waitFor();
  await field("Buyer").fill("guest");
  await app.getByRole("option", { name: "A guest" }).click();
  await app.getByRole("spinbutton", { name: "Quantity" }).fill("");
  await app.getByRole("button", { name: "Try it" }).click();
  await expectToSee("A whole number from 1 to 999,999");
  await app.getByRole("spinbutton", { name: "Quantity" }).fill("1");
  await app.getByRole("button", { name: "Try it" }).click();
  await expectToSee("A guest: nothing that is for customers");
});

test("nothing went wrong in the browser on the whole way", () => {
  expect(merchant.complaints).toEqual([]);
});
