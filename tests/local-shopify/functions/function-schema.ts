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

/** One kind of Functions: what they are asked for, in which schema of Shopify's, and what they answer. */
export interface FunctionApi {
  readonly target: string;
  /** As the Admin API names it. */
  readonly apiType: string;
  readonly schemaFile: string;
  readonly resultType: string;
  /** Whether Functions of this kind are expected to read every line of the cart. */
  readonly readsLines: boolean;
}

export const DISCOUNT_API: FunctionApi = {
  target: "cart.lines.discounts.generate.run",
  apiType: "discount",
  schemaFile: "functions-discount.graphql",
  resultType: "CartLinesDiscountsGenerateRunResult",
  readsLines: true,
};

export const PAYMENT_API: FunctionApi = {
  target: "cart.payment-methods.transform.run",
  apiType: "payment_customization",
  schemaFile: "functions-payment-customization.graphql",
  resultType: "CartPaymentMethodsTransformRunResult",
  readsLines: false,
};

const schemas = new Map<string, GraphQLSchema>();

/** Shopify's own schema of one kind of Functions. */
export function functionSchema({ schemaFile }: FunctionApi): GraphQLSchema {
  const known = schemas.get(schemaFile);
  if (known) return known;
  const path = new URL(`../../../app/shopify/schema/${schemaFile}`, import.meta.url);
  const schema = buildASTSchema(parse(readFileSync(path, "utf8"), { noLocation: true }));
  const decimal = schema.getType("Decimal");
  if (!isScalarType(decimal)) throw new TypeError("the schema has no scalar Decimal");
  decimal.parseValue = (value) => {
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text !== "string" || !DECIMAL.test(text)) throw new TypeError(`${JSON.stringify(value)} is no decimal`);
    return text;
  };
  schemas.set(schemaFile, schema);
  return schema;
}

/**
 * Reads an input query and holds it against Shopify's limits.
 *
 * @throws Error with all reasons for which Shopify would not deploy it
 */
export function readInputQuery(text: string, api: FunctionApi): DocumentNode {
  const document = parse(text);
  const reasons = validate(functionSchema(api), document).map(({ message }) => message);
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_QUERY_BYTES) reasons.push(`it has ${bytes} bytes, of ${LONGEST_QUERY_BYTES} at most`);
  const { cost, longestList, hasVariables } = measured(document, functionSchema(api));
  if (hasVariables) throw new NotInLocalShopify("input queries with variables");
  if (cost > HIGHEST_COST) reasons.push(`it costs ${cost}, of ${HIGHEST_COST} at most`);
  if (longestList > LONGEST_LIST) reasons.push(`a list has ${longestList} values, of ${LONGEST_LIST} at most`);
  if (reasons.length > 0) throw new Error(`the input query is refused: ${reasons.join("; ")}`);
  return document;
}

function measured(document: DocumentNode, schema: GraphQLSchema) {
  const types = new TypeInfo(schema);
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

/** What is wrong with an output of a Function, or null when nothing is. */
export function faultOfOutput(output: unknown, api: FunctionApi): string | null {
  const type = functionSchema(api).getType(api.resultType);
  if (!type || !isInputType(type)) throw new TypeError("the schema has no result of the target");
  let fault: string | null = null;
  coerceInputValue(output, type, (path, _value, { message }) => {
    fault ??= path.length === 0 ? message : `${path.join(".")}: ${message}`;
  });
  return fault;
}
