import { expect, test } from "vitest";
import { ENTRY_KINDS } from "#app/core/ledger/entry.ts";
import { MARGINS } from "#app/core/profit/contribution.ts";
import { SYNC_STAGES } from "#app/core/sync/stages.ts";
import { FLAGS } from "#app/core/tiers/tier.ts";
import { DOCUMENTS } from "./documents.ts";

const glossary = DOCUMENTS.find(({ file }) => file === "docs/glossary.md")?.text ?? "";
const decisions = DOCUMENTS.filter(({ file }) => file.startsWith("docs/decisions/"));

test("the glossary lists the kinds of entries in the order of the waterfall", () => {
  const rows = [...glossary.matchAll(/^\| `(\w+)` +\|/gm)].map(([, kind = ""]) => kind);
  expect(rows.filter((kind) => ENTRY_KINDS.some((known) => known === kind)).slice(0, ENTRY_KINDS.length)).toEqual(
    ENTRY_KINDS,
  );
});

test.each([...MARGINS, ...FLAGS])("the glossary says what %s is", (name) => {
  expect(glossary).toContain(`\`${name}\``);
});

test("the glossary names the stages of a sync in their order", () => {
  expect(glossary).toContain(SYNC_STAGES.join(", "));
});

test("decisions are numbered without a gap and say context, decision and consequences", () => {
  const numbers = decisions.map(({ file }) => Number(/(\d{3})-[a-z0-9-]+\.md$/.exec(file)?.[1]));
  expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  for (const { text } of decisions) {
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      "Context",
      "Decision",
      "Consequences",
    ]);
  }
});
