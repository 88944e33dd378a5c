import { NotInLocalShopify } from "./errors.ts";

type Comparator = ":" | ":<" | ":<=" | ":>" | ":>=";

interface Term {
  readonly field: string;
  readonly comparator: Comparator;
  readonly value: string;
}

/** What a search term may look at in an object of one kind. */
export interface SearchFields<T> {
  readonly instants: Readonly<Record<string, (item: T) => string>>;
  readonly ids: Readonly<Record<string, (item: T) => number>>;
  /** Several texts: one of them has to be the one that is looked for. */
  readonly texts: Readonly<Record<string, (item: T) => string | readonly string[]>>;
}

const TERM = /\s*([a-z_]+):(<=|>=|<|>|)(?:'([^']*)'|"([^"]*)"|([^\s'"()]+))(?=\s|$)/y;
const AND = /\s*AND(?=\s)/y;
const ZONED_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Compiles Shopify's search syntax to a test. Supported: terms `field:value` with `<`, `<=`, `>`, `>=`, joined by a blank
 * or AND. Whatever else Shopify understands (OR, NOT, parentheses, other fields, dates without a zone) is refused, since
 * a test that is not made lets everything through.
 *
 * @example compileSearch("updated_at:>='2026-01-01T00:00:00Z'", orderSearch)
 */
export function compileSearch<T>(query: string, fields: SearchFields<T>): (item: T) => boolean {
  const tests = parseTerms(query).map((term) => compileTerm(term, fields));
  return (item) => tests.every((test) => test(item));
}

function parseTerms(query: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  const end = query.trimEnd().length;
  while (at < end) {
    if (terms.length > 0) {
      AND.lastIndex = at;
      if (AND.test(query)) at = AND.lastIndex;
    }
    TERM.lastIndex = at;
    const match = TERM.exec(query);
    if (!match?.[1]) throw new NotInLocalShopify(`search query "${query}" from "${query.slice(at).trim()}"`);
    terms.push({
      field: match[1],
      comparator: `:${match[2] ?? ""}` as Comparator,
      value: match[3] ?? match[4] ?? match[5] ?? "",
    });
    at = TERM.lastIndex;
  }
  return terms;
}

function compileTerm<T>(term: Term, fields: SearchFields<T>): (item: T) => boolean {
  const instant = fields.instants[term.field];
  if (instant) {
    if (!ZONED_INSTANT.test(term.value)) {
      throw new NotInLocalShopify(`search term ${term.field} with "${term.value}" (only instants with a zone)`);
    }
    const wanted = Date.parse(term.value);
    return (item) => compares(term.comparator, Date.parse(instant(item)), wanted);
  }
  const id = fields.ids[term.field];
  if (id) {
    if (!/^\d+$/.test(term.value)) throw new NotInLocalShopify(`search term ${term.field} with "${term.value}"`);
    const wanted = Number(term.value);
    return (item) => compares(term.comparator, id(item), wanted);
  }
  const text = fields.texts[term.field];
  if (text && term.comparator === ":" && !term.value.includes("*")) {
    const wanted = term.value.toLowerCase();
    return (item) => [text(item)].flat().some((one) => one.toLowerCase() === wanted);
  }
  throw new NotInLocalShopify(`search term ${term.field}${term.comparator}${term.value}`);
}

function compares(comparator: Comparator, value: number, wanted: number): boolean {
  switch (comparator) {
    case ":":
      return value === wanted;
    case ":<":
      return value < wanted;
    case ":<=":
      return value <= wanted;
    case ":>":
      return value > wanted;
    case ":>=":
      return value >= wanted;
  }
}
