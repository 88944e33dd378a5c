import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";

const CLIENT = "build/client";

const part = z.object({ module: z.string(), imports: z.array(z.string()).default([]) });
const manifest = z.object({ entry: part, routes: z.record(z.string(), part) });

/** The routes of each page, from the outermost to the page's own. */
const PAGES = {
  home: ["root", "routes/app", "routes/app._index"],
  customers: ["root", "routes/app", "routes/app.customers._index"],
  customer: ["root", "routes/app", "routes/app.customers.$id"],
  discounts: ["root", "routes/app", "routes/app.discounts._index"],
  terms: ["root", "routes/app", "routes/app.terms._index"],
  tiers: ["root", "routes/app", "routes/app.tiers._index"],
  costs: ["root", "routes/app", "routes/app.costs._index"],
  status: ["root", "routes/app", "routes/app.status._index"],
} as const;

const readManifest = async () => {
  const [name] = (await readdir(path.join(CLIENT, "assets"))).filter((file) => file.startsWith("manifest-"));
  const text = await readFile(path.join(CLIENT, "assets", name ?? ""), "utf8");
  return manifest.parse(JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)));
};

/** The JavaScript of the app's own that each page loads, in bytes: as it is, and compressed. */
export const measureJavaScript = async () => {
  const { entry, routes } = await readManifest();
  const files = new Map<string, { raw: number; gzip: number }>();
  const sizeOf = async (file: string): Promise<{ raw: number; gzip: number }> => {
    const known = files.get(file);
    if (known) return known;
    const bytes = await readFile(path.join(CLIENT, file));
    const size = { raw: bytes.length, gzip: gzipSync(bytes).length };
    files.set(file, size);
    return size;
  };
  const pages: Record<string, { files: number; raw: number; gzip: number }> = {};
  for (const [page, names] of Object.entries(PAGES)) {
    const parts = [entry, ...names.map((name) => routes[name])].filter((one) => one !== undefined);
    const own = new Set(parts.flatMap(({ module, imports }) => [module, ...imports]));
    const total = { files: own.size, raw: 0, gzip: 0 };
    for (const file of own) {
      const { raw, gzip } = await sizeOf(file);
      total.raw += raw;
      total.gzip += gzip;
    }
    pages[page] = total;
  }
  const largest = [...files].sort(([, a], [, b]) => b.raw - a.raw).slice(0, 10);
  return { pages, largest: largest.map(([file, size]) => ({ file: path.basename(file), ...size })) };
};
