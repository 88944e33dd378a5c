import { createHmac, timingSafeEqual } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { ShopClock } from "../clock.ts";

/** Results lie on another host than the shop, as at Shopify. */
export const RESULT_HOST = "storage.googleapis.com";
const BUCKET_PATH = "/local-shopify-bulk/";
const FILE_NAME = /^bulk-\d+\.jsonl$/;

/** Faults of a download; each count is used up by one download. */
export interface DownloadFaults {
  /** Break the connection off half-way. */
  dropNext: number;
  /** Say that the link has expired. */
  expireNext: number;
  /** Wait before each answer. */
  delayMs: number;
}

/** Serves bulk results to whoever has a signed link that has not expired. */
export class ResultHost {
  readonly faults: DownloadFaults = { dropNext: 0, expireNext: 0, delayMs: 0 };
  readonly directory: string;
  private readonly key: string;
  private readonly clock: ShopClock;

  constructor(options: { directory: string; key: string; clock: ShopClock }) {
    this.directory = options.directory;
    this.key = options.key;
    this.clock = options.clock;
  }

  signedUrl(fileName: string, expiresAt: Date): string {
    const path = `${BUCKET_PATH}${fileName}`;
    const expires = Math.floor(expiresAt.getTime() / 1000);
    const query = new URLSearchParams({
      GoogleAccessId: "assets-us-prod@shopify-tiers.iam.gserviceaccount.com",
      Expires: String(expires),
      Signature: this.signature(path, String(expires)),
      "response-content-disposition": `attachment; filename="${fileName}"`,
      "response-content-type": "application/jsonl",
    });
    return `https://${RESULT_HOST}${path}?${query.toString()}`;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `https://${RESULT_HOST}`);
    const fileName = url.pathname.slice(BUCKET_PATH.length);
    if (this.faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.faults.delayMs));
    if (!url.pathname.startsWith(BUCKET_PATH) || !FILE_NAME.test(fileName)) {
      return refuse(response, 404, "NoSuchKey", "The specified key does not exist.");
    }
    if (!this.isSigned(url)) return refuse(response, 403, "SignatureDoesNotMatch", "Access denied.");
    if (this.faults.expireNext > 0 || this.isExpired(url)) {
      this.faults.expireNext = Math.max(0, this.faults.expireNext - 1);
      return refuse(response, 403, "ExpiredToken", "The provided token has expired.");
    }
    const path = join(this.directory, fileName);
    const size = await stat(path).then(
      (found) => found.size,
      () => null,
    );
    if (size === null) return refuse(response, 404, "NoSuchKey", "The specified key does not exist.");
    return this.send(request, response, { path, size });
  }

  private send(request: IncomingMessage, response: ServerResponse, file: { path: string; size: number }): void {
    const range = rangeOf(request.headers.range, file.size);
    if (range === "unsatisfiable") {
      response.setHeader("content-range", `bytes */${file.size}`);
      return refuse(response, 416, "InvalidRange", "The requested range cannot be satisfied.");
    }
    const { start, end } = range ?? { start: 0, end: file.size - 1 };
    response.setHeader("content-type", "application/jsonl");
    response.setHeader("accept-ranges", "bytes");
    response.setHeader("content-length", end - start + 1);
    if (range) response.setHeader("content-range", `bytes ${start}-${end}/${file.size}`);
    response.writeHead(range ? 206 : 200);
    if (request.method === "HEAD") return void response.end();
    const drops = this.faults.dropNext > 0;
    if (drops) this.faults.dropNext -= 1;
    const last = drops ? start + Math.floor((end - start) / 2) : end;
    this.pipe(createReadStream(file.path, { start, end: last }), response, drops);
  }

  private pipe(file: ReadStream, response: ServerResponse, drops: boolean): void {
    response.on("close", () => file.destroy());
    file.on("error", () => response.destroy());
    file.pipe(response, { end: !drops });
    // The reader is given the time to get what was sent, and then finds the connection closed.
    if (drops) file.on("end", () => setTimeout(() => response.destroy(), 20));
  }

  private isExpired(url: URL): boolean {
    return Number(url.searchParams.get("Expires")) * 1000 <= this.clock.now().getTime();
  }

  private isSigned(url: URL): boolean {
    const wanted = Buffer.from(this.signature(url.pathname, url.searchParams.get("Expires") ?? ""));
    const given = Buffer.from(url.searchParams.get("Signature") ?? "");
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  }

  private signature(path: string, expires: string): string {
    return createHmac("sha256", this.key).update(`${path}\n${expires}`).digest("base64");
  }
}

function rangeOf(header: string | undefined, size: number) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const start = match[1] === "" ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start >= size || start > end ? ("unsatisfiable" as const) : { start, end };
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { "content-type": "application/xml; charset=UTF-8" });
  response.end(
    `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}
