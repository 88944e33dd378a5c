import { compareDigestOf, type MetafieldRecord } from "../metafields/metafield-store.ts";
import { jsonValueOf } from "../metafields/metafield-values.ts";
import { namespaceOf } from "../metafields/namespaces.ts";
import { connectionOf } from "./connection.ts";
import { defineType, GraphSource, type Resolver, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid, parseGid } from "./gid.ts";

export class MetafieldSource extends GraphSource {
  readonly typename = "Metafield";
  readonly record: MetafieldRecord;

  constructor(record: MetafieldRecord) {
    super();
    this.record = record;
  }
}

/** What may carry metafields here, by the type in its id. */
const OWNER_TYPES: Readonly<Record<string, string>> = {
  Product: "PRODUCT",
  ProductVariant: "PRODUCTVARIANT",
  Customer: "CUSTOMER",
  CompanyLocation: "COMPANY_LOCATION",
  DiscountAutomaticNode: "DISCOUNT",
  PaymentCustomization: "PAYMENT_CUSTOMIZATION",
};

/** The fields of a type that carries metafields. */
export function metafieldFields<S extends GraphSource>(ownerOf: (source: S) => string): Record<string, Resolver<S>> {
  return {
    metafield: (source, args, { store, appId }) => {
      const namespace = namespaceOf(stringArg(args, "namespace"), appId);
      const record = store.metafields.get({ ownerId: ownerOf(source), namespace, key: stringArg(args, "key") ?? "" });
      return record ? new MetafieldSource(record) : null;
    },
    metafields: (source, args, context, info) => {
      if (args["keys"] !== undefined && args["keys"] !== null) throw new NotInLocalShopify("metafields by keys");
      const given = stringArg(args, "namespace");
      const namespace = given === null ? null : namespaceOf(given, context.appId);
      const all = context.store.metafields.of(ownerOf(source));
      const items = namespace === null ? all : all.filter((record) => record.namespace === namespace);
      const sequence = {
        items,
        key: ({ id }: MetafieldRecord) => ({ value: id, id }),
        source: (record: MetafieldRecord) => new MetafieldSource(record),
      };
      return connectionOf(sequence, args, context, info);
    },
  };
}

export const metafieldTypes = [
  defineType("Metafield", MetafieldSource, {
    id: ({ record }) => gid("Metafield", record.id),
    legacyResourceId: ({ record }) => String(record.id),
    namespace: ({ record }) => record.namespace,
    key: ({ record }) => record.key,
    type: ({ record }) => record.type,
    value: ({ record }) => record.value,
    jsonValue: ({ record }) => jsonValueOf(record),
    sizeInBytes: ({ record }) => Buffer.byteLength(record.value),
    createdAt: ({ record }) => record.createdAt,
    updatedAt: ({ record }) => record.updatedAt,
    compareDigest: ({ record }) => compareDigestOf(record),
    ownerType: ({ record }) => {
      const type = OWNER_TYPES[parseGid(record.ownerId).type];
      if (!type) throw new NotInLocalShopify(`Metafield.ownerType of ${record.ownerId}`);
      return type;
    },
    // There are no definitions here, so no metafield has one.
    definition: () => null,
  }),
];
