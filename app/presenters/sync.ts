import type { SyncLimit } from "#app/core/sync/stages.ts";
import { count } from "./format.ts";

export interface StageView {
  readonly name: string;
  readonly label: string;
  readonly detail: string;
  /** 0 to 100. */
  readonly percent: number;
  readonly state: "waiting" | "active" | "done" | "skipped";
}

export interface SyncView {
  readonly state: "running" | "finished" | "failed";
  readonly percent: number;
  readonly stages: readonly StageView[];
  readonly limits: readonly string[];
  readonly failure: { readonly title: string; readonly advice: string } | null;
}

interface Stage {
  readonly name: string;
  readonly status: "waiting" | "reading" | "loading" | "finished" | "skipped";
  readonly total: number | null;
  readonly done: number;
  readonly limits: readonly SyncLimit[];
  readonly secondsLeft: number | null;
}

interface Run {
  readonly status: SyncView["state"];
  readonly errorCode: string | null;
  readonly stages: readonly Stage[];
}

const LABELS: Readonly<Record<string, string>> = {
  products: "Products and unit costs",
  collections: "Collections",
  customers: "Customers",
  companies: "Companies",
  catalogs: "Volume pricing of companies",
  disputes: "Disputed payments",
  orders: "Orders",
  changes: "Changed orders",
  "gone-orders": "Deleted orders",
  "gone-customers": "Deleted and merged customers",
  tiers: "Profit and tiers",
  ranking: "Tiers",
  ledger: "Every order's ledger",
  totals: "Totals of all orders",
  "plan-floors": "Lowest prices of products",
  "plan-groups": "Collections of products",
  "plan-standings": "What customers are entitled to",
  "plan-payments": "What holds buyers who pay now to it",
  "plan-discount": "The discount itself",
  "withdraw-discount": "The discount itself",
  "withdraw-payments": "What held buyers who pay now to it",
  "withdraw-values": "What was written to products and customers",
  sales: "Sales of changed orders",
  backtest: "Past orders",
};

const LIMITS: Readonly<Record<SyncLimit, string>> = {
  "orders-60-days":
    "Only orders of the last 60 days could be read: access to all orders (read_all_orders) is not granted. Profit and tiers cover those orders only.",
  "no-scope": "access was not granted, so this part was left out.",
  "no-names": "Shopify withheld customers' names: the app's access to protected customer data does not cover them.",
  "no-emails":
    "Shopify withheld e-mail addresses: guests cannot be told apart and are counted in the shop's totals only.",
};

const FAILURES: Readonly<Record<string, { title: string; advice: string }>> = {
  "token-revoked": {
    title: "Shopify no longer accepts the app's access",
    advice: "Reload this page to sign in again. If that does not help, uninstall the app and install it again.",
  },
  "access-denied": {
    title: "The app is missing an access scope",
    advice: "Reload this page and approve the access that Shopify asks for, then try again.",
  },
  throttled: { title: "Shopify is limiting requests", advice: "Other apps may be busy. Try again in a few minutes." },
  unavailable: { title: "Shopify did not answer", advice: "Nothing is lost: try again, and the sync carries on." },
  "bulk-failed": {
    title: "Shopify could not finish the export of this shop's data",
    advice: "Try again; if it keeps failing, Shopify's status page may say more.",
  },
  "database-away": {
    title: "The app's database was out of reach",
    advice: "Nothing is lost: the work is taken up again in a moment. Or try again now, and it carries on.",
  },
  "database-full": {
    title: "The app's database has no room left",
    advice: "Nothing is lost. Whoever runs the app has to make room; then try again, and the work carries on.",
  },
  "given-up": {
    title: "The work was broken off again and again",
    advice: "Nothing is lost: try again, and it carries on. If it stops again, tell the app's support.",
  },
  "bulk-broken": { title: "Shopify's export arrived damaged", advice: "Try again: it will be fetched anew." },
};

const UNKNOWN_FAILURE = {
  title: "The work stopped because of a fault in the app",
  advice: "Try again. If it stops again, tell the app's support; the log has the details.",
};

/** Reading and then loading the same objects are half of a stage each. */
const percentOf = ({ status, total, done }: Stage): number => {
  if (status === "finished" || status === "skipped") return 100;
  if (status === "waiting" || !total) return 0;
  const share = Math.min(1, done / total);
  return Math.round(status === "reading" ? share * 50 : 50 + share * 50);
};

/** "about 3 min left", in the unit that suits. */
const timeLeft = (seconds: number | null): string => {
  if (seconds === null) return "";
  if (seconds < 90) return `, about ${Math.max(1, seconds)} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `, about ${minutes} min left` : `, about ${Math.round(minutes / 60)} h left`;
};

const planDetail = ({ name, status, done }: Pick<Stage, "name" | "status" | "done">): string => {
  if (status !== "finished") return `At work: ${count(done)}`;
  if (name.endsWith("-discount")) return "Done";
  return done === 0 ? "Nothing changed" : `${count(done)} changed`;
};

const detailOf = ({ name, status, total, done, secondsLeft }: Stage): string => {
  if (status === "waiting") return "Waiting";
  if (status === "skipped") return "Not available";
  if (name === "tiers" || name === "ranking")
    return status === "finished" ? "Done" : "Working out every customer's profit";
  if (/^(plan|withdraw)-/.test(name)) return planDetail({ name, status, done });
  if (name.startsWith("gone-")) return status === "finished" ? "Done" : "Looking for what is gone at Shopify";
  const of = total === null ? "" : ` of ${count(Math.max(total, done))}`;
  if (status === "finished") return `${count(done)} read`;
  return `${status === "reading" ? "Shopify is preparing" : "Reading"}: ${count(done)}${of}${timeLeft(secondsLeft)}`;
};

const stateOf = ({ status }: Stage): StageView["state"] =>
  status === "finished" ? "done" : status === "waiting" || status === "skipped" ? status : "active";

/** A sync for people: how far it is, what it could not see, and what to do when it failed. */
export const presentSync = (run: Run): SyncView => {
  const stages = run.stages.map((stage) => ({
    name: stage.name,
    label: LABELS[stage.name] ?? stage.name,
    detail: detailOf(stage),
    percent: percentOf(stage),
    state: stateOf(stage),
  }));
  const limits = run.stages.flatMap(({ name, limits: codes }) =>
    codes.map((code) => (code === "no-scope" ? `${LABELS[name] ?? name}: ${LIMITS[code]}` : LIMITS[code])),
  );
  const percent = Math.round(stages.reduce((total, stage) => total + stage.percent, 0) / Math.max(1, stages.length));
  const failure = run.status === "failed" ? (FAILURES[run.errorCode ?? ""] ?? UNKNOWN_FAILURE) : null;
  return { state: run.status, percent, stages, limits, failure };
};
