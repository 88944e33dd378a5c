import { idOf } from "#tests/local-shopify/world/change-orders.ts";
import type {
  WorldCompany,
  WorldCustomer,
  WorldOrder,
  WorldProduct,
  WorldShop,
} from "#tests/local-shopify/world/world.ts";
import type { ShopChanges } from "#tests/local-shopify/world/change-buyers.ts";
import { WorldError } from "#tests/local-shopify/world/world-error.ts";
import { isoSeconds, type ShopStore } from "../admin-api/shop-store.ts";
import type { ShopClock } from "../clock.ts";
import type { Discount } from "../discounts/discount.ts";
import type { MetafieldPlace, MetafieldWrite } from "../metafields/metafield-store.ts";
import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { RefundOnce, StoreCreditGiven, StoreCreditTaken } from "../store-credit/money-changes.ts";
import { requireAnnounced } from "../webhooks/topics.ts";
import type { Payload, View } from "../webhooks/view.ts";
import { type Change, ChangeLog } from "./change-log.ts";
import { orderPaid, orderRefunded } from "./order-payments.ts";
import { ShopEditor } from "./shop-editor.ts";

export interface ShopDeskOptions {
  readonly store: ShopStore;
  readonly clock: ShopClock;
  readonly stateDir: string;
  /** Whether the shop has granted a kind of protected customer data. */
  readonly shows: View["shows"];
  /** Whether who carries a metafield counts as changed with it. */
  readonly echoesMetafields: () => boolean;
  /** Sends a webhook to whom it may concern; the body is asked for at once or never. */
  readonly tell: (topic: string, payload: () => Payload) => void;
}

/**
 * Where the shop changes while it is open. Every change is kept with its instant, made again after a restart, and told to
 * the app by the webhooks that follow from it. All methods throw a WorldError when an object breaks a rule of the world's
 * format, and an Error when Shopify would refuse; nothing has changed then, and nothing goes out.
 */
export class ShopDesk {
  private readonly options: ShopDeskOptions;
  private readonly editor: ShopEditor;
  private readonly log: ChangeLog;

  constructor(options: ShopDeskOptions) {
    this.options = options;
    this.editor = new ShopEditor(options.store);
    this.log = new ChangeLog(options.stateDir);
    for (const { at, change } of this.log.read()) this.editor.make(change, new Date(at));
  }

  placeOrder(order: unknown, discountIds?: readonly number[]): WorldOrder {
    const id = idOf(order);
    const { ordersById } = this.options.store.world;
    if (ordersById.has(id)) throw new WorldError({ line: 0, path: "$.id", reason: `order ${id} is there already` });
    this.make({ kind: "saveOrder", object: order, ...(discountIds ? { discountIds: [...discountIds] } : {}) });
    return found(ordersById.get(id));
  }

  updateOrder(order: unknown): WorldOrder {
    const id = idOf(order);
    const { ordersById } = this.options.store.world;
    if (!ordersById.has(id)) throw new Error(`there is no order ${id} to update`);
    this.make({ kind: "saveOrder", object: order });
    return found(ordersById.get(id));
  }

  deleteOrder(id: number): void {
    this.make({ kind: "deleteOrder", id });
  }

  saveCustomer(customer: unknown): WorldCustomer {
    this.make({ kind: "saveCustomer", object: customer });
    return found(this.options.store.world.customers.get(idOf(customer)));
  }

  deleteCustomer(id: number): void {
    this.make({ kind: "deleteCustomer", id });
  }

  mergeCustomers(fromId: number, intoId: number): void {
    this.make({ kind: "mergeCustomers", fromId, intoId });
  }

  saveProduct(product: unknown): WorldProduct {
    this.make({ kind: "saveProduct", object: product });
    return found(this.options.store.product(idOf(product)));
  }

  deleteProduct(id: number): void {
    this.make({ kind: "deleteProduct", id });
  }

  saveCompany(company: unknown): WorldCompany {
    this.make({ kind: "saveCompany", object: company });
    return found(this.options.store.world.companies.get(idOf(company)));
  }

  updateShop(changes: ShopChanges): WorldShop {
    this.make({ kind: "updateShop", changes });
    return this.options.store.world.shop;
  }

  creditStoreCredit(given: StoreCreditGiven): void {
    this.make({ kind: "creditStoreCredit", given });
  }

  debitStoreCredit(taken: StoreCreditTaken): void {
    this.make({ kind: "debitStoreCredit", taken });
  }

  refundOrder(order: unknown, once: RefundOnce): void {
    this.make({ kind: "saveOrder", object: order, once });
  }

  setMetafields(writes: readonly MetafieldWrite[]): void {
    this.make({ kind: "setMetafields", writes: [...writes], echo: this.options.echoesMetafields() });
  }

  deleteMetafields(places: readonly MetafieldPlace[]): void {
    this.make({ kind: "deleteMetafields", places: [...places], echo: this.options.echoesMetafields() });
  }

  /** Adds an automatic discount, or puts it in the place of the one with its number; with metafields of it to be set. */
  saveDiscount(discount: Discount, metafields: readonly MetafieldWrite[] = []): void {
    this.make({ kind: "saveDiscount", discount, metafields: [...metafields] });
  }

  deleteDiscount(id: number): void {
    this.make({ kind: "deleteDiscount", id });
  }

  /** Adds a payment customization, or puts it in the place of the one with its number; with metafields of it to be set. */
  savePaymentCustomization(customization: PaymentCustomization, metafields: readonly MetafieldWrite[] = []): void {
    this.make({ kind: "savePaymentCustomization", customization, metafields: [...metafields] });
  }

  deletePaymentCustomization(id: number): void {
    this.make({ kind: "deletePaymentCustomization", id });
  }

  /** A buyer pays what is open on an order, or an amount of it, by card. */
  pay(orderId: number, amount?: string): WorldOrder {
    return this.updateOrder(orderPaid(this.options.store.world, { orderId, amount }, this.options.clock.now()));
  }

  /** The merchant gives back what was received on an order, or an amount of it, and takes no goods back. */
  refund(orderId: number, amount?: string): WorldOrder {
    return this.updateOrder(orderRefunded(this.options.store.world, { orderId, amount }, this.options.clock.now()));
  }

  announce(topic: string, payload: Payload): void {
    requireAnnounced(topic);
    this.options.tell(topic, () => payload);
  }

  private make(change: Change): void {
    const { store, clock, shows, tell } = this.options;
    // To the second, as instants are kept: what is made again after a restart is made at the very same one.
    const at = isoSeconds(clock.now());
    const now = new Date(at);
    const news = this.editor.make(change, now);
    this.log.append({ at, change });
    const view: View = { store, now, shows };
    for (const { topic, payload } of news) tell(topic, () => payload(view));
  }
}

/** What was saved just now. */
function found<T>(saved: T | undefined): T {
  if (saved === undefined) throw new TypeError("what was saved is not there");
  return saved;
}
