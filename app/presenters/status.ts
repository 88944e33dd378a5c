import { SCOPE_REASONS } from "#app/core/access/scope-reasons.ts";
import { count, dateTime, plural } from "./format.ts";
import { presentSync } from "./sync.ts";

type Tone = "success" | "warning" | "critical" | "info";

export interface StatusLine {
  readonly label: string;
  readonly text: string;
  readonly tone: Tone;
}

export interface TopicView {
  readonly topic: string;
  readonly lastAt: string;
  readonly lately: string;
}

export interface SetAsideView {
  readonly eventId: string;
  readonly topic: string;
  readonly about: string;
  readonly why: string;
  readonly when: string;
}

export interface FailedJobView {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  readonly when: string;
}

export interface ScopeView {
  readonly scope: string;
  readonly why: string;
  readonly isGranted: boolean;
}

export interface StatusView {
  readonly lines: readonly StatusLine[];
  readonly topics: readonly TopicView[];
  readonly setAside: readonly SetAsideView[];
  /** How many are set aside in all, where not all are shown. */
  readonly setAsideMore: string | null;
  readonly jobs: readonly FailedJobView[];
  readonly scopes: readonly ScopeView[];
}

type Run = Parameters<typeof presentSync>[0] & { readonly startedAt: Date; readonly finishedAt: Date | null };

interface Inbox {
  readonly waiting: number;
  readonly waitingSince: Date | null;
  readonly setAside: number;
  readonly medianSeconds: number | null;
  readonly topics: readonly { readonly topic: string; readonly lastAt: Date; readonly lately: number }[];
}

export interface ShopStatus {
  readonly now: Date;
  readonly timeZone: string;
  readonly sync: Run | null;
  readonly catchUp: Run | null;
  readonly tiersAsOf: Date | null;
  readonly inbox: Inbox;
  readonly setAside: readonly {
    readonly eventId: string;
    readonly topic: string;
    readonly subject: string | null;
    readonly receivedAt: Date;
    readonly attempts: number;
    readonly errorMessage: string;
  }[];
  readonly jobs: readonly {
    readonly id: string;
    readonly name: string;
    readonly failedAt: Date;
    readonly error: string;
  }[];
  readonly asked: readonly string[];
  readonly granted: readonly string[];
}

const workLine = (label: string, run: Run | null, timeZone: string, never: StatusLine): StatusLine => {
  if (!run) return never;
  if (run.status === "running")
    return { label, text: `Under way since ${dateTime(run.startedAt, timeZone)}`, tone: "info" };
  const at = dateTime(run.finishedAt ?? run.startedAt, timeZone);
  const failure = presentSync(run).failure;
  return failure
    ? { label, text: `${failure.title} (${at}). ${failure.advice}`, tone: "critical" }
    : { label, text: `Finished ${at}`, tone: "success" };
};

const MINUTE_MS = 60_000;
/** A webhook that has been waiting for longer is no longer on its way. */
const LATE_MS = 10 * MINUTE_MS;

const seconds = (value: number): string => {
  if (value < 90) return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  const minutes = Math.round(value / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

const waitingLine = ({ waiting, waitingSince }: Inbox, now: Date): StatusLine => {
  const label = "Webhooks waiting";
  if (waiting === 0 || waitingSince === null) return { label, text: "None", tone: "success" };
  const ms = now.getTime() - waitingSince.getTime();
  const text = `${count(waiting)}, the oldest for ${seconds(Math.max(0, ms / 1000))}`;
  return { label, text, tone: ms > LATE_MS ? "warning" : "info" };
};

const lagLine = ({ medianSeconds }: Inbox): StatusLine => ({
  label: "From a change at Shopify to its figures here",
  text: medianSeconds === null ? "No webhooks in the last 24 hours" : `${seconds(medianSeconds)} (median of 24 hours)`,
  tone: medianSeconds === null || medianSeconds * 1000 <= LATE_MS ? "success" : "warning",
});

const failedLine = ({ setAside }: Inbox, jobs: number): StatusLine => ({
  label: "Failed",
  text:
    setAside + jobs === 0
      ? "Nothing"
      : `${plural(setAside, "webhook")} set aside, ${plural(jobs, "job")} given up: see below`,
  tone: setAside + jobs === 0 ? "success" : "critical",
});

/** "Order 1001" of a global id. */
const aboutOf = (subject: string | null): string => {
  const [, kind, id] = /^gid:\/\/shopify\/(\w+)\/(\d+)$/.exec(subject ?? "") ?? [];
  return kind === undefined ? "The shop" : `${kind} ${id}`;
};

const JOB_NAMES: Readonly<Record<string, string>> = {
  sync_shop: "Reading the shop",
  catch_up_shop: "Catching up",
  recompute_shop: "Working profit out again",
  reconcile_shop: "Comparing with Shopify",
  run_tiers: "Setting tiers",
  drain_inbox: "Working off webhooks",
  give_rebates: "Giving discounts for early payment",
  inbox_event: "Privacy or uninstall webhook",
};

/** The state of a shop for people: what was read when, how webhooks are doing, what failed, and what the app may not see. */
export const presentStatus = (status: ShopStatus): StatusView => {
  const { timeZone, inbox, now } = status;
  const tiers: StatusLine = status.tiersAsOf
    ? { label: "Tiers", text: `Set ${dateTime(status.tiersAsOf, timeZone)}`, tone: "success" }
    : { label: "Tiers", text: "Not set yet", tone: "info" };
  return {
    lines: [
      workLine("Whole shop read", status.sync, timeZone, { label: "Whole shop read", text: "Not yet", tone: "info" }),
      workLine("Caught up with missed changes", status.catchUp, timeZone, {
        label: "Caught up with missed changes",
        text: "Not yet: once a day, when the shop's day begins",
        tone: "info",
      }),
      tiers,
      waitingLine(inbox, now),
      lagLine(inbox),
      failedLine(inbox, status.jobs.length),
    ],
    topics: inbox.topics.map(({ topic, lastAt, lately }) => ({
      topic,
      lastAt: dateTime(lastAt, timeZone),
      lately: count(lately),
    })),
    setAside: status.setAside.map(({ eventId, topic, subject, receivedAt, attempts, errorMessage }) => ({
      eventId,
      topic,
      about: aboutOf(subject),
      why: `${errorMessage} (tried ${plural(attempts, "time")})`,
      when: dateTime(receivedAt, timeZone),
    })),
    setAsideMore: inbox.setAside > status.setAside.length ? `${count(inbox.setAside)} are set aside in all.` : null,
    jobs: status.jobs.map(({ id, name, failedAt, error }) => ({
      id,
      name: JOB_NAMES[name] ?? name,
      why: error,
      when: dateTime(failedAt, timeZone),
    })),
    scopes: status.asked.map((scope) => ({
      scope,
      why: SCOPE_REASONS[scope] ?? "",
      isGranted: status.granted.includes(scope) || status.granted.includes(scope.replace(/^read_/, "write_")),
    })),
  };
};
