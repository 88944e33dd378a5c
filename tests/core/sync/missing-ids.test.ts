import fc from "fast-check";
import { expect, test } from "vitest";
import { missingFrom } from "#app/core/sync/missing-ids.ts";

const ids = fc.uniqueArray(fc.bigInt({ min: 0n, max: 60n }), { maxLength: 40 });

test("one's own ids that a list leaves out are found, whatever else is on it, in whatever order, also twice", () => {
  fc.assert(
    fc.property(ids, fc.array(fc.bigInt({ min: 0n, max: 60n }), { maxLength: 80 }), (own, listed) => {
      const rising = own.toSorted((a, b) => Number(a - b));
      const left = missingFrom(BigInt64Array.from(rising));
      for (const id of listed) left.see(id);
      expect(left.missing()).toEqual(rising.filter((id) => !listed.includes(id)));
    }),
  );
});
