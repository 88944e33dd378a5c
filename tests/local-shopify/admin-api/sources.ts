import type { WorldCompany, WorldCustomer, WorldProduct } from "#tests/local-shopify/world/world.ts";
import { GraphSource } from "./define-type.ts";
import type { LocationInCompany, VariantInProduct } from "./shop-store.ts";

export class CustomerSource extends GraphSource {
  readonly typename = "Customer";
  readonly customer: WorldCustomer;

  constructor(customer: WorldCustomer) {
    super();
    this.customer = customer;
  }
}

export class CustomerEmailSource extends GraphSource {
  readonly typename = "CustomerEmailAddress";
  readonly customer: WorldCustomer;
  readonly email: string;

  constructor(customer: WorldCustomer, email: string) {
    super();
    this.customer = customer;
    this.email = email;
  }
}

/** What a cart or an order carries along beside its lines. */
export class AttributeSource extends GraphSource {
  readonly typename = "Attribute";
  readonly key: string;
  readonly value: string;

  constructor(key: string, value: string) {
    super();
    this.key = key;
    this.value = value;
  }
}

export class MailingAddressSource extends GraphSource {
  readonly typename = "MailingAddress";
  readonly countryCode: string;

  constructor(countryCode: string) {
    super();
    this.countryCode = countryCode;
  }
}

export class CompanySource extends GraphSource {
  readonly typename = "Company";
  readonly company: WorldCompany;

  constructor(company: WorldCompany) {
    super();
    this.company = company;
  }
}

export class CompanyLocationSource extends GraphSource {
  readonly typename = "CompanyLocation";
  readonly place: LocationInCompany;

  constructor(place: LocationInCompany) {
    super();
    this.place = place;
  }
}

/** The prices that a location has of its own, as the catalog that holds their list. */
export class LocationCatalogSource extends GraphSource {
  readonly typename = "CompanyLocationCatalog";
  readonly place: LocationInCompany;

  constructor(place: LocationInCompany) {
    super();
    this.place = place;
  }
}

export class DepositSource extends GraphSource {
  readonly typename = "DepositPercentage";
  readonly percentage: number;

  constructor(percentage: number) {
    super();
    this.percentage = percentage;
  }
}

type Terms = NonNullable<LocationInCompany["location"]["terms"]>;

export class PaymentTermsTemplateSource extends GraphSource {
  readonly typename = "PaymentTermsTemplate";
  readonly terms: Terms;

  constructor(terms: Terms) {
    super();
    this.terms = terms;
  }
}

export class BuyerExperienceSource extends GraphSource {
  readonly typename = "BuyerExperienceConfiguration";
  readonly place: LocationInCompany;

  constructor(place: LocationInCompany) {
    super();
    this.place = place;
  }
}

export class CompanyContactSource extends GraphSource {
  readonly typename = "CompanyContact";
  readonly company: WorldCompany;
  readonly customer: WorldCustomer;

  constructor(company: WorldCompany, customer: WorldCustomer) {
    super();
    this.company = company;
    this.customer = customer;
  }
}

export class PurchasingCompanySource extends GraphSource {
  readonly typename = "PurchasingCompany";
  readonly place: LocationInCompany;
  readonly contact: CompanyContactSource | null;

  constructor(place: LocationInCompany, contact: CompanyContactSource | null) {
    super();
    this.place = place;
    this.contact = contact;
  }
}

export class ProductSource extends GraphSource {
  readonly typename = "Product";
  readonly product: WorldProduct;

  constructor(product: WorldProduct) {
    super();
    this.product = product;
  }
}

export class VariantSource extends GraphSource {
  readonly typename = "ProductVariant";
  readonly item: VariantInProduct;

  constructor(item: VariantInProduct) {
    super();
    this.item = item;
  }
}

export class InventoryItemSource extends GraphSource {
  readonly typename = "InventoryItem";
  readonly item: VariantInProduct;

  constructor(item: VariantInProduct) {
    super();
    this.item = item;
  }
}

export class CountSource extends GraphSource {
  readonly typename = "Count";
  readonly total: number;
  readonly limit: number | null;

  constructor(total: number, limit: number | null) {
    super();
    this.total = total;
    this.limit = limit;
  }
}
