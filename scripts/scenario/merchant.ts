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

const status = z.object({
  sync: z
    .object({
      status: z.enum(["running", "finished", "failed"]),
      errorCode: z.string().nullable(),
      stages: z.array(stage),
    })
    .nullable(),
});

export type SyncStage = z.infer<typeof stage>;

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
    if (response.status !== 200) throw new Error(`${init.method ?? "GET"} ${path} answered ${response.status}`);
    return response;
  }

  /** Opens the app for the first time: it exchanges the token, records the shop and starts the first sync. */
  async open(): Promise<void> {
    await this.request("/app/status");
  }

  async saveSettings({ window }: Settings): Promise<void> {
    if (window === undefined) return;
    const body = new URLSearchParams({ window: window === "all" ? window : "days" });
    if (window !== "all") body.set("days", String(window.days));
    await this.request("/app/settings", { method: "POST", body });
  }

  /** @throws Error with the code of a sync that failed */
  async waitForSync(): Promise<readonly SyncStage[]> {
    for (;;) {
      const { sync } = status.parse(await (await this.request("/app/status")).json());
      if (sync?.status === "failed") throw new Error(`The sync failed: ${sync.errorCode ?? "no reason given"}`);
      if (sync?.status === "finished") return sync.stages;
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
