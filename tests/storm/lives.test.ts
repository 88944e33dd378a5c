import { expect, test } from "vitest";
import { generatedWorld, WORLD_NOW } from "#tests/factories/generated-world.ts";
import { validateOrder, type World } from "#tests/local-shopify/world/world.ts";
import { statesOf } from "./lives.ts";

const world = generatedWorld({ seed: "lives", customers: 60, orders: 300, mix: "everything" });
const lives = world.orders.map((order) => ({ order, states: statesOf(order) }));

/** The world without orders: each state is checked by itself. */
const empty: World = {
  ...world,
  orders: [],
  ordersById: new Map(),
  taken: { ...world.taken, lines: new Set(), refunds: new Set() },
};

test("every life ends with the order itself", () => {
  for (const { order, states } of lives) expect(states.at(-1)).toEqual(order);
});

test("every state of every life is an order that a shop could have", () => {
  for (const { states } of lives) for (const state of states) validateOrder(empty, state, WORLD_NOW);
  expect(lives.flatMap(({ states }) => states).length).toBeGreaterThan(2 * lives.length);
});

test("nothing that has happened to an order is undone later, and payments keep their places", () => {
  for (const { states } of lives) {
    for (const [index, state] of states.entries()) {
      const before = states[index - 1];
      if (!before) continue;
      expect(state.transactions.slice(0, before.transactions.length)).toEqual(before.transactions);
      expect(state.edits.slice(0, before.edits.length)).toEqual(before.edits);
      expect(new Set(state.refunds)).toEqual(new Set([...before.refunds, ...state.refunds]));
    }
  }
});
