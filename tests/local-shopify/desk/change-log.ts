import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { shopChangesSchema } from "#tests/local-shopify/world/change-buyers.ts";
import { discountSchema } from "../discounts/discount.ts";
import { paymentCustomizationSchema } from "../payments/payment-customization.ts";
import { refundOnceSchema, storeCreditGivenSchema, storeCreditTakenSchema } from "../store-credit/money-changes.ts";
import { metafieldPlaceSchema, metafieldWriteSchema } from "../metafields/metafield-store.ts";

const byId = { id: z.number() };
/** Whether the owners of the metafields count as changed too. */
const echoed = { echo: z.boolean().optional() };

const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("saveOrder"),
    object: z.unknown(),
    /** The discounts that gave it something at the checkout, by number. */
    discountIds: z.array(z.number()).optional(),
    /** A refund of it that is made once, by its key. */
    once: refundOnceSchema.optional(),
  }),
  z.object({ kind: z.literal("creditStoreCredit"), given: storeCreditGivenSchema }),
  z.object({ kind: z.literal("debitStoreCredit"), taken: storeCreditTakenSchema }),
  z.object({ kind: z.literal("deleteOrder"), ...byId }),
  z.object({ kind: z.literal("saveCustomer"), object: z.unknown() }),
  z.object({ kind: z.literal("deleteCustomer"), ...byId }),
  z.object({ kind: z.literal("mergeCustomers"), fromId: z.number(), intoId: z.number() }),
  z.object({ kind: z.literal("saveProduct"), object: z.unknown() }),
  z.object({ kind: z.literal("deleteProduct"), ...byId }),
  z.object({ kind: z.literal("saveCompany"), object: z.unknown() }),
  z.object({ kind: z.literal("updateShop"), changes: shopChangesSchema }),
  z.object({ kind: z.literal("setMetafields"), writes: z.array(metafieldWriteSchema), ...echoed }),
  z.object({ kind: z.literal("deleteMetafields"), places: z.array(metafieldPlaceSchema), ...echoed }),
  z.object({ kind: z.literal("saveDiscount"), discount: discountSchema, metafields: z.array(metafieldWriteSchema) }),
  z.object({ kind: z.literal("deleteDiscount"), ...byId }),
  z.object({
    kind: z.literal("savePaymentCustomization"),
    customization: paymentCustomizationSchema,
    metafields: z.array(metafieldWriteSchema),
  }),
  z.object({ kind: z.literal("deletePaymentCustomization"), ...byId }),
]);

const entrySchema = z.object({ at: z.string(), change: changeSchema });

/** One change of a shop that is open; objects are as in the world file. */
export type Change = z.output<typeof changeSchema>;

/** A change, and the instant of it. */
export type LogEntry = z.output<typeof entrySchema>;

/** All that changed in a shop while it was open, in one file that only grows. */
export class ChangeLog {
  private readonly path: string;

  constructor(stateDir: string) {
    mkdirSync(stateDir, { recursive: true });
    this.path = join(stateDir, "changes.jsonl");
  }

  append(entry: LogEntry): void {
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }

  /** Oldest first. */
  read(): LogEntry[] {
    if (!existsSync(this.path)) return [];
    const lines = readFileSync(this.path, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => entrySchema.parse(JSON.parse(line)));
  }
}
