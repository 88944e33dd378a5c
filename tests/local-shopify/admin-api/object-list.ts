import { compareKeys, type Sequence } from "./connection.ts";
import { type Args, type GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { compileSearch, type SearchFields } from "./search-query.ts";

/** The objects of one kind that a shop has, and how they are looked through. */
export interface ObjectList<T> {
  /** As an error names them, such as "customers". */
  readonly what: string;
  readonly all: Iterable<T>;
  readonly id: (object: T) => number;
  readonly search: SearchFields<T>;
  /** By sort key; ID is always among them. */
  readonly sortKeys?: Readonly<Record<string, (object: T) => string>>;
  readonly source: (object: T) => GraphSource;
}

/** The objects that `query` finds, upwards by `sortKey`; without one, by id. */
export function objectSequence<T>(args: Args, list: ObjectList<T>): Sequence<T> {
  if (stringArg(args, "savedSearchId") !== null) throw new NotInLocalShopify("saved searches");
  const valueOf = sortValue(args, list);
  const query = stringArg(args, "query");
  const found = query ? [...list.all].filter(compileSearch(query, list.search)) : [...list.all];
  const key = (object: T) => ({ value: valueOf(object), id: list.id(object) });
  const items = found
    .map((object) => ({ object, key: key(object) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ object }) => object);
  return { items, key, source: list.source };
}

function sortValue<T>(args: Args, { what, id, sortKeys = {} }: ObjectList<T>): (object: T) => number | string {
  const sortKey = stringArg(args, "sortKey") ?? "ID";
  if (sortKey === "ID") return id;
  const value = sortKeys[sortKey];
  if (!value) throw new NotInLocalShopify(`sorting ${what} by ${sortKey}`);
  return value;
}
