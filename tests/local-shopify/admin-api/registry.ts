import { agreementTypes } from "./agreement-fields.ts";
import { bulkTypes } from "./bulk-fields.ts";
import { catalogTypes } from "./catalog-fields.ts";
import { chargeTypes } from "./charge-fields.ts";
import { collectionTypes } from "./collection-fields.ts";
import { companyTypes } from "./company-fields.ts";
import { connectionType, ConnectionSource, edgeType, EdgeSource, pageInfoType } from "./connection.ts";
import { customerTypes } from "./customer-fields.ts";
import type { TypeDefinition } from "./define-type.ts";
import { orderMutationTypes } from "./order-mutations.ts";
import { discountTypes } from "./discount-fields.ts";
import { discountPayloadTypes } from "./discount-mutations.ts";
import { disputeTypes } from "./dispute-fields.ts";
import { lineTypes } from "./line-fields.ts";
import { metafieldTypes } from "./metafield-fields.ts";
import { metafieldPayloadTypes } from "./metafield-mutations.ts";
import { moneyTypes } from "./money-source.ts";
import { orderTypes } from "./order-fields.ts";
import { paymentCustomizationTypes } from "./payment-customization-fields.ts";
import { paymentCustomizationPayloadTypes } from "./payment-customization-mutations.ts";
import { paymentTermsTypes } from "./payment-terms-fields.ts";
import { productTypes } from "./product-fields.ts";
import { refundTypes } from "./refund-fields.ts";
import { refundPayloadTypes } from "./refund-mutation.ts";
import { returnTypes } from "./return-fields.ts";
import { rootTypes } from "./root-fields.ts";
import { shopTypes } from "./shop-fields.ts";
import { storeCreditTypes } from "./store-credit-fields.ts";
import { storeCreditPayloadTypes } from "./store-credit-mutations.ts";
import { transactionTypes } from "./transaction-fields.ts";

const types = new Map(
  [
    pageInfoType,
    ...rootTypes,
    ...shopTypes,
    ...moneyTypes,
    ...orderTypes,
    ...lineTypes,
    ...chargeTypes,
    ...agreementTypes,
    ...returnTypes,
    ...disputeTypes,
    ...transactionTypes,
    ...refundTypes,
    ...refundPayloadTypes,
    ...storeCreditTypes,
    ...storeCreditPayloadTypes,
    ...paymentTermsTypes,
    ...customerTypes,
    ...companyTypes,
    ...catalogTypes,
    ...collectionTypes,
    ...productTypes,
    ...metafieldTypes,
    ...metafieldPayloadTypes,
    ...discountTypes,
    ...orderMutationTypes,
    ...discountPayloadTypes,
    ...paymentCustomizationTypes,
    ...paymentCustomizationPayloadTypes,
    ...bulkTypes,
  ].map((type) => [type.name, type]),
);

/** The implementation of a schema type, or undefined when nothing of it is in the local Shopify. */
export function typeFor(typeName: string, source: unknown): TypeDefinition | undefined {
  if (source instanceof ConnectionSource) return connectionType;
  if (source instanceof EdgeSource) return edgeType;
  return types.get(typeName);
}
