import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isLeafType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Fields that cost 3; what is below them costs nothing. */
const DEAR = new Set(["metafield", "hasAnyTag", "hasTags", "inAnyCollection", "inCollections", "field"]);

/** Shopify's cost of an input query: 3 for a metafield or a look at tags or collections, 1 for any other leaf. */
export const costOf = (schema: GraphQLSchema, document: DocumentNode): number => {
  const info = new TypeInfo(schema);
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: (node) => {
        if (DEAR.has(node.name.value)) {
          cost += 3;
          return false;
        }
        const type = info.getType();
        if (type && isLeafType(getNamedType(type)) && node.name.value !== "__typename") cost += 1;
        return undefined;
      },
    }),
  );
  return cost;
};
