import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { sizeOptions, sizesOf, withLoadedShop } from "../ingest/loaded-shop.ts";
import { machine, peakMegabytesOf } from "../machine.ts";
import { measureAnswers } from "./answers.ts";
import { measureJavaScript } from "./javascript.ts";
import { openApp } from "./open-app.ts";
import { targetsOf } from "./targets.ts";
import { measureVitals } from "./vitals.ts";

const HELP = `npm run bench -- pages [--orders 1000000] [--customers 100000] [--lines 3] [--requests 300] [--visits 5]

The built app on a large shop: how soon its server answers for each page, one request at a time and four at once, against
SELECT 1 over HTTP; what the pages are like in a Chromium with a processor four times slower (0 visits: none); and how much
JavaScript they load.
`;

const SHOP = 1;

/** `npm run bench -- pages`: how long pages take, on the server and in the browser. */
export const pagesBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "1000000", customers: "100000", lines: "3" }),
      requests: { type: "string", default: "300" },
      visits: { type: "string", default: "5" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const [requests, visits] = [Number(values.requests), Number(values.visits)];
  const dir = path.resolve(`.cache/bench/pages-${process.pid}`);
  return withLoadedShop(values, async ({ pool, databaseUrl }) => {
    const { targets, orders } = await targetsOf(pool, SHOP);
    const app = await openApp(pool, databaseUrl, dir);
    try {
      const answers = await measureAnswers(app, targets, requests);
      const browser = visits > 0 ? await measureVitals(app, targets, visits) : null;
      const ofBaseline = (page: string): number =>
        (answers[page]?.["data"]?.p50 ?? 0) / (answers["baseline"]?.["healthz"]?.p50 ?? 1);
      return {
        name: "pages",
        machine: machine(),
        sizes: {
          ...sizesOf(values),
          requests,
          lists: targets["customers"]?.length ?? 0,
          ordersOfCustomer: orders,
        },
        milliseconds: answers,
        browser,
        javaScript: await measureJavaScript(),
        ratios: Object.fromEntries(Object.keys(targets).map((page) => [`${page}ToSelect1`, ofBaseline(page)])),
        peakMegabytes: await peakMegabytesOf(app.running.process.pid ?? 0),
      };
    } finally {
      await app.running.stop();
      await rm(dir, { recursive: true, force: true });
    }
  });
};
