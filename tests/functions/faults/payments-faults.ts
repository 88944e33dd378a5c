import type { Fault } from "#tests/faults/faults.ts";

const EXAMPLES = "tests/functions/payments.test.ts";
const MALFORMED = "tests/functions/payments-malformed.test.ts";

/** Mistakes of one line in the payments Function, each with the test that fails when it is compiled in. */
export const PAYMENTS_FAULTS: readonly Fault[] = [
  {
    name: "any wish is taken for yes",
    file: "assembly/index.ts",
    find: `return isObject(payNow) && isText(propertyNamed(payNow, "value"), "yes");`,
    replace: "return isObject(payNow);",
    test: { file: EXAMPLES, name: "who does not ask to pay now finds checkout as it is" },
  },
  {
    name: "terms are taken from everybody",
    file: "assembly/index.ts",
    find: "writeOperations(settings.terms && methods.offered > 0 && buysForCompany(cart), methods.hidden);",
    replace: "writeOperations(settings.terms && methods.offered > 0, methods.hidden);",
    test: { file: EXAMPLES, name: "a shopper has no terms to take away" },
  },
  {
    name: "terms are taken in shops that may not set them",
    file: "assembly/index.ts",
    find: "writeOperations(settings.terms && methods.offered > 0 && buysForCompany(cart), methods.hidden);",
    replace: "writeOperations(methods.offered > 0 && buysForCompany(cart), methods.hidden);",
    test: { file: EXAMPLES, name: "in a shop that may not set terms they stay" },
  },
  {
    name: "the terms go where nothing else is on offer",
    file: "assembly/index.ts",
    find: "writeOperations(settings.terms && methods.offered > 0 && buysForCompany(cart), methods.hidden);",
    replace: "writeOperations(settings.terms && buysForCompany(cart), methods.hidden);",
    test: { file: EXAMPLES, name: "with no method on offer at all the terms stay: they are the only way to buy" },
  },
  {
    name: "every method may be hidden",
    file: "assembly/methods.ts",
    find: "methods.hidden = hidden < length ? hidden : 0;",
    replace: "methods.hidden = hidden;",
    test: { file: EXAMPLES, name: "when no method on offer is one that counts as paying now, none is hidden" },
  },
  {
    name: "the methods that count are hidden",
    file: "assembly/methods.ts",
    find: "if (!isSetName(bytes)) store<Value>(HIDDEN + hidden++ * 8, id);",
    replace: "if (isSetName(bytes)) store<Value>(HIDDEN + hidden++ * 8, id);",
    test: { file: EXAMPLES, name: "whatever is asked, what the Function does equals the reference" },
  },
  {
    name: "capital letters make another name",
    file: "assembly/method-name.ts",
    find: "store<u8>(NAME + i, lower && byte >= 65 && byte <= 90 ? byte + 32 : byte);",
    replace: "store<u8>(NAME + i, byte);",
    test: { file: EXAMPLES, name: "names count without spaces around them, and in small and capital letters alike" },
  },
  {
    name: "Z stays a capital letter",
    file: "assembly/method-name.ts",
    find: "store<u8>(NAME + i, lower && byte >= 65 && byte <= 90 ? byte + 32 : byte);",
    replace: "store<u8>(NAME + i, lower && byte >= 65 && byte < 90 ? byte + 32 : byte);",
    test: { file: EXAMPLES, name: "every ASCII letter is lower-cased, and nothing beside them" },
  },
  {
    name: "names of the settings are lower-cased",
    file: "assembly/method-name.ts",
    find: "keep(0, length, false);",
    replace: "keep(0, length, true);",
    test: { file: EXAMPLES, name: "letters beyond ASCII count as they are" },
  },
  {
    name: "spaces after a name make another",
    file: "assembly/method-name.ts",
    find: "while (to > from && isSpace(load<u8>(TEXT + to - 1))) to--;",
    replace: "",
    test: { file: EXAMPLES, name: "names count without spaces around them, and in small and capital letters alike" },
  },
  {
    name: "the last word of a name is not cleared",
    file: "assembly/method-name.ts",
    find: "for (let word = 0; word < length; word += 8) store<u64>(NAME + word, 0);",
    replace: "",
    test: { file: EXAMPLES, name: "a long name leaves nothing behind in the short one that follows" },
  },
  {
    name: "names are compared by their whole words alone",
    file: "assembly/method-name.ts",
    find: "for (let word = 0; word < length; word += 8) {",
    replace: "for (let word = 0; word + 8 <= length; word += 8) {",
    test: {
      file: EXAMPLES,
      name: "a name is told from its beginning, from one that it begins, and from one that differs in its last letter",
    },
  },
  {
    name: "names of other lengths are equal",
    file: "assembly/settings.ts",
    find: "if (load<i32>(LENGTHS + i * 4) == bytes && isName(NAMES + i * NAME_BYTES, bytes)) return true;",
    replace: "if (isName(NAMES + i * NAME_BYTES, bytes)) return true;",
    test: { file: EXAMPLES, name: "whatever is asked, what the Function does equals the reference" },
  },
  {
    name: "a name of 255 bytes is too long",
    file: "assembly/method-name.ts",
    find: "if (length < 0 || length > LONGEST) return 0;",
    replace: "if (length < 0 || length >= LONGEST) return 0;",
    test: { file: EXAMPLES, name: "a name of 255 bytes counts, one of 256 is as if it were not set" },
  },
  {
    name: "another version is read",
    file: "assembly/settings.ts",
    find: `if (!isObject(value) || wholeNumber(propertyNamed(value, "v")) != VERSION) return Refusal.SettingsUnreadable;`,
    replace: "if (!isObject(value)) return Refusal.SettingsUnreadable;",
    test: { file: MALFORMED, name: "settings of another version leaves checkout as it is, with a line in the log" },
  },
  {
    name: "what is on offer has no end",
    file: "assembly/methods.ts",
    find: "if (length > MOST_METHODS) return Refusal.TooManyMethods;",
    replace: "",
    test: { file: MALFORMED, name: "more on offer than any shop has leaves checkout as it is, with a line in the log" },
  },
  {
    name: "a word is taken for a switch",
    file: "assembly/settings.ts",
    find: "if (isNoSwitch(terms)) return Refusal.SettingsUnreadable;",
    replace: "",
    test: { file: MALFORMED, name: "terms that are a word leaves checkout as it is, with a line in the log" },
  },
  {
    name: "terms are left out instead of null",
    file: "assembly/write-operations.ts",
    find: "putNull();",
    replace: `putText("");`,
    test: {
      file: EXAMPLES,
      name: "a company that asks to pay now is offered no terms, and the methods that count as paying now",
    },
  },
];
