import { createWriteStream } from "node:fs";
import { Writable } from "node:stream";
import { z } from "zod";
import type { RunningApp } from "#tests/setup/running-app.ts";
import type { Settings } from "./settings.ts";

const stage = z.object({
  name: z.string(),
  done: z.int(),
  limits: z.array(z.string()),
  seconds: z.number().nullable(),
});

const work = z
  .object({
    status: z.enum(["running", "finished", "failed"]),
    errorCode: z.string().nullable(),
    stages: z.array(stage),
  })
  .nullable();

const status = z.object({ sync: work, recompute: work, reconcile: work, publish: work, backtest: work });

type WorkName = keyof z.infer<typeof status>;

export type SyncStage = z.infer<typeof stage>;

/** Stages of a recomputation beside those of the sync: both end with the tiers. */
const asRecomputed = (one: SyncStage): SyncStage => ({ ...one, name: `recomputed ${one.name}` });

const POLL_MS = 250;
/** As a merchant's browser would name itself; the app's library turns away what looks like a robot. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Does over HTTP, signed in with session tokens, what a merchant does in the admin. */
export class Merchant {
  private readonly running: RunningApp;

  constructor(running: RunningApp) {
    this.running = running;
  }

  private async request(path: string, init: RequestInit = {}): Promise<Response> {
    const token = this.running.shopify.oauth.mintSessionToken();
    const headers = { Authorization: `Bearer ${token}`, "User-Agent": BROWSER };
    const response = await fetch(`${this.running.appUrl}${path}`, { ...init, headers, redirect: "manual" });
    if (response.status !== 200) {
      const said = response.status === 422 ? `: ${await response.text()}` : "";
      throw new Error(`${init.method ?? "GET"} ${path} answered ${response.status}${said}`);
    }
    return response;
  }

  /** Opens the app for the first time: it exchanges the token, records the shop and starts the first sync. */
  async open(): Promise<void> {
    await this.request("/app/status.json");
  }

  async saveSettings(settings: Settings): Promise<void> {
    await this.savePolicy(settings);
    await this.saveRules(settings);
  }

  private async saveRules({ rules }: Settings): Promise<void> {
    if (rules === undefined) return;
    await this.request("/app/costs/rules.json", { method: "POST", body: JSON.stringify(rules) });
  }

  private async savePolicy({ window, tierMethod, weights }: Settings): Promise<void> {
    const fields = {
      ...(window === undefined ? {} : window === "all" ? { window } : { window: "days", days: String(window.days) }),
      ...(tierMethod === undefined ? {} : { method: tierMethod }),
      ...(weights === undefined
        ? {}
        : {
            profit: String(weights.profit ?? 0),
            receivables: String(weights.receivables ?? 0),
            cooperation: String(weights.cooperation ?? 0),
          }),
    };
    if (Object.keys(fields).length === 0) return;
    await this.request("/app/tiers?index", {
      method: "POST",
      body: new URLSearchParams({ ...fields, intent: "save" }),
    });
  }

  /**
   * Waits until the sync is done, and whatever the settings have had worked out again after it.
   *
   * @throws Error with the code of a work that failed
   */
  async waitForSync(): Promise<readonly SyncStage[]> {
    const { sync, recompute } = await this.waitFor(["sync", "recompute"]);
    return [...(sync?.stages ?? []), ...(recompute?.stages ?? []).map(asRecomputed)];
  }

  /** Has the ledger compared with Shopify. @throws Error with the code when it failed */
  async reconcile(): Promise<readonly SyncStage[]> {
    await this.request("/app/reconciliation?index", { method: "POST" });
    return (await this.waitFor(["reconcile"])).reconcile?.stages ?? [];
  }

  /** Saves a discount plan and has it brought to Shopify. @throws Error with what is wrong with it, by its place */
  async publishPlan(plan: unknown): Promise<readonly SyncStage[]> {
    await this.request("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(plan) });
    return (await this.waitFor(["publish"])).publish?.stages ?? [];
  }

  /** Has the plan tried on the orders of the settings' window: of a year, unless they say otherwise. @throws Error with the code */
  async backtest({ window = { days: 365 } }: Settings): Promise<readonly SyncStage[]> {
    await this.request("/app/backtest.json", { method: "POST", body: JSON.stringify({ window }) });
    return (await this.waitFor(["backtest"])).backtest?.stages ?? [];
  }

  /** Waits until none of the works is running; the first one must have been started. */
  private async waitFor(names: readonly WorkName[]): Promise<z.infer<typeof status>> {
    for (;;) {
      const works = status.parse(await (await this.request("/app/status.json")).json());
      for (const name of names) {
        if (works[name]?.status !== "failed") continue;
        throw new Error(`The ${name} failed: ${works[name].errorCode ?? "no reason given"}`);
      }
      const [first] = names;
      if (first && works[first] && names.every((name) => works[name]?.status !== "running")) return works;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async download(path: string, file: string): Promise<void> {
    const { body } = await this.request(path);
    if (!body) throw new Error(`${path} has no body`);
    const out = createWriteStream(file);
    await body.pipeTo(Writable.toWeb(out));
  }
}
