import type { GraphQLResolveInfo } from "graphql";
import type { AdminContext } from "./context.ts";

/** Arguments as graphql-js has checked and coerced them against the schema. */
export type Args = Readonly<Record<string, unknown>>;

/** An object of the Admin API on its way to the answer; it knows its type in the schema. */
export abstract class GraphSource {
  abstract readonly typename: string;
}

export type Resolver<S> = (source: S, args: Args, context: AdminContext, info: GraphQLResolveInfo) => unknown;

/** The implemented fields of one type; a field that is not here is not in the local Shopify. */
export interface TypeDefinition {
  readonly name: string;
  has(field: string): boolean;
  /** Answers the field that `info` names. */
  resolve(source: unknown, args: Args, context: AdminContext, info: GraphQLResolveInfo): unknown;
}

/** Ties the fields of a schema type to the class of its sources, and refuses a source of another class. */
export function defineType<S extends GraphSource>(
  name: string,
  sourceClass: abstract new (...args: never[]) => S,
  fields: Readonly<Record<string, Resolver<S>>>,
): TypeDefinition {
  const resolvers = new Map(Object.entries(fields));
  return {
    name,
    has: (field) => resolvers.has(field),
    resolve(source, args, context, info) {
      const field = info.fieldName;
      if (!(source instanceof sourceClass)) throw new TypeError(`${name}.${field} was given another object`);
      const resolver = resolvers.get(field);
      if (!resolver) throw new TypeError(`${name}.${field} has no resolver`);
      return resolver(source, args, context, info);
    },
  };
}

export function intArg(args: Args, name: string): number | null {
  const value = args[name];
  return typeof value === "number" ? value : null;
}

export function stringArg(args: Args, name: string): string | null {
  const value = args[name];
  return typeof value === "string" ? value : null;
}

export function booleanArg(args: Args, name: string): boolean {
  return args[name] === true;
}

/** What a list field with a `first` argument answers: at most that many. */
export function firstOf<T>(items: readonly T[], args: Args): readonly T[] {
  const first = intArg(args, "first");
  return first === null ? items : items.slice(0, first);
}
