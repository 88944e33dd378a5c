import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { z } from "zod";

// A process of its own that sends signed webhooks: at a rate, whether or not the one before was answered (open loop), or as
// many as are answered, by so many connections at once. Requests are bytes that were made ready before: what is measured is
// the one who answers. Prints one JSON object.

const config = z
  .object({
    host: z.string(),
    port: z.int(),
    path: z.string(),
    secret: z.string(),
    shop: z.string(),
    bodies: z.string(),
    seconds: z.number(),
    /** Webhooks a second; null: as many as are answered. */
    rate: z.number().nullable(),
    connections: z.int(),
    prefix: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

interface Body {
  readonly head: string;
  readonly bytes: Buffer;
}

const bodies = z
  .array(z.string())
  .parse(JSON.parse(readFileSync(config.bodies, "utf8")))
  .map((text): Body => {
    const bytes = Buffer.from(text);
    const signature = createHmac("sha256", config.secret).update(bytes).digest("base64");
    const lines = [
      `POST ${config.path} HTTP/1.1`,
      `Host: ${config.host}:${config.port}`,
      "Content-Type: application/json",
      "User-Agent: Shopify-Captain-Hook",
      `Content-Length: ${bytes.length}`,
      "X-Shopify-Topic: orders/updated",
      `X-Shopify-Hmac-Sha256: ${signature}`,
      `X-Shopify-Shop-Domain: ${config.shop}`,
      "X-Shopify-API-Version: 2026-10",
      `X-Shopify-Triggered-At: ${new Date().toISOString()}`,
    ];
    return { head: lines.join("\r\n"), bytes };
  });

let sent = 0;

const nextRequest = (): Buffer => {
  const { head, bytes } = bodies[sent % bodies.length] ?? { head: "", bytes: Buffer.alloc(0) };
  sent += 1;
  const id = `${config.prefix}-${sent}`;
  return Buffer.concat([
    Buffer.from(`${head}\r\nX-Shopify-Webhook-Id: ${id}\r\nX-Shopify-Event-Id: ${id}\r\n\r\n`),
    bytes,
  ]);
};

const latencies: number[] = [];
const statuses = new Map<string, number>();

const count = (status: string): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);

/** One connection, one request at a time. The answers that are sent here have no body. */
class Connection {
  private socket: Socket | null = null;
  private answered: ((status: string) => void) | null = null;
  private text = "";

  /** Resolves with the status, or with what broke. */
  send(request: Buffer): Promise<string> {
    return new Promise((resolve) => {
      this.answered = resolve;
      this.text = "";
      (this.socket ??= this.open()).write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Socket {
    const socket = connect({ host: config.host, port: config.port, noDelay: true });
    const broke = (): void => {
      if (this.socket === socket) this.socket = null;
      this.settle("broken");
    };
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.text += text;
      if (this.text.includes("\r\n\r\n")) this.settle(this.text.slice(9, 12));
    });
    socket.on("error", broke);
    socket.on("close", broke);
    return socket;
  }

  private settle(status: string): void {
    const { answered } = this;
    this.answered = null;
    answered?.(status);
  }
}

const idle: Connection[] = [];
const all: Connection[] = [];

const connection = (): Connection | null => {
  const free = idle.pop();
  if (free) return free;
  if (all.length >= config.connections) return null;
  const made = new Connection();
  all.push(made);
  return made;
};

/** Sends one; one whose idle connection was being closed goes over another one, as any client would send it. */
const exchange = async (over: Connection): Promise<string> => {
  const request = nextRequest();
  const status = await over.send(request);
  return status === "broken" ? over.send(request) : status;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Latency counts from when a webhook was due: waiting for a free connection is waiting. */
const atRate = async (rate: number): Promise<void> => {
  const started = performance.now();
  const waiting: number[] = [];
  let open = 0;
  const work = (over: Connection, dueAt: number): void => {
    open += 1;
    void exchange(over).then((status) => {
      latencies.push(performance.now() - dueAt);
      count(status);
      open -= 1;
      const next = waiting.shift();
      if (next === undefined) idle.push(over);
      else work(over, next);
    });
  };
  const total = Math.round(rate * config.seconds);
  for (let index = 0; index < total;) {
    const dueAt = started + (index * 1000) / rate;
    if (dueAt > performance.now()) {
      await pause(1);
      continue;
    }
    const over = connection();
    if (over) work(over, dueAt);
    else waiting.push(dueAt);
    index += 1;
  }
  while (open > 0) await pause(5);
};

const saturating = async (): Promise<void> => {
  const until = performance.now() + config.seconds * 1000;
  const lane = async (): Promise<void> => {
    const over = connection();
    if (!over) return;
    while (performance.now() < until) {
      const startedAt = performance.now();
      count(await exchange(over));
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: config.connections }, lane));
};

const startedAt = performance.now();
await (config.rate === null ? saturating() : atRate(config.rate));
const seconds = (performance.now() - startedAt) / 1000;
for (const one of all) one.close();
latencies.sort((a, b) => a - b);
const quantile = (share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  `${JSON.stringify({
    sent: latencies.length,
    perSecond: latencies.length / seconds,
    statuses: Object.fromEntries(statuses),
    milliseconds: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: latencies.at(-1) ?? 0 },
  })}\n`,
);
