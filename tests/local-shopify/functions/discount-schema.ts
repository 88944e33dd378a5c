import { readFileSync } from "node:fs";
import {
  buildASTSchema,
  coerceInputValue,
  getNamedType,
  type GraphQLSchema,
  isInputType,
  isLeafType,
  isScalarType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from "graphql";
import { NotInLocalShopify } from "../admin-api/errors.ts";

const LONGEST_QUERY_BYTES = 3_000;
const HIGHEST_COST = 30;
const LONGEST_LIST = 100;
/** Fields that cost 3, whatever is read of them. */
const DEAR_FIELDS = new Set(["metafield", "metaobject", "hasAnyTag", "hasTags", "inAnyCollection", "inCollections"]);
const DECIMAL = /^-?\d+(\.\d+)?$/;

let schema: GraphQLSchema | undefined;

/** Shopify's own schema of discount Functions. */
export function discountSchema(): GraphQLSchema {
  if (schema) return schema;
  const path = new URL("../../../app/shopify/schema/functions-discount.graphql", import.meta.url);
  schema = buildASTSchema(parse(readFileSync(path, "utf8"), { noLocation: true }));
  const decimal = schema.getType("Decimal");
  if (!isScalarType(decimal)) throw new TypeError("the schema has no scalar Decimal");
  decimal.parseValue = (value) => {
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text !== "string" || !DECIMAL.test(text)) throw new TypeError(`${JSON.stringify(value)} is no decimal`);
    return text;
  };
  return schema;
}

/**
 * Reads an input query and holds it against Shopify's limits.
 *
 * @throws Error with all reasons for which Shopify would not deploy it
 */
export function readInputQuery(text: string): DocumentNode {
  const document = parse(text);
  const reasons = validate(discountSchema(), document).map(({ message }) => message);
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_QUERY_BYTES) reasons.push(`it has ${bytes} bytes, of ${LONGEST_QUERY_BYTES} at most`);
  const { cost, longestList, hasVariables } = measured(document);
  if (hasVariables) throw new NotInLocalShopify("input queries with variables");
  if (cost > HIGHEST_COST) reasons.push(`it costs ${cost}, of ${HIGHEST_COST} at most`);
  if (longestList > LONGEST_LIST) reasons.push(`a list has ${longestList} values, of ${LONGEST_LIST} at most`);
  if (reasons.length > 0) throw new Error(`the input query is refused: ${reasons.join("; ")}`);
  return document;
}

function measured(document: DocumentNode): { cost: number; longestList: number; hasVariables: boolean } {
  const types = new TypeInfo(discountSchema());
  const found = { cost: 0, longestList: 0, hasVariables: false };
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => void (found.hasVariables = true),
      ListValue: ({ values }) => void (found.longestList = Math.max(found.longestList, values.length)),
      Field: {
        enter: ({ name }) => {
          const type = getNamedType(types.getType());
          if (DEAR_FIELDS.has(name.value) || (name.value === "field" && type?.name === "MetaobjectField"))
            found.cost += 3;
          else if (isLeafType(type) && name.value !== "__typename" && !isBelowDear(types)) found.cost += 1;
        },
      },
    }),
  );
  return found;
}

/** What is read of a metafield, a metaobject or a tag is in the price of asking for it. */
function isBelowDear(types: TypeInfo): boolean {
  return ["Metafield", "MetaobjectField", "Metaobject", "HasTagResponse", "CollectionMembership"].includes(
    types.getParentType()?.name ?? "",
  );
}

/** What is wrong with an output of the target cart.lines.discounts.generate.run, or null when nothing is. */
export function faultOfOutput(output: unknown): string | null {
  const type = discountSchema().getType("CartLinesDiscountsGenerateRunResult");
  if (!type || !isInputType(type)) throw new TypeError("the schema has no result of the target");
  let fault: string | null = null;
  coerceInputValue(output, type, (path, _value, { message }) => {
    fault ??= path.length === 0 ? message : `${path.join(".")}: ${message}`;
  });
  return fault;
}
