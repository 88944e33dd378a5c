import { ShopGone } from "#app/db/ledger-version.server.ts";
import { ShopifyError, type ShopifyErrorCode } from "#app/platform/errors.ts";

/** An error as it passes from one thread to another, which takes away its class and whatever it says beside its text. */
export type Fault = { readonly message: string; readonly stack: string | undefined } & (
  | { readonly kind: "shopify"; readonly code: ShopifyErrorCode }
  | { readonly kind: "gone" }
  | { readonly kind: "other"; readonly code: string | undefined }
);

export const describeFault = (error: unknown): Fault => {
  if (!(error instanceof Error)) return { kind: "other", message: String(error), stack: undefined, code: undefined };
  const { message, stack } = error;
  if (error instanceof ShopifyError) return { kind: "shopify", message, stack, code: error.code };
  if (error instanceof ShopGone) return { kind: "gone", message, stack };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { kind: "other", message, stack, code };
};

/** The error again, as those who handle it tell errors apart: by class, by code, and by text. */
export const errorOf = (fault: Fault): Error => {
  const error = made(fault);
  if (fault.stack !== undefined) error.stack = fault.stack;
  return error;
};

const made = (fault: Fault): Error => {
  switch (fault.kind) {
    case "shopify":
      return new ShopifyError(fault.code, fault.message);
    case "gone":
      return new ShopGone(fault.message);
    case "other":
      return Object.assign(new Error(fault.message), fault.code === undefined ? {} : { code: fault.code });
  }
};
