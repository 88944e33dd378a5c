import type { AccessGate } from "./access.ts";
import type { Discount } from "../discounts/discount.ts";
import type { DiscountDesk } from "../discounts/discount-desk.ts";
import type { FunctionExtension } from "../functions/extensions.ts";
import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { MetafieldPlace, MetafieldWrite } from "../metafields/metafield-store.ts";
import type { StoreCreditGiven, StoreCreditTaken, RefundOnce } from "../store-credit/money-changes.ts";
import type { GraphSource } from "./define-type.ts";
import type { ShopStore } from "./shop-store.ts";

/** A bulk operation as the Admin API shows it. */
export interface BulkOperationRecord {
  id: number;
  status: "CREATED" | "RUNNING" | "CANCELING" | "CANCELED" | "COMPLETED" | "EXPIRED" | "FAILED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  query: string;
  groupObjects: boolean;
  createdAt: string;
  completedAt: string | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number | null;
  url: string | null;
  partialDataUrl: string | null;
}

export interface BulkUserError {
  code: "INVALID" | "LIMIT_REACHED" | "OPERATION_IN_PROGRESS" | null;
  field: string[] | null;
  message: string;
}

/** What the GraphQL side needs of the bulk operations. */
export interface BulkOperations {
  run(request: { query: string; groupObjects: boolean }): {
    operation: BulkOperationRecord | null;
    userErrors: BulkUserError[];
  };
  cancel(id: number): { operation: BulkOperationRecord | null; message: string | null };
  get(id: number): BulkOperationRecord | undefined;
  /** Oldest first. */
  list(): readonly BulkOperationRecord[];
}

/**
 * Marks the execution of a bulk query: connections need no page size, and the top one is answered window by window from
 * the list as it was at the start, so that a long export sees one state of the shop.
 */
export interface BulkPass {
  offset: number;
  limit: number;
  root: { readonly size: number; slice(offset: number, limit: number): GraphSource[] } | null;
}

/** What apps change in a shop, beside bulk operations. */
export interface ShopWrites {
  setMetafields(writes: readonly MetafieldWrite[]): void;
  deleteMetafields(places: readonly MetafieldPlace[]): void;
  saveDiscount(discount: Discount, metafields?: readonly MetafieldWrite[]): void;
  creditStoreCredit(given: StoreCreditGiven): void;
  debitStoreCredit(taken: StoreCreditTaken): void;
  /** An order as it is after a refund, which is made once whoever asks for it again. */
  refundOrder(order: unknown, once: RefundOnce): void;
  savePaymentCustomization(customization: PaymentCustomization, metafields?: readonly MetafieldWrite[]): void;
  deletePaymentCustomization(id: number): void;
  updateOrder(order: unknown): void;
}

export interface AdminContext {
  readonly store: ShopStore;
  readonly access: AccessGate;
  readonly now: Date;
  readonly bulk: BulkOperations;
  readonly desk: ShopWrites;
  readonly discounts: DiscountDesk;
  /** The number of the app that asks. */
  readonly appId: number;
  readonly apiKey: string;
  /** Its Functions. */
  readonly extensions: readonly FunctionExtension[];
  readonly bulkPass?: BulkPass;
}
