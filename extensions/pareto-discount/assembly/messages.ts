import { PartKind } from "./plan";
import { propertyNamed, readText, TEXT, Value } from "../../wasm-api/wasm-api";

/** Whether the buyer reads Chinese; everybody else reads English. */
export function readsChinese(input: Value): bool {
  const language = propertyNamed(propertyNamed(propertyNamed(input, "localization"), "language"), "isoCode");
  return readText(language) >= 2 && load<u8>(TEXT) == 90 && load<u8>(TEXT + 1) == 72;
}

/** What the buyer reads beside a discount, by the kinds of the parts behind it. */
export function messageOf(kinds: i32, inChinese: bool): string {
  switch (kinds) {
    case PartKind.Quantity:
      return inChinese ? "批量优惠" : "Quantity discount";
    case PartKind.Cumulative:
      return inChinese ? "累计优惠" : "Loyalty discount";
    case PartKind.Tier:
      return inChinese ? "专属优惠" : "Customer discount";
    case PartKind.PayNow:
      return inChinese ? "即付优惠" : "Pay-now discount";
    default:
      return inChinese ? "优惠" : "Discount";
  }
}
