import fc from "fast-check";
import { expect, test } from "vitest";
import { pinFromFields, LONGEST_REASON } from "#app/core/tiers/pin-form.ts";
import { fieldsOfPolicy, fieldsShown, policyFromFields, type PolicyFields } from "#app/core/tiers/policy-form.ts";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { anyPolicy } from "#tests/factories/customer.ts";

const read = (sent: Partial<PolicyFields>, current: TierPolicy = DEFAULT_TIER_POLICY) =>
  policyFromFields(sent, current);

const faultsOf = (sent: Partial<PolicyFields>): unknown => {
  const answer = read(sent);
  return answer.ok ? {} : answer.faults;
};

test("a form that is sent as it was shown changes nothing", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      expect(read(fieldsOfPolicy(policy), policy)).toEqual({ ok: true, policy });
    }),
  );
});

test("fields that are not sent stay as they stand", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      expect(read({}, policy)).toEqual({ ok: true, policy });
    }),
  );
});

test("a method is chosen with its numbers", () => {
  expect(read({ method: "rank", rankA: "10", rankB: "15" })).toEqual({
    ok: true,
    policy: { ...DEFAULT_TIER_POLICY, method: "rank", rank: { a: 10, b: 15 } },
  });
  expect(read({ method: "score", cut: "rank", profit: "60", receivables: "30", cooperation: "10" })).toEqual({
    ok: true,
    policy: {
      ...DEFAULT_TIER_POLICY,
      method: "score",
      score: { weights: { profit: 60, receivables: 30, cooperation: 10 }, cut: "rank" },
    },
  });
});

test("hysteresis can be switched off, and comes back as by default", () => {
  const off = read({ hysteresis: "off" });
  expect(off).toEqual({ ok: true, policy: { ...DEFAULT_TIER_POLICY, hysteresis: null } });
  expect(read({ hysteresis: "on" }, { ...DEFAULT_TIER_POLICY, hysteresis: null })).toEqual({
    ok: true,
    policy: DEFAULT_TIER_POLICY,
  });
});

test("a window is a number of days, or all time whatever stands in the field for days", () => {
  expect(read({ window: "all", days: "nonsense" })).toEqual({
    ok: true,
    policy: { ...DEFAULT_TIER_POLICY, window: { kind: "all" } },
  });
  expect(read({ days: " 0090 " })).toMatchObject({ ok: true, policy: { window: { kind: "days", days: 90 } } });
});

test.each(["", " ", "0", "-1", "1.5", "1e3", "0x10", "36501", "9999999", "a year", "NaN"])(
  "%j days are refused with a message",
  (days) => {
    expect(faultsOf({ days })).toEqual({ days: "Give a whole number from 1 to 36500." });
  },
);

test("what is wrong is said at its field, each by itself", () => {
  expect(faultsOf({ method: "luck", window: "weeks", runs: "0", topPercent: "101", newDays: "x" })).toEqual({
    method: "Choose one of these.",
    window: "Choose one of these.",
    runs: "Give a whole number from 1 to 100.",
    topPercent: "Give a whole number from 1 to 100.",
    newDays: "Give a whole number from 0 to 36500.",
  });
});

test("B cannot end before A, parts cannot be more than all, and weights have to be 100 together", () => {
  expect(faultsOf({ shareA: "80", shareB: "79" })).toEqual({
    shareB: "B goes on where A ends: give as much as for A, or more.",
  });
  expect(faultsOf({ method: "rank", rankA: "60", rankB: "41" })).toEqual({
    rankB: "A and B together cannot be more than 100 %.",
  });
  expect(faultsOf({ method: "score", profit: "50", receivables: "49" })).toEqual({
    cooperation: "The weights have to be 100 % together; they are 99 %.",
  });
});

test("what the chosen method does not read is not complained of, and stays as it was", () => {
  expect(read({ method: "rank", shareA: "nonsense", profit: "1", runs: "2" })).toEqual({
    ok: true,
    policy: { ...DEFAULT_TIER_POLICY, method: "rank" },
  });
});

test("a form shows the numbers of its method alone", () => {
  const shown = (part: Partial<PolicyFields>) => fieldsShown({ ...fieldsOfPolicy(DEFAULT_TIER_POLICY), ...part });
  expect([...shown({})]).not.toContain("rankA");
  expect([...shown({ method: "score", cut: "rank" })]).toEqual(expect.arrayContaining(["rankA", "profit", "cut"]));
  expect([...shown({ method: "score", cut: "rank" })]).not.toContain("shareA");
  expect([...shown({ window: "all", hysteresis: "off" })]).not.toEqual(expect.arrayContaining(["days", "runs"]));
});

const TODAY = parseDay("2026-06-01");
const pin = { tier: "A", reason: "an old friend", until: "" };

test("a pin has a tier, a reason and, if need be, a last day", () => {
  expect(pinFromFields({ ...pin, reason: "  an old friend " }, TODAY)).toEqual({
    ok: true,
    pin: { tier: "A", reason: "an old friend", until: null },
  });
  expect(pinFromFields({ ...pin, until: "2026-06-01" }, TODAY)).toMatchObject({ ok: true, pin: { until: TODAY } });
});

test.each([
  [{ tier: "D" }, "tier"],
  [{ reason: " " }, "reason"],
  [{ reason: "x".repeat(LONGEST_REASON + 1) }, "reason"],
  [{ until: "2026-05-31" }, "until"],
  [{ until: "2026-02-30" }, "until"],
  [{ until: "tomorrow" }, "until"],
])("a pin with %j is refused at its field", (part, field) => {
  const answer = pinFromFields({ ...pin, ...part }, TODAY);
  expect(answer.ok ? [] : Object.keys(answer.faults)).toEqual([field]);
});
