import type { Fault } from "#tests/faults/faults.ts";

const BREAKS = "tests/functions/breaks.test.ts";
const LIMITS = "tests/functions/limits.test.ts";
const CARTS = "tests/functions/carts.test.ts";
const MALFORMED = "tests/functions/malformed.test.ts";
const OUTPUT = "tests/functions/output.test.ts";

const EQUALS_REFERENCE =
  "every line gets what the reference says, to the minor unit, and at least 60 % of carts get a discount";
const LARGE_CARTS =
  "carts of more different lines than discounts fit the output equal the reference and keep every rule";

/** Mistakes of one line in the Function, each with the test that fails when it is compiled in. Files are below the extension. */
export const FUNCTION_FAULTS: readonly Fault[] = [
  {
    name: "the percentage that a floor leaves is rounded up",
    file: "assembly/price-line.ts",
    find: "return min(plan.cap, <u32>(((line.price - line.floor) * WHOLE) / line.price));",
    replace: "return min(plan.cap, <u32>(((line.price - line.floor) * WHOLE + line.price - 1) / line.price));",
    test: { file: LIMITS, name: "a percentage that the floor holds is rounded down" },
  },
  {
    name: "floors are rounded down to the buyer's minor unit",
    file: "assembly/exchange.ts",
    find: "return multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, true);",
    replace: "return multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, false);",
    test: { file: LIMITS, name: "the floor is brought to the buyer's currency and rounded up to its minor unit" },
  },
  {
    name: "amounts off are rounded up",
    file: "assembly/exchange.ts",
    find: "return min(multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, false), LARGEST_AMOUNT);",
    replace: "return min(multiplyDivide(shopMinor, exchange.numerator, exchange.denominator, true), LARGEST_AMOUNT);",
    test: {
      file: BREAKS,
      name: "an amount off each unit is given as that amount, in the buyer's currency rounded down",
    },
  },
  {
    name: "the dinar has two decimals",
    file: "assembly/exchange.ts",
    find: "return isAmong(WITH_THREE_DECIMALS) ? 3 : 2;",
    replace: "return 2;",
    test: { file: OUTPUT, name: "amounts have as many decimals as the buyer's currency" },
  },
  {
    name: "a wide quotient is cut off instead of rounded up",
    file: "assembly/decimals.ts",
    find: "return up && rest > 0 && quotient < u64.MAX_VALUE ? quotient + 1 : quotient;",
    replace: "return quotient;",
    test: { file: LIMITS, name: "amounts beyond 32 bits at a rate of fifteen digits are exact" },
  },
  {
    name: "a wide product loses what is carried",
    file: "assembly/decimals.ts",
    find: "const middleToo = aLow * bHigh + (middle & 0xffff_ffff);",
    replace: "const middleToo = aLow * bHigh;",
    test: { file: LIMITS, name: "amounts beyond 32 bits at a rate of fifteen digits are exact" },
  },
  {
    name: "a step holds from one unit later",
    file: "assembly/plan.ts",
    find: "if (step.from > measure) break;",
    replace: "if (step.from >= measure) break;",
    test: { file: BREAKS, name: "a step holds from its number of units on, and the highest one reached counts" },
  },
  {
    name: "a line without a floor is taken for one with a floor of nothing",
    file: "assembly/read-cart.ts",
    find: "return floor < 0 ? NO_FLOOR : atLeast(floor);",
    replace: "return floor < 0 ? 0 : atLeast(floor);",
    test: { file: LIMITS, name: "while a margin limit is set a line without a floor gets nothing, and is counted" },
  },
  {
    name: "lines on sale get discounts",
    file: "assembly/read-cart.ts",
    find: "return compareAt >= 0 && compareAt <= price;",
    replace: "return compareAt >= 0;",
    test: { file: LIMITS, name: "lines on sale get nothing and count for nothing, unless they are taken in" },
  },
  {
    name: "excluded groups get discounts",
    file: "assembly/read-cart.ts",
    find: "if (line.groups.meets(plan.excluded)) return false;",
    replace: "",
    test: { file: LIMITS, name: "excluded groups get nothing and count for nothing" },
  },
  {
    name: "a cumulative step ends a day early",
    file: "assembly/buyer.ts",
    find: "if (sum.part == part && sum.throughDay >= buyer.today) reached = max(reached, <i64>sum.reached);",
    replace: "if (sum.part == part && sum.throughDay > buyer.today) reached = max(reached, <i64>sum.reached);",
    test: { file: BREAKS, name: "a cumulative step holds through its day, and then the lower one that follows" },
  },
  {
    name: "an e-mail address is taken for a login",
    file: "assembly/read-buyer.ts",
    find: `buyer.isKnown = buyer.isCompany || isTrue(propertyNamed(identity, "isAuthenticated"));`,
    replace: "buyer.isKnown = true;",
    test: {
      file: BREAKS,
      name: "tier and cumulative parts need a login or a company: an e-mail address typed at checkout proves nothing",
    },
  },
  {
    name: "half a standing counts",
    file: "assembly/read-buyer.ts",
    find: `if (readStanding(propertyNamed(metafield, "jsonValue"))) return;`,
    replace: `if (readStanding(propertyNamed(metafield, "jsonValue")) || buyer.tier != Tier.None) return;`,
    test: {
      file: MALFORMED,
      name: "a standing with sums of two entitles to nothing; what is for everybody stays, and the log says so",
    },
  },
  {
    name: "a named company gets the larger of its own percentage and the tier's",
    file: "assembly/read-parts.ts",
    find: "if (ofCompany != NOT_NAMED) percent = ofCompany;",
    replace: "percent = max(percent, ofCompany);",
    test: { file: CARTS, name: EQUALS_REFERENCE },
  },
  {
    name: "a plan ends a day early",
    file: "assembly/read-plan.ts",
    find: "if (buyer.today < <i32>from || buyer.today > <i32>to) return Refusal.OutsideSchedule;",
    replace: "if (buyer.today < <i32>from || buyer.today >= <i32>to) return Refusal.OutsideSchedule;",
    test: { file: LIMITS, name: "a plan holds from its first day through its last" },
  },
  {
    name: "a fraction is taken for a whole number",
    file: "../wasm-api/wasm-api.ts",
    find: "if (!(number >= 0) || number > LARGEST_WHOLE || Math.floor(number) != number) return -1;",
    replace: "if (!(number >= 0) || number > LARGEST_WHOLE) return -1;",
    test: { file: MALFORMED, name: "half a unit gives nothing and a line in the log" },
  },
  {
    name: "lines of a group are not added up",
    file: "assembly/count.ts",
    find: "part.units += line.quantity;",
    replace: "part.units = max(part.units, <u64>line.quantity);",
    test: { file: BREAKS, name: "over the cart, everything is mixed" },
  },
  {
    name: "variants whose places collide are counted together",
    file: "assembly/tally.ts",
    find: "place = (place + 1) & last;",
    replace: "return tally;",
    test: { file: CARTS, name: EQUALS_REFERENCE },
  },
  {
    name: "an amount wins over a percentage that is worth more",
    file: "assembly/price-line.ts",
    find: "if (line.off * WHOLE > line.price * line.percent) {",
    replace: "if (line.off > 0) {",
    test: { file: CARTS, name: EQUALS_REFERENCE },
  },
  {
    name: "of two parts that give the same the later one is named",
    file: "assembly/price-line.ts",
    find: "return value > than || (value == than && kind < thanKind);",
    replace: "return value >= than;",
    test: { file: OUTPUT, name: "of two parts that give the same the same one is named, whichever comes first" },
  },
  {
    name: "an amount off at the floor stays an amount",
    file: "assembly/price-line.ts",
    find: "if (line.off > 0 && percentOf(line.off, line.price) >= limit) {",
    replace: "if (line.off > line.price - line.floor) {",
    test: { file: CARTS, name: EQUALS_REFERENCE },
  },
  {
    name: "pay-now meets the other parts instead of being added",
    file: "assembly/price-line.ts",
    find: "line.percent += plan.payNow;",
    replace: "line.percent = max(line.percent, plan.payNow);",
    test: { file: BREAKS, name: "pay-now is added last and only when the cart asks for it" },
  },
  {
    name: "percentages are rounded to the beginning of their range",
    file: "assembly/fewer-percents.ts",
    find: "return min(percent, nextMark(max((percent >> width) << width, 1)));",
    replace: "return max((percent >> width) << width, 1);",
    test: { file: CARTS, name: LARGE_CARTS },
  },
  {
    name: "limits of floors are not among the percentages that are kept",
    file: "assembly/fewer-percents.ts",
    find: "if (limit <= largest) mark(limit);",
    replace: "",
    test: { file: CARTS, name: LARGE_CARTS },
  },
  {
    name: "the output may be larger than Shopify takes",
    file: "assembly/output-room.ts",
    find: "const OUTPUT_BYTES: i32 = 19_000;",
    replace: "const OUTPUT_BYTES: i32 = 29_000;",
    test: {
      file: OUTPUT,
      name: "200 lines with 200 floors and UUIDs stay below the 20,000 bytes above which Shopify drops every discount",
    },
  },
  {
    name: "a candidate keeps the message of its first line",
    file: "assembly/write-discounts.ts",
    find: "if (candidate.kinds != line.kinds) candidate.kinds = 0;",
    replace: "",
    test: {
      file: OUTPUT,
      name: "a discount of several parts, and one that lines have by different parts, is just a discount",
    },
  },
];
