import type { Merchant } from "./merchant.ts";

/** Opens a page of the shop's storefront. */
export const inTheShop = async ({ page, running }: Merchant, path: string): Promise<void> => {
  await page.goto(new URL(`/storefront${path}`, running.admin.url).href);
};

/** Puts so many mugs into the cart. */
export const putIntoCart = async (merchant: Merchant, quantity: string): Promise<void> => {
  const { page } = merchant;
  await inTheShop(merchant, "/products/1");
  await page.getByLabel("Quantity").fill(quantity);
  await page.getByRole("button", { name: "Add to cart" }).click();
};

/** Shops as somebody, for themselves or for a company, by a name that tells them from others. */
export const shopAs = async (merchant: Merchant, name: string): Promise<void> => {
  const { page } = merchant;
  await inTheShop(merchant, "/as");
  await page.getByLabel("Name or e-mail").fill(name);
  await page.getByRole("button", { name: "Search" }).click();
  await page
    .getByRole("button", { name: `Shop as ${name}` })
    .first()
    .click();
};
