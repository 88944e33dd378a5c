import type { Company, CompanyLocation } from "#app/core/customers/company.ts";
import { idOf } from "#app/core/ids/gid.ts";
import { z } from "zod";
import { ShopifyError } from "#app/platform/errors.ts";
import { parseRow } from "./parse-row.ts";
import { companyLocationRow, companyRow, customerRow } from "./rows.ts";

export interface Person {
  readonly kind: "customer" | "company";
  readonly id: bigint;
  readonly name: string | null;
  readonly email: string | null;
}

interface NamedCustomer {
  readonly id: string;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly defaultEmailAddress?: { readonly emailAddress: string } | null | undefined;
}

/** A customer by name and e-mail address, as far as Shopify tells them. */
export const toCustomer = (row: NamedCustomer): Person => {
  const name = [row.firstName, row.lastName].filter(Boolean).join(" ");
  return {
    kind: "customer",
    id: idOf(row.id, "Customer"),
    name: name === "" ? null : name,
    email: row.defaultEmailAddress?.emailAddress ?? null,
  };
};

/** The customer and the company that an order names. */
export const peopleOfOrder = (order: {
  readonly customer?: NamedCustomer | null | undefined;
  readonly purchasingEntity?: { readonly company?: { readonly id: string; readonly name: string } } | null | undefined;
}): Person[] => {
  const company = order.purchasingEntity?.company;
  return [
    ...(order.customer ? [toCustomer(order.customer)] : []),
    ...(company
      ? [{ kind: "company" as const, id: idOf(company.id, "Company"), name: company.name, email: null }]
      : []),
  ];
};

export function* toCustomers(rows: Iterable<unknown>): Generator<Person> {
  for (const raw of rows) yield toCustomer(parseRow(customerRow, raw));
}

interface LocationRow {
  readonly id: string;
  readonly name: string;
  readonly buyerExperienceConfiguration?:
    | {
        readonly checkoutToDraft: boolean;
        readonly deposit?: object | null | undefined;
        readonly paymentTermsTemplate?: object | null | undefined;
      }
    | null
    | undefined;
}

export const toLocation = (row: LocationRow, companyId: bigint): CompanyLocation => {
  const buying = row.buyerExperienceConfiguration;
  return {
    id: idOf(row.id, "CompanyLocation"),
    companyId,
    name: row.name,
    hasTerms: !!buying?.paymentTermsTemplate,
    hasDeposit: !!buying?.deposit,
    checkoutToDraft: buying?.checkoutToDraft ?? false,
  };
};

const child = z.looseObject({ __parentId: z.string() });

/** Companies from bulk rows, each followed by its locations. */
export function* toCompanies(rows: Iterable<unknown>): Generator<Company> {
  let current: (Company & { readonly locations: CompanyLocation[] }) | null = null;
  for (const raw of rows) {
    if (!child.safeParse(raw).success) {
      if (current) yield current;
      const row = parseRow(companyRow, raw);
      current = { id: idOf(row.id, "Company"), name: row.name, locations: [] };
      continue;
    }
    const row = parseRow(companyLocationRow, raw);
    const companyId = idOf(row.__parentId, "Company");
    if (companyId !== current?.id) throw new ShopifyError("bulk-broken", `${row.id} does not follow its company`);
    current.locations.push(toLocation(row, companyId));
  }
  if (current) yield current;
}
