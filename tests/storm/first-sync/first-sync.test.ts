import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultName } from "./faults.ts";
import { openGround, type Ground, type Round } from "./rounds.ts";
import { mountSmallDisk } from "./small-disk.ts";

let ground: Ground;
beforeAll(async () => {
  const seed = process.env.PARETO_STORM_SEED ?? "7";
  ground = await openGround({ seed, orders: 200, say: (text) => console.log(text) });
});
afterAll(() => ground.stop());

const expectAsUndisturbed = async (...faults: FaultName[]): Promise<Round> => {
  const round = await ground.round(faults);
  expect(round.skipped).toBeNull();
  // By lines, so that a difference can be read.
  for (const { faulted, undisturbed } of round.different) expect(faulted.split("\n")).toEqual(undisturbed.split("\n"));
  expect(round.different).toEqual([]);
  return round;
};

test("a first sync during which the worker, the web process and the database are killed ends as an undisturbed one", async () => {
  await expectAsUndisturbed("worker killed", "web process killed", "database killed");
});

test("when the token is revoked meanwhile, Home says so, and after signing in again a retry finishes the sync", async () => {
  const { stops } = await expectAsUndisturbed("token revoked", "child row missing");
  expect(stops).toContainEqual({ code: "token-revoked", isSaid: true });
});

const disk = mountSmallDisk(1);
if (typeof disk === "string") console.log(`Nothing is said of a full disk: ${disk}.`);
else disk.unmount();

test.skipIf(typeof disk === "string")(
  "when the disk of the database is full, Home says so, and once there is room a retry finishes the sync",
  async () => {
    const { stops } = await expectAsUndisturbed("disk of the database full");
    expect(stops).toContainEqual({ code: "database-full", isSaid: true });
  },
);
