import path from "node:path";
import { BULK_COMPANIES, bulkCustomers, BULK_VARIANTS } from "#app/shopify/operations/bulk.ts";
import { bulkOrders } from "#app/shopify/operations/bulk-orders.ts";

export interface BulkFile {
  readonly file: string;
  readonly query: string;
}

/** The bulk results that a first sync reads. */
export const BULK_FILES: readonly BulkFile[] = [
  { file: "variants.jsonl", query: BULK_VARIANTS },
  { file: "customers.jsonl", query: bulkCustomers({}) },
  { file: "companies.jsonl", query: BULK_COMPANIES },
  { file: "orders.jsonl", query: bulkOrders({ paymentTerms: true }) },
];

/** Where it stands what Shopify said of the bulk operation whose result a file is. */
export const operationFile = (dir: string, file: string): string => path.join(dir, `${file}.operation.json`);

/** When it all happens. */
export const NOW = new Date("2026-10-31T12:00:00Z");
