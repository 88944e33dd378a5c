import { LEDGER_FAULTS } from "./ledger-faults.ts";
import { COST_FAULTS } from "./cost-faults.ts";

/** A mistake of one line that the tests have to notice. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  /** The line as it is, without its indentation; it stands once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The test that fails, and by its name only that one is run. */
  readonly test: { readonly file: string; readonly name: string };
}

export const FAULTS: readonly Fault[] = [...LEDGER_FAULTS, ...COST_FAULTS];
