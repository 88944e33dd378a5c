import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/**
 * Functions of app/db that run queries and are not told the shop first, each with its reason. Everything else names the
 * shop in its first or second argument, or gets rows and values.
 */
const NOT_TOLD_THE_SHOP: Readonly<Record<string, string>> = {
  receiveApart: "told the domain, by which the shop is found",
  findShop: "told the domain",
  findShopById: "told the shop's own number",
  shopDomain: "told the shop's own number",
  saveShop: "told the domain among the facts",
  markUninstalled: "told the domain",
  findEvent: "told a key that begins with the shop",
  markDone: "told a key that begins with the shop",
  keepDataRequest: "told an event that begins with the shop",
  saveStage: "told a place that begins with the shop",
  endWork: "told a place that begins with the shop",
  savePin: "told a customer that begins with the shop",
  shopsDue: "looks for shops, and says no more of them than their numbers",
  cleanUp: "deletes by age, over all shops",
  writeOrders: "told the shop among what it has to know",
  writeRecomputed: "told the shop among what it has to know",
  copyOrders: "copies rows, each of which begins with the shop",
  copyLedgers: "copies rows, each of which begins with the shop",
  writeAsOf: "told a version that begins with the shop",
  createInbox: "told the domain, by which the shop is found",
  shopsWithEventsDue: "looks for shops, and says no more of them than their numbers",
  previewTiers: "told the shop as a whole",
  saveDifferences: "told a run that begins with the shop",
  finishReconciliation: "told a run that begins with the shop",
  saveProvisional: "told a place that begins with the shop",
  copyRows: "writes rows, each of which begins with the shop",
  copyText: "writes rows, each of which begins with the shop",
  copyField: "prints a value",
  createBulkPool: "opens connections",
  prepareStage: "makes empty tables of the connection's own",
  tablesWith: "reads the catalogue",
  refreshStatistics: "has the database count its rows, and reads none",
  pendingMigrations: "reads the list of migrations",
  migrate: "changes tables, no rows of a shop",
  forgetOldValues: "deletes by age, over all shops",
  createPages: "makes the questions above",
  createTermsPages: "makes the questions above",
  createPool: "makes connections",
  createQueuePool: "makes connections",
  inTransaction: "runs what it is given",
  isDatabaseAway: "looks at an error",
  endGivenUpWorks: "ends works that nobody does, over all shops",
  databaseFault: "looks at an error",
  fromSnapshot: "runs what it is given",
  intendRebate: "told a rebate that begins with the shop",
  intendAgain: "told a rebate that begins with the shop",
  dropRebate: "told a rebate that begins with the shop",
  beginCall: "told a rebate that begins with the shop",
  takeCallBack: "told a rebate that begins with the shop",
  holdRebate: "told a rebate that begins with the shop",
  refuseRebate: "told a rebate that begins with the shop",
  markGiven: "told a rebate that begins with the shop",
  confirmGiven: "told a rebate that begins with the shop",
  dismissRebate: "told a rebate that begins with the shop",
  setDueBack: "told a rebate that begins with the shop",
  beginTakingBack: "told a rebate that begins with the shop",
  endTakingBack: "told a rebate that begins with the shop",
  noteTakenBack: "told a rebate that begins with the shop",
  noteExpired: "told a rebate that begins with the shop",
  periodAt: "looks through what it is given",
  encryptedSessionStorage: "stores sessions by their ids, which name the domain",
};

describe("functions of app/db", async () => {
  const files = readdirSync("app/db", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".server.ts"),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const exported: unknown = await import(path.resolve("app/db", file));
      return Object.entries(exported ?? {}).flatMap(([name, one]) =>
        typeof one === "function" ? [{ name, one }] : [],
      );
    }),
  ).then((all) => all.flat());

  /** The names of the first two parameters, as they are written. */
  const parametersOf = (one: { toString(): string }): string[] =>
    (/^(?:async\s*)?(?:function\s*\*?\s*\w*)?\s*\(?([^)=]*)/.exec(one.toString())?.[1] ?? "")
      .split(",")
      .slice(0, 2)
      .map((parameter) => parameter.trim());

  test("are found", () => {
    expect(found.length).toBeGreaterThan(60);
  });

  test.each(found.filter(({ one }) => !one.toString().startsWith("class")))(
    "$name is told the shop first, or says here why not",
    ({ name, one }) => {
      const isTold = parametersOf(one).includes("shopId");
      expect({ name, isTold: isTold || name in NOT_TOLD_THE_SHOP }).toEqual({ name, isTold: true });
    },
  );

  test("that are listed are all still there", () => {
    const names = new Set(found.map(({ name }) => name));
    expect(Object.keys(NOT_TOLD_THE_SHOP).filter((name) => !names.has(name))).toEqual([]);
  });
});
