import { z } from "zod";
import { record } from "#app/audit.server.ts";
import { rulesOn } from "#app/core/costs/cost-rules.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { pageFromQuery, presentPager } from "#app/presenters/pager.ts";
import {
  presentLatePayer,
  presentOpenInvoice,
  presentRebate,
  presentTermsFigures,
  presentTermsOffer,
  type TermsView,
} from "#app/presenters/terms.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

export const TERMS_TABS = ["open", "lapsing", "overdue", "late", "rebates"] as const;
export type TermsTab = (typeof TERMS_TABS)[number];

const tabOf = (query: URLSearchParams): TermsTab =>
  TERMS_TABS.find((tab) => tab === query.get("view")) ?? TERMS_TABS[0];

/** The list of a tab, as the page draws it. */
const listOf = async ({ app, shop }: SignedIn, tab: TermsTab, page: number): Promise<TermsView["list"]> => {
  const at = { timeZone: shop.timeZone, now: app.now() };
  const today = shopDays(shop.timeZone)(at.now.getTime());
  if (tab === "late") {
    const { total, perPage, payers } = await app.pages.latePayers(shop.id, today, page);
    const rows = payers.map((payer) => presentLatePayer(payer, shop.currency));
    return { kind: "payers", rows, pager: presentPager(page, total, perPage) };
  }
  if (tab === "rebates") {
    const { total, perPage, rebates } = await app.pages.rebates(shop.id, page);
    const rows = rebates.map((rebate) => presentRebate(rebate, shop));
    return { kind: "rebates", rows, pager: presentPager(page, total, perPage) };
  }
  const { total, perPage, invoices } = await app.pages.openInvoices(shop.id, tab, { ...at, page });
  const rows = invoices.map((invoice) => presentOpenInvoice(invoice, shop.currency, today));
  return { kind: "invoices", rows, pager: presentPager(page, total, perPage) };
};

/** What the page of payment terms shows. */
export const readTerms = async (signedIn: SignedIn, query: URLSearchParams): Promise<TermsView> => {
  const { app, shop } = signedIn;
  const tab = tabOf(query);
  const today = shopDays(shop.timeZone)(app.now().getTime());
  const [list, early, totals, rebates, rules] = await Promise.all([
    listOf(signedIn, tab, pageFromQuery(query)),
    app.pages.earlyPart(shop.id),
    app.pages.openTotals(shop.id, today),
    app.pages.rebateTotals(shop.id),
    app.pages.costRules(shop.id),
  ]);
  const [rule] = rulesOn(rules, "credit_cost", today).toReversed();
  return {
    tab,
    list,
    figures: presentTermsFigures(totals, rebates, shop.currency),
    offer: early && presentTermsOffer(early, rule?.percent ?? null),
    held: rebates.held,
  };
};

const action = z.object({
  intent: z.enum(["confirm", "give", "dismiss"]),
  order: z.string().regex(/^\d{1,18}$/),
});

/** Does what a button at a held discount asks for. @returns false where it was done already, or is none of the shop's */
export const doTermsAction = async (signedIn: SignedIn, form: FormData): Promise<boolean> => {
  const asked = action.safeParse(Object.fromEntries(form));
  if (!asked.success) return false;
  const { app, shop } = signedIn;
  const { intent, order } = asked.data;
  const id = BigInt(order);
  switch (intent) {
    case "confirm": {
      const isDone = await app.pages.confirmRebate(shop.id, id, app.now());
      if (isDone) await record(signedIn, { kind: "rebate-confirmed", order });
      return isDone;
    }
    case "give": {
      const isDone = await app.pages.giveRebate(shop.id, id);
      if (isDone) await record(signedIn, { kind: "rebate-given", order });
      return isDone;
    }
    case "dismiss": {
      const isDone = await app.pages.dismissRebate(shop.id, id);
      if (isDone) await record(signedIn, { kind: "rebate-dismissed", order });
      return isDone;
    }
  }
};
