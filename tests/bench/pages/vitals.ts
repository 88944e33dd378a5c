import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Frame, type FrameLocator, type Page } from "playwright-core";
import { z } from "zod";
import { USER_AGENT } from "#tests/setup/app-under-test.ts";
import { median } from "../machine.ts";
import type { OpenApp } from "./open-app.ts";
import type { Targets } from "./targets.ts";

/** What a visit to a page was like: milliseconds, and the score of its layout shifts. */
interface Vitals {
  readonly lcp: number;
  readonly cls: number;
  readonly inp: number;
}

const SLOWER_BY = 4;

/** Runs in every frame before anything else of it. As text: what a compiler adds to a function would be missing there. */
const OBSERVE = `
  globalThis.vitals = { lcp: 0, cls: 0, inp: 0, interactions: 0 };
  const observe = (type, options, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  observe("largest-contentful-paint", {}, (entry) => { vitals.lcp = Math.max(vitals.lcp, entry.startTime); });
  observe("layout-shift", {}, (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
  observe("event", { durationThreshold: 16 }, (entry) => {
    if (!entry.interactionId) return;
    vitals.interactions += 1;
    vitals.inp = Math.max(vitals.inp, entry.duration);
  });`;

const vitals = z.object({ lcp: z.number(), cls: z.number(), inp: z.number(), interactions: z.number() });

/** What a merchant does on a page, one after the other; each is waited for. */
type Acts = readonly ((app: FrameLocator) => Promise<void>)[];

const ON_PAGES: Readonly<Record<string, Acts>> = {
  home: [
    (app) => app.getByRole("heading", { level: 1 }).click(),
    (app) => app.getByRole("link", { name: "Show the customers of tier A" }).click(),
  ],
  customers: [
    (app) => app.getByRole("columnheader", { name: "Profit" }).getByRole("button").first().click(),
    (app) => app.getByRole("button", { name: "Next" }).first().click(),
    (app) =>
      app.getByRole("textbox", { name: "Search by name, e-mail or key" }).pressSequentially("gar", { delay: 100 }),
  ],
  customer: [
    (app) => app.getByRole("textbox", { name: "Reason" }).pressSequentially("new", { delay: 100 }),
    (app) => app.getByRole("button", { name: "Next" }).first().click(),
  ],
};

const SETTLED_MS = 1500;
const AFTER_ACT_MS = 1200;

const frameOf = (page: Page): Frame => {
  const frame = page.frames().find((one) => one !== page.mainFrame() && new URL(one.url()).pathname.startsWith("/app"));
  if (!frame) throw new Error("The app is not framed");
  return frame;
};

// Fonts from elsewhere fail at once, instead of when their names have been asked for long enough.
const ARGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"];

interface Opened {
  readonly page: Page;
  readonly setRate: (rate: number) => Promise<void>;
}

/** Does something in a browser of its own, with nothing in its cache. */
const inBrowser = async <T>(work: (opened: Opened) => Promise<T>): Promise<T> => {
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ARGS });
  try {
    const page = await browser.newPage({ userAgent: USER_AGENT, viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    await page.addInitScript(OBSERVE);
    const session = await page.context().newCDPSession(page);
    const setRate = async (rate: number): Promise<void> =>
      void (await session.send("Emulation.setCPUThrottlingRate", { rate }));
    return await work({ page, setRate });
  } finally {
    await browser.close();
  }
};

const goTo = async (page: Page, url: string): Promise<FrameLocator> => {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  const app = page.frameLocator("[data-app-frame] iframe");
  await app.getByRole("heading", { level: 1 }).waitFor();
  return app;
};

const visit = (url: string, acts: Acts): Promise<Vitals> =>
  inBrowser(async ({ page, setRate }) => {
    await setRate(SLOWER_BY);
    const app = await goTo(page, url);
    await page.waitForTimeout(SETTLED_MS);
    // A page that was left for another one inside the app is still the same document.
    for (const act of acts) {
      await act(app);
      await page.waitForTimeout(AFTER_ACT_MS);
    }
    const { interactions, ...seen } = vitals.parse(await frameOf(page).evaluate("globalThis.vitals"));
    if (seen.lcp === 0 || interactions === 0) throw new Error(`Nothing was observed on ${url}`);
    return seen;
  });

const SPIN =
  "(() => { const t = performance.now(); let n = 0; while (n < 3e7) n += 1; return performance.now() - t; })()";

/** How much slower the app's frame is than the browser can be. */
const slowdown = (url: string): Promise<number> =>
  inBrowser(async ({ page, setRate }) => {
    await goTo(page, url);
    const took: number[] = [];
    for (const rate of [1, SLOWER_BY]) {
      await setRate(rate);
      await frameOf(page).evaluate(SPIN);
      took.push(Number(await frameOf(page).evaluate(SPIN)));
    }
    return (took[1] ?? 0) / (took[0] ?? 1);
  });

/** Home, Customers and the largest customer in a Chromium whose processor is four times slower. Median of the visits, and worst. */
export const measureVitals = async ({ running }: OpenApp, targets: Targets, visits: number) => {
  const { appPageUrl } = running.admin;
  const addresses = {
    home: "/app",
    customers: "/app/customers",
    customer: targets["largestCustomer"]?.[0] ?? "",
  };
  const slowerBy = await slowdown(appPageUrl);
  const pages: Record<string, { readonly median: Vitals; readonly worst: Vitals }> = {};
  for (const [name, address] of Object.entries(addresses)) {
    const seen: Vitals[] = [];
    for (let count = 0; count < visits; count += 1) {
      seen.push(await visit(appPageUrl + address, ON_PAGES[name] ?? []));
    }
    const of = (pick: (values: readonly number[]) => number): Vitals => ({
      lcp: Math.round(pick(seen.map(({ lcp }) => lcp))),
      cls: pick(seen.map(({ cls }) => cls)),
      inp: pick(seen.map(({ inp }) => inp)),
    });
    pages[name] = { median: of(median), worst: of((values) => Math.max(...values)) };
    process.stderr.write(`${name}: ${JSON.stringify(pages[name])}\n`);
  }
  return { slowerBy, visits, pages };
};
