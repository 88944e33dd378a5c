/** What the payments Function is asked, in plain words. */
export interface Asked {
  /** The value of the cart's attribute, or null where it has none. */
  readonly payNow: string | null;
  readonly isCompany: boolean;
  /** What the customization's metafield holds; undefined: there is none. */
  readonly settings: unknown;
  readonly methods: readonly { readonly id: string; readonly name: string }[];
}

export interface PaymentsInput {
  readonly paymentCustomization: { readonly payments: { readonly jsonValue: unknown } | null };
  readonly cart: {
    readonly payNow: { readonly value: string } | null;
    readonly buyerIdentity: { readonly purchasingCompany: { readonly __typename: "PurchasingCompany" } | null } | null;
  };
  readonly paymentMethods: readonly { readonly id: string; readonly name: string }[];
}

/** The input as the Function's query gives it. */
export const paymentsInput = ({ payNow, isCompany, settings, methods }: Asked): PaymentsInput => ({
  paymentCustomization: { payments: settings === undefined ? null : { jsonValue: settings } },
  cart: {
    payNow: payNow === null ? null : { value: payNow },
    buyerIdentity: isCompany ? { purchasingCompany: { __typename: "PurchasingCompany" } } : null,
  },
  paymentMethods: methods,
});

export const methodsNamed = (...names: readonly string[]): Asked["methods"] =>
  names.map((name, index) => ({ id: `gid://shopify/PaymentCustomizationPaymentMethod/${index}`, name }));

/** A company that asks to pay now, in a shop that may set terms. */
export const asked = (rest: Partial<Asked> = {}): Asked => ({
  payNow: "yes",
  isCompany: true,
  settings: { v: 1, methods: ["credit card", "paypal"], terms: true },
  methods: methodsNamed("Credit card", "PayPal", "Cash on Delivery (COD)"),
  ...rest,
});

/** A name as the settings write it, by a way of its own: white space around it cut, ASCII letters made small. */
const plainName = (name: string): string =>
  name.replaceAll(/^[\t\n\v\f\r ]+|[\t\n\v\f\r ]+$/g, "").replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** What docs/plan-metafields.md says of well-formed settings. */
export const expectedOperations = ({ payNow, isCompany, settings, methods }: Asked): readonly unknown[] => {
  if (payNow !== "yes" || settings === undefined || methods.length === 0) return [];
  const { methods: names, terms } = settings as { methods: readonly string[]; terms?: boolean };
  const others = methods.filter(({ name }) => Buffer.byteLength(name) > 255 || !names.includes(plainName(name)));
  const hidden = others.length === methods.length ? [] : others;
  return [
    ...(isCompany && terms === true ? [{ paymentTermsSet: { paymentTerms: null } }] : []),
    ...hidden.map(({ id }) => ({ paymentMethodHide: { paymentMethodId: id } })),
  ];
};
