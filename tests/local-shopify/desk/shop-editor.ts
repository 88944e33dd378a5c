import { isDeepStrictEqual } from "node:util";
import {
  changeShop,
  mergeCustomers,
  removeCustomer,
  saveCompany,
  saveCustomer,
} from "#tests/local-shopify/world/change-buyers.ts";
import { removeProduct, saveProduct } from "#tests/local-shopify/world/change-catalog.ts";
import { type Changed, removeOrder, saveOrder } from "#tests/local-shopify/world/change-orders.ts";
import type { WorldProduct, WorldVariant } from "#tests/local-shopify/world/world.ts";
import { isoSeconds, type ShopStore, type VariantInProduct } from "../admin-api/shop-store.ts";
import { gid } from "../admin-api/gid.ts";
import type { Discount } from "../discounts/discount.ts";
import type { MetafieldWrite } from "../metafields/metafield-store.ts";
import type { Change } from "./change-log.ts";
import { echoesOf } from "./metafield-echoes.ts";
import type { News } from "./news.ts";
import {
  newsOfCompany,
  newsOfCustomer,
  newsOfDeletedCustomer,
  newsOfDeletedDiscount,
  newsOfDeletedProduct,
  newsOfDiscount,
  newsOfMerge,
  newsOfProduct,
  newsOfShop,
} from "./object-news.ts";
import { newsOfDeletedOrder, newsOfOrder } from "./order-news.ts";

type OrderChange = Extract<Change, { kind: "saveOrder" }>;
type MetafieldChange = Extract<Change, { kind: "setMetafields" | "deleteMetafields" }>;

/** Makes changes in a shop, with all its indexes and the dates of what changed, and says which webhooks follow. */
export class ShopEditor {
  private readonly store: ShopStore;

  constructor(store: ShopStore) {
    this.store = store;
  }

  /**
   * Makes a change as of an instant.
   *
   * @throws WorldError or Error when the change is refused; the shop is then as it was
   */
  make(change: Change, now: Date): News[] {
    const { world } = this.store;
    switch (change.kind) {
      case "saveOrder":
        return this.saveOrder(change, now);
      case "creditStoreCredit": {
        const { owner, currency, amount, expiresAt } = change.given;
        this.store.storeCredit.credit(owner, currency, { amount: BigInt(amount), at: isoSeconds(now), expiresAt });
        return [];
      }
      case "debitStoreCredit":
        this.store.storeCredit.debit(change.taken.accountId, BigInt(change.taken.amount), isoSeconds(now));
        return [];
      case "deleteOrder":
        return this.deleteOrder(change.id);
      case "saveCustomer":
        return this.saveCustomer(change.object, now);
      case "deleteCustomer":
        return this.deleteCustomer(change.id);
      case "mergeCustomers":
        mergeCustomers(world, change, now);
        this.store.metafields.deleteOwner(gid("Customer", change.fromId));
        this.store.ordersChanged();
        return newsOfMerge(change);
      case "saveProduct":
        return this.saveProduct(change.object, now);
      case "deleteProduct":
        return this.deleteProduct(change.id);
      case "saveCompany":
        return this.saveCompany(change.object, now);
      case "setMetafields":
        return this.changeMetafields(change, () => this.setMetafields(change.writes, now), now);
      case "deleteMetafields":
        return this.changeMetafields(change, () => change.places.map((one) => this.store.metafields.delete(one)), now);
      case "saveDiscount":
        return this.saveDiscount(change, now);
      case "deleteDiscount":
        return this.deleteDiscount(change.id);
      case "savePaymentCustomization":
        this.store.paymentCustomizations.save(change.customization);
        this.setMetafields(change.metafields, now);
        return [];
      case "deletePaymentCustomization":
        this.store.paymentCustomizations.delete(change.id);
        this.store.metafields.deleteOwner(gid("PaymentCustomization", change.id));
        return [];
      case "updateShop":
        changeShop(world, change.changes);
        this.store.ordersChanged();
        return newsOfShop();
    }
  }

  private saveOrder(
    { object, discountIds, once }: Pick<OrderChange, "object" | "discountIds" | "once">,
    now: Date,
  ): News[] {
    const changed = saveOrder(this.store.world, object, now);
    if (once) this.store.refundKeys.set(once.key, once);
    for (const id of discountIds ?? []) this.store.discounts.used(id);
    this.store.history.changed("order", changed.after.id, isoSeconds(now));
    this.store.ordersChanged();
    return newsOfOrder(changed, this.store);
  }

  private deleteOrder(id: number): News[] {
    const order = removeOrder(this.store.world, id);
    this.store.ordersChanged();
    return newsOfDeletedOrder(order);
  }

  private saveCustomer(object: unknown, now: Date): News[] {
    const changed = saveCustomer(this.store.world, object, now);
    this.store.history.changed("customer", changed.after.id, isoSeconds(now));
    return newsOfCustomer(changed);
  }

