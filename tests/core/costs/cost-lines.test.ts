import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textCell, textOfCell } from "#app/core/csv/text-cell.ts";
import { ALWAYS } from "#app/core/costs/cost-lines.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { readCostFile } from "#app/cost-file.server.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The lines of a file that were understood: line, variant, SKU, amount, day. */
const linesOf = (text: string, currency = "USD"): string[] => {
  const read = readCostFile(bytes(text), currency);
  if (!read.ok) return [`refused: ${read.faults.join(" ")}`];
  return read.value.lines.map(({ line, variantId, sku, amount, from }) =>
    [line, variantId ?? "-", sku ?? "-", amount ?? "unknown", from === ALWAYS ? "always" : from].join(" "),
  );
};

/** What is wrong with the lines of a file: line, column, reason. */
const faultsOf = (text: string, currency = "USD"): string[] => {
  const read = readCostFile(bytes(text), currency);
  if (!read.ok) return read.faults.map((fault) => `file: ${fault}`);
  return read.value.faults.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);
};

describe("a file of unit costs", () => {
  test("is read with its amounts in minor units and its days; a blank cost is unknown and a blank day all time", () => {
    const text = "variant_id,sku,unit_cost,from\n11,,4.20,\n,MUG-1,5,2025-01-31\n12,,,2025-02-01\n";
    expect(linesOf(text)).toEqual([
      "2 11 - 420 always",
      `3 - MUG-1 500 ${parseDay("2025-01-31")}`,
      `4 12 - unknown ${parseDay("2025-02-01")}`,
    ]);
    expect(faultsOf(text)).toEqual([]);
  });

  test.each([
    ["a byte order mark", "\uFEFFsku,unit_cost\nM,4.20\n"],
    ["semicolons", "sku;unit_cost\nM;4.20\n"],
    ["tabs", "sku\tunit_cost\nM\t4.20\n"],
    ["lines that end as on Windows", "sku,unit_cost\r\nM,4.20\r\n"],
    ["no end of the last line", "sku,unit_cost\nM,4.20"],
    ["a header in capitals, with spaces and in quotation marks", ' SKU ,"Unit_Cost"\nM,4.20\n'],
    ["spaces around cells", "sku,unit_cost\nM, 4.20 \n"],
    ["cells in quotation marks", '"sku","unit_cost"\n"M","4.20"\n'],
    ["columns in another order", "unit_cost,sku\n4.20,M\n"],
    ["blank lines below", "sku,unit_cost\nM,4.20\n\n , \n,\n"],
    ["its own currency", "sku,unit_cost,currency\nM,4.20,usd\n"],
  ])("may have %s", (_what, text) => {
    expect(faultsOf(text)).toEqual([]);
    expect(linesOf(text)).toEqual(["2 - M 420 always"]);
  });

  test("counts its lines as an editor does, past blank ones and cells of several lines", () => {
    const text = 'sku,product,unit_cost\n\nM,"Mug,\nblue\r\nand big",4.20\nN,,x\n';
    expect(linesOf(text)).toEqual(["3 - M 420 always"]);
    expect(faultsOf(text)[0]).toMatch(/^6 unit_cost: /);
  });

  test.each([
    ["is empty", "", "The file is empty."],
    ["is not UTF-8", null, "This is not a text in UTF-8."],
    ["has zero bytes", "sku,unit_cost\nM\0,1\n", "This is not a text in UTF-8."],
    ["misses the cost", "sku,from\nM,\n", 'a column "unit_cost"'],
    ["misses whose cost it is", "unit_cost\n1\n", 'a column "variant_id" or "sku"'],
    ["misspells a column", "sku,unit_cost,form\nM,1,\n", 'The first line names "form"'],
    ["names a column twice", "sku,unit_cost,sku\nM,1,M\n", 'names "sku" twice'],
    ["opens a quotation mark for good", 'sku,unit_cost\n"M,1\nN,2\n', "a quotation mark is opened and never closed"],
    [
      "goes on after a quotation mark",
      'sku,unit_cost\n"M"x,1\n',
      "Line 2: text goes on after a closing quotation mark",
    ],
    ["has a quotation mark within a cell", 'sku,unit_cost\n5" pipe,1\n', "Line 2: a cell has a quotation mark in it"],
    ["is too long", `sku,unit_cost\n${"M,1\n".repeat(100_001)}`, "more than 100,000 lines"],
  ])("that %s is refused as a whole", (_what, text, reason) => {
    const read = readCostFile(text === null ? Uint8Array.of(0x73, 0xe4, 0x0a) : bytes(text), "USD");
    expect(read.ok ? [] : read.faults.join(" ")).toContain(reason);
  });

  test("of as many lines as there may be is read", () => {
    const read = readCostFile(bytes(`sku,unit_cost\n${"M,1\n".repeat(100_000)}`), "USD");
    expect(read.ok && read.value.lines.length).toBe(100_000);
  });
});

