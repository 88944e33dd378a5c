import { z } from "zod";

export const paymentCustomizationSchema = z.strictObject({
  id: z.int().positive(),
  title: z.string().min(1),
  enabled: z.boolean(),
  functionHandle: z.string(),
});

/** A Function of the app that changes how carts may be paid. */
export type PaymentCustomization = z.output<typeof paymentCustomizationSchema>;

/** All payment customizations of a shop. They come while the shop is open: a world file holds none. */
export class PaymentCustomizationStore {
  private readonly customizations = new Map<number, PaymentCustomization>();
  private lastId = 0;

  /** Numbers are never given twice. */
  get nextId(): number {
    return this.lastId + 1;
  }

  get(id: number): PaymentCustomization | undefined {
    return this.customizations.get(id);
  }

  /** Upwards by id. */
  all(): PaymentCustomization[] {
    return [...this.customizations.values()].sort((a, b) => a.id - b.id);
  }

  active(): PaymentCustomization[] {
    return this.all().filter(({ enabled }) => enabled);
  }

  save(customization: PaymentCustomization): void {
    this.customizations.set(customization.id, customization);
    this.lastId = Math.max(this.lastId, customization.id);
  }

  delete(id: number): void {
    this.customizations.delete(id);
  }
}
