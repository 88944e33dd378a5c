import { expect, test } from "vitest";
import { windowFromForm } from "#app/core/tiers/window-form.ts";

test("all time is a window, whatever stands in the field for days", () => {
  expect(windowFromForm("all", "365")).toEqual({ ok: true, window: { kind: "all" } });
  expect(windowFromForm("all", null)).toEqual({ ok: true, window: { kind: "all" } });
});

test.each([
  ["1", 1],
  ["365", 365],
  [" 90 ", 90],
  ["0090", 90],
  ["36500", 36_500],
])("%j days are a window of %d days", (written, days) => {
  expect(windowFromForm("days", written)).toEqual({ ok: true, window: { kind: "days", days } });
});

test.each([null, "", " ", "0", "-1", "1.5", "1e3", "0x10", "36501", "9999999", "a year", "NaN"])(
  "%j days are refused with a message",
  (written) => {
    expect(windowFromForm("days", written)).toEqual({ ok: false, message: "Give a number of days from 1 to 36500." });
  },
);

test.each([null, "", "weeks"])("a window of the kind %j is refused with a message", (kind) => {
  expect(windowFromForm(kind, "30")).toEqual({ ok: false, message: "Choose a window." });
});
