import { z } from "zod";
import { record } from "#app/audit.server.ts";
import { SCOPE_REASONS } from "#app/core/access/scope-reasons.ts";
import type { ShopStatus } from "#app/presenters/status.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

/** How many of the webhooks that were set aside the page shows. */
const SHOWN = 20;

/** The state of the shop's works, webhooks and access as it is now. */
export const readStatus = async ({ app, shop }: SignedIn): Promise<ShopStatus> => {
  const now = app.now();
  const [sync, catchUp, run, inbox, setAside, jobs] = await Promise.all([
    app.pages.latestSync(shop.id),
    app.pages.latestCatchUp(shop.id),
    app.pages.latestRun(shop.id),
    app.pages.inboxHealth(shop.id, now),
    app.pages.setAsideEvents(shop.id, SHOWN),
    app.pages.failedJobs(shop.id),
  ]);
  const asked = new Set([...app.env.SCOPES.split(","), ...Object.keys(SCOPE_REASONS)]);
  const state = { sync, catchUp, tiersAsOf: run?.asOf ?? null, inbox, setAside, jobs };
  return { now, timeZone: shop.timeZone, ...state, asked: [...asked].toSorted(), granted: shop.scopes };
};

const action = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("catch-up") }),
  z.object({ intent: z.literal("retry"), eventId: z.string().min(1), topic: z.string().min(1) }),
  z.object({ intent: z.literal("retry-all") }),
  z.object({ intent: z.literal("retry-job"), job: z.string().regex(/^\d{1,18}$/) }),
]);

/** Does what a button of the page asks for. @returns false for a form that is none of its */
export const doStatusAction = async (signedIn: SignedIn, form: FormData): Promise<boolean> => {
  const { app, shop } = signedIn;
  const asked = action.safeParse(Object.fromEntries(form));
  if (!asked.success) return false;
  switch (asked.data.intent) {
    case "catch-up":
      await app.pages.requestCatchUp(shop.id, app.now());
      await record(signedIn, { kind: "catch-up-requested" });
      return true;
    case "retry":
    case "retry-all": {
      const events = await app.pages.retryEvents(shop.id, asked.data.intent === "retry" ? asked.data : null);
      if (events > 0) await record(signedIn, { kind: "webhooks-retried", events });
      return events > 0;
    }
    case "retry-job": {
      const job = await app.pages.retryJob(shop.id, asked.data.job);
      if (job !== null) await record(signedIn, { kind: "job-retried", job });
      return job !== null;
    }
  }
};
