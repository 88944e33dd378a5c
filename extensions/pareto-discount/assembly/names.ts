import { intern, Name } from "../../wasm-api/wasm-api";

/** Names that are read or written once a line or oftener: the host is told them once. */
export namespace name {
  export let id: Name = 0;
  export let quantity: Name = 0;
  export let cost: Name = 0;
  export let amountPerQuantity: Name = 0;
  export let compareAtAmountPerQuantity: Name = 0;
  export let amount: Name = 0;
  export let sellingPlanAllocation: Name = 0;
  export let merchandise: Name = 0;
  export let floor: Name = 0;
  export let product: Name = 0;
  export let isGiftCard: Name = 0;
  export let groups: Name = 0;
  export let jsonValue: Name = 0;
  export let cartLine: Name = 0;
}

export function internNames(): void {
  name.id = intern("id");
  name.quantity = intern("quantity");
  name.cost = intern("cost");
  name.amountPerQuantity = intern("amountPerQuantity");
  name.compareAtAmountPerQuantity = intern("compareAtAmountPerQuantity");
  name.amount = intern("amount");
  name.sellingPlanAllocation = intern("sellingPlanAllocation");
  name.merchandise = intern("merchandise");
  name.floor = intern("floor");
  name.product = intern("product");
  name.isGiftCard = intern("isGiftCard");
  name.groups = intern("groups");
  name.jsonValue = intern("jsonValue");
  name.cartLine = intern("cartLine");
}
