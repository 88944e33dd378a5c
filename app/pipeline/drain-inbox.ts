import { idOf } from "#app/core/ids/gid.ts";
import { nextTry } from "#app/core/webhooks/retry.ts";
import { effectOf, type TopicEffect } from "#app/core/webhooks/topics.ts";
import {
  markDone,
  markFailed,
  nextDue,
  waitingEvents,
  type WaitingEvent,
} from "#app/db/inbox/waiting-events.server.ts";
import { ShopGone } from "#app/db/ledger-version.server.ts";
import { isDatabaseAway } from "#app/db/pool.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { PipelineContext } from "./context.ts";
import { HANDLINGS } from "./handle-event.ts";
import { refreshCustomers } from "./refresh-customers.ts";

type Effect = keyof typeof HANDLINGS;

/** All events about one object that ask for the same: it is read again once for all of them. */
interface Task {
  readonly effect: Effect;
  /** Null: the shop itself, or nothing that is read. */
  readonly id: bigint | null;
  readonly events: WaitingEvent[];
}

/** Events that are looked at together: the more, the more of them are about the same object. */
const AT_ONCE = 5000;

/** An event without an id of what it is about is done with: there is nothing to read. */
const effectFor = ({ topic, subject }: WaitingEvent): Effect => {
  const effect: TopicEffect = effectOf(topic);
  if (effect === "uninstalled") return "noted";
  return HANDLINGS[effect].kind !== null && subject === null ? "noted" : effect;
};

const tasksOf = (events: readonly WaitingEvent[]): Task[] => {
  const tasks = new Map<string, Task>();
  for (const event of events) {
    const effect = effectFor(event);
    const { kind } = HANDLINGS[effect];
    const id = kind === null || event.subject === null ? null : idOf(event.subject, kind);
    const key = `${effect} ${id ?? ""}`;
    const task = tasks.get(key);
    if (task) task.events.push(event);
    else tasks.set(key, { effect, id, events: [event] });
  }
  return [...tasks.values()];
};

/** Tasks that are done at once: those of the same effect, as many as it takes, in the order in which they came. */
const groupsOf = (tasks: readonly Task[]): Task[][] => {
  const groups: Task[][] = [];
  const open = new Map<Effect, Task[]>();
  for (const task of tasks) {
    const group = open.get(task.effect);
    if (group && group.length < HANDLINGS[task.effect].together) {
      group.push(task);
      continue;
    }
    const started = [task];
    groups.push(started);
    open.set(task.effect, started);
  }
  return groups;
};

const handle = async (context: PipelineContext, tasks: readonly Task[]): Promise<void> => {
  const [first] = tasks;
  if (!first) return;
  const { pool, shop, now } = context;
  const ids = tasks.map(({ id }) => id).filter((id) => id !== null);
  const owners = await HANDLINGS[first.effect].handle(context, ids);
  await refreshCustomers(pool, shop, [...new Set(owners)], now());
  const events = tasks.flatMap(({ events: all }) => all);
  await markDone(pool, shop.id, events, now());
};

/** Whether a failure says nothing of the event: Shopify or the database is out of reach, or the shop is gone. */
const isOfTheShop = (error: unknown): boolean =>
  error instanceof ShopGone ||
  isDatabaseAway(error) ||
  (error instanceof ShopifyError && ["token-revoked", "unavailable", "throttled"].includes(error.code));

const MOST_SAID = 500;

/** The code and the words of a failure, for the page that shows it. */
const saidOf = (error: unknown): { code: string; message: string } => ({
  code: error instanceof ShopifyError ? error.code : "bug",
  message: (error instanceof Error ? error.message : String(error)).slice(0, MOST_SAID),
});

/**
 * Handles tasks together; when that fails, each by itself, so that one that cannot be done keeps no other from being done.
 * The one that fails is tried again later, and set aside in the end.
 *
 * @throws what says nothing of the events
 */
const handleOrNote = async (context: PipelineContext, tasks: readonly Task[]): Promise<void> => {
  try {
    await handle(context, tasks);
  } catch (error) {
    if (isOfTheShop(error)) throw error;
    const [task] = tasks;
    if (!task) return;
    if (tasks.length > 1) {
      for (const one of tasks) await handleOrNote(context, [one]);
      return;
    }
    const { pool, shop, now, logger } = context;
    const failures = 1 + Math.max(...task.events.map(({ attempts }) => attempts));
    const tryAt = nextTry(failures, now());
    const topics = [...new Set(task.events.map(({ topic }) => topic))];
    logger.error({ err: error, shopId: shop.id, topics, failures, isSetAside: tryAt === null }, "webhook failed");
    await markFailed(pool, shop.id, task.events, { ...saidOf(error), tryAt });
  }
};

/**
 * Works off a shop's webhooks that are due. All events about one object are one reading of it.
 *
 * @returns when the next one that has failed is due; null where none waits
 * @throws ShopifyError when Shopify is out of reach: what is not done stays waiting
 */
export const drainInbox = async (context: PipelineContext): Promise<Date | null> => {
  const { pool, shop, now, isStopping } = context;
  for (;;) {
    const events = await waitingEvents(pool, shop.id, now(), AT_ONCE);
    if (events.length === 0) return nextDue(pool, shop.id);
    for (const group of groupsOf(tasksOf(events))) {
      await handleOrNote(context, group);
      if (isStopping()) return now();
    }
  }
};
