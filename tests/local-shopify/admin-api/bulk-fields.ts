import type { Sequence } from "./connection.ts";
import type { BulkOperationRecord, BulkUserError } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";

export class BulkOperationSource extends GraphSource {
  readonly typename = "BulkOperation";
  readonly record: BulkOperationRecord;

  constructor(record: BulkOperationRecord) {
    super();
    this.record = record;
  }
}

export class UserErrorSource extends GraphSource {
  readonly typename: string;
  readonly error: BulkUserError;

  constructor(typename: string, error: BulkUserError) {
    super();
    this.typename = typename;
    this.error = error;
  }
}

export class BulkPayloadSource extends GraphSource {
  readonly typename = "BulkOperationRunQueryPayload";
  readonly operation: BulkOperationRecord | null;
  readonly userErrors: UserErrorSource[];

  constructor(operation: BulkOperationRecord | null, userErrors: BulkUserError[], errorType: string) {
    super();
    this.operation = operation;
    this.userErrors = userErrors.map((error) => new UserErrorSource(errorType, error));
  }
}

const payloadFields = {
  bulkOperation: ({ operation }: BulkPayloadSource) => operation && new BulkOperationSource(operation),
  userErrors: ({ userErrors }: BulkPayloadSource) => userErrors,
};

export const bulkTypes = [
  defineType("BulkOperation", BulkOperationSource, {
    id: ({ record }) => gid("BulkOperation", record.id),
    status: ({ record }) => record.status,
    type: () => "QUERY",
    query: ({ record }) => record.query,
    errorCode: ({ record }) => record.errorCode,
    createdAt: ({ record }) => record.createdAt,
    completedAt: ({ record }) => record.completedAt,
    objectCount: ({ record }) => String(record.objectCount),
    rootObjectCount: ({ record }) => String(record.rootObjectCount),
    fileSize: ({ record }) => (record.fileSize === null ? null : String(record.fileSize)),
    url: ({ record }) => record.url,
    partialDataUrl: ({ record }) => record.partialDataUrl,
  }),
  defineType("BulkOperationRunQueryPayload", BulkPayloadSource, payloadFields),
  defineType("BulkOperationCancelPayload", BulkPayloadSource, payloadFields),
  defineType("BulkOperationUserError", UserErrorSource, {
    code: ({ error }) => error.code,
    field: ({ error }) => error.field,
    message: ({ error }) => error.message,
  }),
  defineType("UserError", UserErrorSource, {
    field: ({ error }) => error.field,
    message: ({ error }) => error.message,
  }),
];

/** The bulk operations of the app; `query` knows `status:` alone, which is what Shopify offers to find those running. */
export function bulkSequence(records: readonly BulkOperationRecord[], args: Args): Sequence<BulkOperationRecord> {
  const sortKey = stringArg(args, "sortKey") ?? "CREATED_AT";
  if (sortKey !== "CREATED_AT") throw new NotInLocalShopify(`sorting bulk operations by ${sortKey}`);
  const query = stringArg(args, "query")?.trim() ?? "";
  const status = /^status:'?([A-Za-z]+)'?$/.exec(query)?.[1]?.toUpperCase();
  if (query !== "" && status === undefined) throw new NotInLocalShopify(`search of bulk operations "${query}"`);
  return {
    items: status === undefined ? records : records.filter((record) => record.status === status),
    key: ({ createdAt, id }) => ({ value: createdAt, id }),
    source: (record) => new BulkOperationSource(record),
  };
}
