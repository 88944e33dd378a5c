import type { WorldOrder } from "#tests/local-shopify/world/world.ts";

/** Instants of one form compare as text. */
const isBy =
  (instant: string) =>
  (at: string): boolean =>
    at <= instant;

/** When something happened to an order, rising, from the instant when it was placed. */
const instantsOf = (order: WorldOrder): string[] => {
  const all = [
    order.processedAt,
    ...order.transactions.map(({ processedAt }) => processedAt),
    ...order.refunds.map(({ createdAt }) => createdAt),
    ...order.edits.map(({ at }) => at),
    ...order.disputes.map(({ at }) => at),
    ...(order.cancelledAt === null ? [] : [order.cancelledAt]),
  ];
  return [...new Set(all)].filter((at) => at >= order.processedAt).toSorted();
};

/** An order as it was at an instant of its life. */
const asOf = (order: WorldOrder, instant: string): WorldOrder => {
  const wasThere = isBy(instant);
  return {
    ...order,
    transactions: order.transactions.filter(({ processedAt }) => wasThere(processedAt)),
    refunds: order.refunds.filter(({ createdAt }) => wasThere(createdAt)),
    edits: order.edits.filter(({ at }) => wasThere(at)),
    disputes: order.disputes.filter(({ at }) => wasThere(at)),
    cancelledAt: order.cancelledAt !== null && wasThere(order.cancelledAt) ? order.cancelledAt : null,
  };
};

const isOpen = (status: string): boolean => status === "NEEDS_RESPONSE";

/** What is contested is decided later: the same order before the bank has said anything. */
const undecided = (order: WorldOrder): WorldOrder => ({
  ...order,
  disputes: order.disputes.map((dispute) => ({ ...dispute, status: "NEEDS_RESPONSE" as const })),
});

/**
 * The life of an order: all states that it goes through from the moment when it is placed, the last of which is the order
 * itself. What a return, an edit or a payment brings comes at its own instant.
 */
export const statesOf = (order: WorldOrder): WorldOrder[] => {
  const states: WorldOrder[] = [];
  for (const instant of instantsOf(order)) {
    const state = asOf(order, instant);
    const known = states.at(-1)?.disputes.length ?? 0;
    if (state.disputes.length > known && state.disputes.some(({ status }) => !isOpen(status))) {
      states.push(undecided(state));
    }
    states.push(state);
  }
  return states;
};

const count = (order: WorldOrder | undefined) => ({
  transactions: order?.transactions.length ?? 0,
  refunds: order?.refunds.length ?? 0,
  edits: order?.edits.length ?? 0,
});

/** About how many webhooks a life is told by: of some, how many depends on more than this looks at. */
export const webhooksOf = (states: readonly WorldOrder[]): number =>
  states.reduce((sum, state, index) => {
    const [before, now] = [count(states[index - 1]), count(state)];
    const returned = state.refunds.filter(({ returnedAt }) => returnedAt !== undefined).length;
    const news = now.transactions - before.transactions + (now.refunds - before.refunds) + (now.edits - before.edits);
    return sum + 1 + news + (index === states.length - 1 ? 1 + 2 * returned + state.disputes.length : 0);
  }, 0);
