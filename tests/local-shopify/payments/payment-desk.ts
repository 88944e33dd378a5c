import type { ShopStore } from "../admin-api/shop-store.ts";
import type { PaymentCustomization } from "./payment-customization.ts";
import { type PaymentMethod, type PaymentMethodInput, paymentMethodsOf } from "./payment-methods.ts";

export interface PaymentDeskOptions {
  readonly store: ShopStore;
  save(customization: PaymentCustomization): void;
  remove(id: number): void;
}

/**
 * Where a merchant sets up how buyers may pay, and changes the app's payment customizations behind its back. No webhook tells
 * of either. Methods hold while the shop is open: a restart has those that it is opened with.
 */
export class PaymentDesk {
  private readonly options: PaymentDeskOptions;

  constructor(options: PaymentDeskOptions) {
    this.options = options;
  }

  customizations(): readonly PaymentCustomization[] {
    return this.options.store.paymentCustomizations.all();
  }

  /** Before any customization, in the order in which they are offered. */
  methods(): readonly PaymentMethod[] {
    return this.options.store.paymentMethods;
  }

  /** From now on the shop offers these methods and no others. */
  offer(methods: readonly PaymentMethodInput[]): void {
    this.options.store.paymentMethods = paymentMethodsOf(methods);
  }

  renameMethod(gateway: string, name: string): void {
    const { store } = this.options;
    if (!store.paymentMethods.some((method) => method.gateway === gateway)) {
      throw new Error(`there is no payment method of the gateway ${gateway}`);
    }
    store.paymentMethods = paymentMethodsOf(
      store.paymentMethods.map(({ gateway: own, name: before, isManual }) => ({
        ...{ gateway: own, isManual },
        name: own === gateway ? name : before,
      })),
    );
  }

  activate(id: number): void {
    this.options.save({ ...this.found(id), enabled: true });
  }

  deactivate(id: number): void {
    this.options.save({ ...this.found(id), enabled: false });
  }

  delete(id: number): void {
    this.found(id);
    this.options.remove(id);
  }

  private found(id: number): PaymentCustomization {
    const customization = this.options.store.paymentCustomizations.get(id);
    if (!customization) throw new Error(`there is no payment customization ${id}`);
    return customization;
  }
}
