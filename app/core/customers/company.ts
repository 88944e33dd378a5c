/** Where a company buys, and how it pays there. Ids are Shopify's numbers. */
export interface CompanyLocation {
  readonly id: bigint;
  readonly companyId: bigint;
  readonly name: string;
  readonly hasTerms: boolean;
  readonly hasDeposit: boolean;
  readonly checkoutToDraft: boolean;
}

export interface Company {
  readonly id: bigint;
  readonly name: string;
  /** All that it has. */
  readonly locations: readonly CompanyLocation[];
}