describe("a line of unit costs is refused with its column and the reason", () => {
  test.each([
    ["-1", "A cost is not below zero."],
    ["12,50", "Write decimals with a point"],
    ["1,234.50", "without thousands separators"],
    ["1,234", "without thousands separators"],
    ["1.234,50", "without thousands separators"],
    ["1'234.50", "without thousands separators"],
    ["1 234.50", "without thousands separators"],
    ["1\u00A0234", "without thousands separators"],
    ["$4.20", "Write the number alone"],
    ["4.20 USD", "Write the number alone"],
    ["4.20€", "Write the number alone"],
    ["US$4.20", "Write the number alone"],
    ["4.20 kr.", "Write the number alone"],
    ["abc", "This is not a number"],
    ["N/A", "This is not a number"],
    ["-", "This is not a number"],
    ["€", "This is not a number"],
    ["about 4.20", "This is not an amount"],
    ["4.205", "finer than USD"],
    ["4.", "This is not an amount"],
    [".5", "This is not an amount"],
    ["=1+1", "This is not an amount"],
    ["1234567890123", "This is not an amount"],
  ])("a cost of %j", (cost, reason) => {
    const [fault, ...others] = faultsOf(`sku,unit_cost\nM,"${cost}"\n`);
    expect(others).toEqual([]);
    expect(fault).toMatch(/^2 unit_cost: /);
    expect(fault).toContain(reason);
  });

  test.each([
    ["variant_id,unit_cost\n4.5E+13,1", "2 variant_id: A spreadsheet has shortened this number"],
    ["variant_id,unit_cost\n0x1,1", "2 variant_id: This is no variant's number"],
    ["variant_id,unit_cost\n9223372036854775808,1", "2 variant_id: This is no variant's number"],
    ["sku,unit_cost\n,1", "2 sku: A line has to say whose cost it is"],
    ["sku,unit_cost,currency\nM,1,EUR", "2 currency: The shop's currency is USD."],
    ["sku,unit_cost,from\nM,1,31.01.2025", "2 from: This is not a day"],
    ["sku,unit_cost,from\nM,1,2025-02-30", "2 from: This is not a day"],
    ["sku,unit_cost,source\nM,1,guess", "2 source: This is blank, shopify or import."],
    ["sku,unit_cost\nM,1,234.50", "2 : It has 3 cells and the header has 2"],
    ["sku,unit_cost,from\nM,1", "2 : It has 2 cells and the header has 3"],
  ])("%j", (text, fault) => {
    expect(faultsOf(text)).toHaveLength(1);
    expect(faultsOf(text)[0]).toContain(fault);
  });

  test("of every column at once, while the lines around it are read", () => {
    const text = "sku,unit_cost,from\nM,1,\nN,x,y\nO,2,\n";
    expect(faultsOf(text).map((fault) => fault.split(":")[0])).toEqual(["3 unit_cost", "3 from"]);
    expect(linesOf(text)).toEqual(["2 - M 100 always", "4 - O 200 always"]);
  });

  test("in the decimals of the shop's currency", () => {
    expect(linesOf("sku,unit_cost\nM,420.0\n", "JPY")).toEqual(["2 - M 420 always"]);
    expect(faultsOf("sku,unit_cost\nM,4.2\n", "JPY")).toEqual(["2 unit_cost: This is finer than JPY can be paid in."]);
    expect(linesOf("sku,unit_cost\nM,4.205\n", "KWD")).toEqual(["2 - M 4205 always"]);
  });
});

test("any text survives in a cell that no spreadsheet runs", () => {
  const awkward = fc.tuple(fc.constantFrom("", "'", "''", "=", "'=", "-", "@", "\t"), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(awkward, ([start, rest]) => {
      const text = start + rest;
      expect(textOfCell(textCell(text))).toBe(text);
      expect(textCell(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test("any SKU that is written to a file is read from it again", () => {
  const sku = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((text) => text.trim() !== "" && !text.includes("\0"));
  fc.assert(
    fc.property(
      fc.uniqueArray(sku, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(",", ";", "\t"),
      (skus, delimiter) => {
        const table = [["sku", "unit_cost"], ...skus.map((text) => [textCell(text), "1.00"])];
        const read = readCostFile(bytes(stringify(table, { delimiter })), "USD");
        expect(read.ok && read.value.lines.map((line) => line.sku)).toEqual(skus);
      },
    ),
  );
});

test("any bytes are either lines, faults or a reason, and never an exception", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string().map(bytes)), fc.boolean(), (some, withHeader) => {
      const file = withHeader ? Uint8Array.from([...bytes("sku,unit_cost\n"), ...some]) : some;
      const read = readCostFile(file, "USD");
      if (read.ok) expect(read.value.lines.length).toBeLessThanOrEqual(read.value.count);
      else expect(read.faults.length).toBeGreaterThan(0);
    }),
  );
});
