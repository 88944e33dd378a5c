import { z } from "zod";
import { ENTRY_KINDS } from "#app/core/ledger/entry.ts";
import { MOVE_CAUSES, type MoveWhy } from "#app/core/tiers/explain-move.ts";
import { amount } from "./json.ts";

const change = <T extends z.ZodType>(of: T) => z.object({ before: of, after: of });

const by = z.enum(["profit", "score"]);

const points = z.int().min(0).max(10_000);
const score = z.object({
  points,
  factors: z.object({ profit: points, receivables: points, cooperation: points }),
});

/** Why a customer moved, as it is stored with the move. */
export const moveWhy: z.ZodType<MoveWhy> = z.object({
  cause: z.enum(MOVE_CAUSES),
  value: change(amount),
  rank: change(z.int()),
  borders: change(z.object({ by, a: amount.nullable(), b: amount.nullable() })),
  score: change(score.nullable()),
  entries: z.array(z.object({ kind: z.enum(ENTRY_KINDS), change: amount })),
  otherEntries: amount,
  undo: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("unpin") }),
    z.object({ kind: z.literal("none") }),
    z.object({
      kind: z.literal("cross"),
      by,
      atOnce: amount,
      lasting: z.object({ change: amount, runs: z.int() }).nullable(),
      profit: amount,
    }),
  ]),
});