  private deleteCustomer(id: number): News[] {
    if (this.store.ordersOfCustomer(id).length > 0) throw new Error(`customer ${id} has orders and cannot be deleted`);
    const customer = removeCustomer(this.store.world, id);
    this.store.metafields.deleteOwner(gid("Customer", id));
    return newsOfDeletedCustomer(customer);
  }

  private saveProduct(object: unknown, now: Date): News[] {
    const { world, history } = this.store;
    const changed = saveProduct(world, object, now);
    const { before, after } = changed;
    const at = isoSeconds(now);
    history.changed("product", after.id, at);
    const items = this.itemsOf(changed, now);
    for (const { variant } of items.came) {
      history.came("variant", variant.id, before ? at : after.createdAt);
      history.changed("variant", variant.id, at);
      history.changed("inventoryItem", variant.id, at);
    }
    for (const { variant } of items.changed) history.changed("inventoryItem", variant.id, at);
    for (const variant of after.variants) {
      const old = before?.variants.find(({ id }) => id === variant.id);
      if (old && !isDeepStrictEqual(shownOf(old), shownOf(variant))) history.changed("variant", variant.id, at);
    }
    for (const { variant } of items.gone) this.store.metafields.deleteOwner(gid("ProductVariant", variant.id));
    this.store.productsChanged();
    return newsOfProduct(changed, items);
  }

  /** The inventory items that came and went with their variants, and those that show something else than before. */
  private itemsOf({ before, after }: Changed<WorldProduct>, now: Date) {
    const old = new Map(before?.variants.map((variant) => [variant.id, variant]));
    const kept = new Set(after.variants.map(({ id }) => id));
    const items: VariantInProduct[] = after.variants.map((variant) => ({ variant, product: after }));
    const shown = (variant: WorldVariant) => [variant.sku, variant.weightGrams, this.store.unitCost(variant, now)];
    return {
      came: items.filter(({ variant }) => !old.has(variant.id)),
      changed: items.filter(({ variant }) => {
        const former = old.get(variant.id);
        return former !== undefined && !isDeepStrictEqual(shown(former), shown(variant));
      }),
      gone: [...old.values()].filter(({ id }) => !kept.has(id)).map((variant) => ({ variant, product: after })),
    };
  }

  private deleteProduct(id: number): News[] {
    const product = removeProduct(this.store.world, id);
    for (const variant of product.variants) this.store.metafields.deleteOwner(gid("ProductVariant", variant.id));
    this.store.metafields.deleteOwner(gid("Product", id));
    this.store.productsChanged();
    this.store.ordersChanged();
    return newsOfDeletedProduct(product);
  }

  private saveCompany(object: unknown, now: Date): News[] {
    const { history, world } = this.store;
    const changed = saveCompany(world, object);
    const { before, after } = changed;
    const at = isoSeconds(now);
    if (before) history.changed("company", after.id, at);
    else history.came("company", after.id, at);
    for (const location of after.locations) {
      const old = before?.locations.find(({ id }) => id === location.id);
      if (!old) history.came("companyLocation", location.id, at);
      else if (!isDeepStrictEqual(old, location)) history.changed("companyLocation", location.id, at);
    }
    for (const location of before?.locations ?? []) {
      const isGone = !after.locations.some(({ id }) => id === location.id);
      if (isGone) this.store.metafields.deleteOwner(gid("CompanyLocation", location.id));
    }
    return newsOfCompany(changed);
  }

  private changeMetafields(change: MetafieldChange, make: () => void, now: Date): News[] {
    const { metafields } = this.store;
    const places = "writes" in change ? change.writes : change.places;
    const before = places.map((place) => metafields.get(place));
    make();
    if (!change.echo) return [];
    const changed = places.filter((place, index) => metafields.get(place) !== before[index]);
    return echoesOf(
      changed.map(({ ownerId }) => ownerId),
      this.store,
      isoSeconds(now),
    );
  }

  private setMetafields(writes: readonly MetafieldWrite[], now: Date): void {
    for (const write of writes) this.store.metafields.set(write, isoSeconds(now));
  }

  private saveDiscount(
    { discount, metafields }: { discount: Discount; metafields: readonly MetafieldWrite[] },
    now: Date,
  ) {
    const isNew = this.store.discounts.get(discount.id) === undefined;
    this.store.discounts.save(discount);
    this.setMetafields(metafields, now);
    return newsOfDiscount(discount, isNew);
  }

  private deleteDiscount(id: number): News[] {
    this.store.discounts.delete(id);
    this.store.metafields.deleteOwner(gid("DiscountAutomaticNode", id));
    return newsOfDeletedDiscount(id);
  }
}

/** What a variant itself shows: cost and weight are its inventory item's. */
function shownOf({ sku, title, price, compareAtPrice }: WorldVariant) {
  return { sku, title, price, compareAtPrice };
}
