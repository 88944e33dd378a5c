import type { WorldCompany, WorldCustomer, WorldOrder, WorldProduct } from "#tests/local-shopify/world/world.ts";
import type { ShopDesk } from "./shop-desk.ts";

/** What a shop lets be done to it by its desk alone. */
export abstract class ShopActions {
  protected abstract readonly desk: ShopDesk;

  placeOrder(order: unknown): WorldOrder {
    return this.desk.placeOrder(order);
  }

  updateOrder(order: unknown): WorldOrder {
    return this.desk.updateOrder(order);
  }

  deleteOrder(id: number): void {
    this.desk.deleteOrder(id);
  }

  saveCustomer(customer: unknown): WorldCustomer {
    return this.desk.saveCustomer(customer);
  }

  deleteCustomer(id: number): void {
    this.desk.deleteCustomer(id);
  }

  mergeCustomers(fromId: number, intoId: number): void {
    this.desk.mergeCustomers(fromId, intoId);
  }

  saveProduct(product: unknown): WorldProduct {
    return this.desk.saveProduct(product);
  }

  deleteProduct(id: number): void {
    this.desk.deleteProduct(id);
  }

  saveCompany(company: unknown): WorldCompany {
    return this.desk.saveCompany(company);
  }

  pay(orderId: number, amount?: string): WorldOrder {
    return this.desk.pay(orderId, amount);
  }

  refund(orderId: number, amount?: string): WorldOrder {
    return this.desk.refund(orderId, amount);
  }

  announce(topic: string, payload: Record<string, unknown>): void {
    this.desk.announce(topic, payload);
  }
}
