import { isRedactedKey, type CustomerKind } from "#app/core/customers/customer-key.ts";

interface Named {
  readonly kind: CustomerKind;
  readonly key: string;
  readonly name: string | null;
  readonly email: string | null;
}

const KINDS: Readonly<Record<CustomerKind, string>> = {
  company: "Company",
  customer: "Customer",
  guest: "Guest",
  anonymous: "Anonymous",
};

/** The best there is to call a customer by, as far as the shop lets the app see it. */
export const customerName = ({ kind, key, name, email }: Named): string =>
  isRedactedKey(key) ? `Erased customer ${key.slice(-6)}` : knownName({ kind, key, name, email });

const knownName = ({ kind, key, name, email }: Named): string =>
  name ?? email ?? `${KINDS[kind]} ${key.slice(key.indexOf(":") + 1)}`;

export const customerKind = (kind: CustomerKind): string => KINDS[kind];
