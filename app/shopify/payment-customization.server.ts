import { gidOf, idOf } from "#app/core/ids/gid.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import {
  PAYMENT_CUSTOMIZATION,
  PAYMENT_CUSTOMIZATION_CREATE,
  PAYMENT_CUSTOMIZATION_DELETE,
  PAYMENT_CUSTOMIZATION_UPDATE,
} from "./operations/payments.ts";

/** The payment customization as it is at Shopify. */
export interface CustomizationAtShopify {
  readonly id: bigint;
  readonly isEnabled: boolean;
  /** What its metafield holds, as text; null: nothing. */
  readonly payments: string | null;
}

/** What it is to be: switched on, with what its metafield is to hold. */
export interface CustomizationToWrite {
  readonly title: string;
  readonly payments: string;
}

/** By the handle in the extension's toml. */
const FUNCTION_HANDLE = "pareto-payment-terms";

interface Node {
  readonly id: string;
  readonly enabled: boolean;
  readonly metafield?: { readonly value: string } | null | undefined;
}

const toCustomization = ({ id, enabled, metafield }: Node): CustomizationAtShopify => ({
  id: idOf(id, "PaymentCustomization"),
  isEnabled: enabled,
  payments: metafield?.value ?? null,
});

const inputOf = ({ title, payments }: CustomizationToWrite) => ({
  title,
  enabled: true,
  metafields: [{ namespace: "$app", key: "payments", type: "json", value: payments }],
});

/** @returns null where it was deleted. @throws ShopifyError */
export const readCustomization = async (ask: Ask, id: bigint): Promise<CustomizationAtShopify | null> => {
  const { paymentCustomization: node } = await ask(PAYMENT_CUSTOMIZATION, { id: gidOf("PaymentCustomization", id) });
  return node ? toCustomization(node) : null;
};

/** How Shopify refuses: `eligible` where the shop's plan does not allow it, `full` where the shop has as many as it may. */
export type Refusal = "not-eligible" | "full" | "refused";

const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ["CUSTOM_APP_FUNCTION_NOT_ELIGIBLE", "not-eligible"],
  ["PAYMENT_CUSTOMIZATION_FUNCTION_NOT_ELIGIBLE", "not-eligible"],
  ["MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS", "full"],
  ["MAXIMUM_PAYMENT_CUSTOMIZATIONS", "full"],
]);

interface Payload {
  readonly paymentCustomization?: Node | null | undefined;
  readonly userErrors: readonly { readonly code?: string | null | undefined; readonly message: string }[];
}

const resultOf = (payload: Payload | null | undefined): CustomizationAtShopify | Refusal => {
  const [error] = payload?.userErrors ?? [];
  if (error) return REFUSALS.get(error.code ?? "") ?? "refused";
  if (!payload?.paymentCustomization) throw new ShopifyError("refused", "No payment customization");
  return toCustomization(payload.paymentCustomization);
};

/** Makes it, switched on. @throws ShopifyError */
export const createCustomization = async (
  ask: Ask,
  wanted: CustomizationToWrite,
): Promise<CustomizationAtShopify | Refusal> => {
  const customization = { ...inputOf(wanted), functionHandle: FUNCTION_HANDLE };
  return resultOf((await ask(PAYMENT_CUSTOMIZATION_CREATE, { customization })).paymentCustomizationCreate);
};

/** Makes the one that is there what it is to be, switched on. @throws ShopifyError */
export const updateCustomization = async (
  ask: Ask,
  id: bigint,
  wanted: CustomizationToWrite,
): Promise<CustomizationAtShopify | Refusal> => {
  const variables = { id: gidOf("PaymentCustomization", id), customization: inputOf(wanted) };
  return resultOf((await ask(PAYMENT_CUSTOMIZATION_UPDATE, variables)).paymentCustomizationUpdate);
};

/** Deletes it; one that is there no more is deleted already. @throws ShopifyError */
export const deleteCustomization = async (ask: Ask, id: bigint): Promise<void> => {
  const { paymentCustomizationDelete: deleted } = await ask(PAYMENT_CUSTOMIZATION_DELETE, {
    id: gidOf("PaymentCustomization", id),
  });
  const [error] = deleted?.userErrors ?? [];
  if (error && error.code !== "PAYMENT_CUSTOMIZATION_NOT_FOUND") throw new ShopifyError("refused", error.message);
};
