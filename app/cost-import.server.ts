import { createHash } from "node:crypto";
import type { CostLine, LineFault } from "#app/core/costs/cost-lines.ts";
import type { CostChange, ImportPlan } from "#app/core/costs/import-plan.ts";
import { formatAmount } from "#app/core/money/money.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { record } from "./audit.server.ts";
import { readCostFile } from "./cost-file.server.ts";
import { limitedForm } from "./limited-body.server.ts";
import type { SignedIn } from "./sign-in.server.ts";

const MB = 1024 * 1024;
const MOST_BYTES = 5 * MB;
/** A form is its file and a little around it. */
const MOST_FORM_BYTES = MOST_BYTES + 64 * 1024;

/** A file of unit costs that arrived, and what it would do; or why it cannot be used at all. */
export type ReceivedCosts =
  | { readonly ok: false; readonly reasons: readonly string[] }
  | {
      readonly ok: true;
      /** What the file holds, in short: the same for the same file. */
      readonly digest: string;
      readonly count: number;
      readonly plan: ImportPlan;
      /** All that is wrong, by line. */
      readonly faults: readonly LineFault[];
      /** The digest of the file that the merchant has seen and wants imported; null: only to be looked at. */
      readonly confirmed: string | null;
    };

const refused = (...reasons: string[]): ReceivedCosts => ({ ok: false, reasons });

/** Faults with the value that stands in the line, where the plan knows the line's number alone. */
const withValues = (faults: readonly LineFault[], lines: readonly CostLine[], currency: string): LineFault[] => {
  const amounts = new Map(lines.map(({ line, amount }) => [line, amount]));
  return faults.map((fault) => {
    const amount = amounts.get(fault.line) ?? null;
    const staysAsIs = fault.column !== "unit_cost" || fault.text !== "" || amount === null;
    return staysAsIs ? fault : { ...fault, text: formatAmount(amount, currency) };
  });
};

/** Reads the file in a form (`file`) and plans its import. Nothing is written. */
export const receiveCosts = async (request: Request, { app, shop }: SignedIn): Promise<ReceivedCosts> => {
  const form = await limitedForm(request, MOST_FORM_BYTES);
  if (form === null) return refused("The file is larger than 5 MB, or did not arrive whole.");
  const file = form.get("file");
  if (!(file instanceof File)) return refused("Choose a CSV file.");
  if (file.size > MOST_BYTES) return refused("The file is larger than 5 MB: split it.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = readCostFile(bytes, shop.currency);
  if (!read.ok) return refused(...read.faults);
  const today = shopDays(shop.timeZone)(app.now().getTime());
  const plan = await app.pages.planCostImport(shop.id, read.value.lines, today);
  const confirmed = form.get("confirmed");
  return {
    ok: true,
    digest: createHash("sha256").update(bytes).digest("hex"),
    count: read.value.count,
    plan,
    faults: [...read.value.faults, ...withValues(plan.faults, read.value.lines, shop.currency)].toSorted(
      (a, b) => a.line - b.line,
    ),
    confirmed: typeof confirmed === "string" && confirmed !== "" ? confirmed : null,
  };
};

/** Writes what was planned and has the ledger worked out again by it. */
export const writeCosts = async (signedIn: SignedIn, changes: readonly CostChange[]): Promise<void> => {
  if (changes.length === 0) return;
  const { app, shop } = signedIn;
  await app.pages.importUnitCosts(shop.id, changes, app.now());
  await app.pages.requestRecompute(shop.id, app.now());
  await record(signedIn, { kind: "costs-imported", costs: changes.length });
  await record(signedIn, { kind: "recompute-requested" });
};
