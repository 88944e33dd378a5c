import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import chromium from "@sparticuz/chromium";
import { parse as parseCsv } from "csv-parse/sync";
import { chromium as playwright, type Browser, type FrameLocator, type Page } from "playwright-core";
import { z } from "zod";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import type { LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { runApp, type RunningApp } from "#tests/setup/running-app.ts";

const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

export type CsvRow = Readonly<Record<string, string>>;

/** A merchant at a browser, before a local Shopify with the built app in it. */
export interface Merchant {
  readonly running: RunningApp;
  readonly page: Page;
  /** The app's own frame in the admin. */
  readonly app: FrameLocator;
  /** What went wrong in the browser so far: console errors, uncaught exceptions, failed requests to the app. */
  readonly complaints: string[];
  /** Opens a page of the app by its address in the admin. */
  readonly open: (appPath: string) => Promise<void>;
  /** Opens one of the admin's own pages. */
  readonly openAdmin: (adminPath: string) => Promise<void>;
  /** Goes by the app's navigation in the admin's menu. */
  goTo(name: "Customers" | "Tiers" | "Discounts" | "Settings" | "Home"): Promise<void>;
  /** Does something that offers a CSV file, and reads the file. */
  download(act: () => Promise<void>): Promise<readonly CsvRow[]>;
  leave(): Promise<void>;
}

const listenForComplaints = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    // Whoever leaves a page while it looks again has the router say that the look was broken off.
    if (message.text().includes("BodyStreamBuffer was aborted")) return;
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
};

const launch = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox", "--disable-gpu"] });

/** Starts everything on a world; nothing is installed yet. */
export const aMerchant = async (world: World, shopify: Partial<LocalShopifyOptions> = {}): Promise<Merchant> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "pareto-e2e-"));
  // The embedded database's own user has to get through to the folder in it.
  await chmod(dataDir, 0o711);
  const clockOffsetMs = WORLD_NOW.getTime() - Date.now();
  const running = await runApp({ world, dataDir, clockOffsetMs, shopify: { bucketSpeed: 50, ...shopify } });
  const browser = await launch();
  const page = await browser.newPage({ userAgent: USER_AGENT, viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(20_000);
  const store = world.shop.domain.replace(".myshopify.com", "");
  const { admin } = running;
  return {
    running,
    page,
    app: page.frameLocator("[data-app-frame] iframe"),
    complaints: listenForComplaints(page),
    open: async (appPath) => void (await page.goto(admin.appPageUrl + appPath)),
    openAdmin: async (adminPath) => void (await page.goto(new URL(`/store/${store}${adminPath}`, admin.url).href)),
    goTo: async (name) => {
      const own = page.locator('[data-part="app-nav"]').getByRole("link", { name });
      await (name === "Home" ? page.locator('[data-part="app-link"]') : own).click();
    },
    download: async (act) => {
      const [file] = await Promise.all([page.waitForEvent("download"), act()]);
      return parseCsv(await readFile(await file.path(), "utf8"), { columns: true });
    },
    leave: async () => {
      await browser.close();
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** Installs the app by the admin's own page and waits until the first sync is done. */
export const install = async ({ page, app, open }: Merchant): Promise<void> => {
  await open("");
  await page.getByRole("button", { name: "Install" }).click();
  await app.getByRole("button", { name: "Read the shop again" }).waitFor();
};

const workStatus = z.object({ publish: z.object({ status: z.string() }) });

/** Has a plan saved and published, and waits until it is in force. */
export const publishPlan = async ({ running }: Merchant, plan: unknown): Promise<void> => {
  const ask = async (target: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${running.shopify.oauth.mintSessionToken()}`, "user-agent": USER_AGENT };
    const response = await fetch(`${running.appUrl}${target}`, { ...init, headers });
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  await ask("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(plan) });
  for (;;) {
    const { status } = workStatus.parse(await ask("/app/status.json")).publish;
    if (status === "finished") return;
    if (status !== "running") throw new Error(`The publication has ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};
