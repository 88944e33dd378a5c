import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands before the web processes: hands each request to the next one of them in turn. */
export interface Balancer {
  readonly url: string;
  /** Webhooks that came, every attempt counted, and how many of them were answered 2xx. */
  readonly webhooks: { attempts: number; taken: number };
  close(): void;
}

/** @param ports where the web processes listen, now or soon */
export const startBalancer = async (ports: readonly number[]): Promise<Balancer> => {
  const agent = new Agent({ keepAlive: true });
  const webhooks = { attempts: 0, taken: 0 };
  let turn = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    turn += 1;
    const isWebhook = incoming.url === "/webhooks";
    if (isWebhook) webhooks.attempts += 1;
    const target = { host: "127.0.0.1", port: ports[turn % ports.length], path: incoming.url, agent };
    const passed = request({ ...target, method: incoming.method, headers: incoming.headers }, (answer) => {
      const status = answer.statusCode ?? 502;
      if (isWebhook && status >= 200 && status < 300) webhooks.taken += 1;
      outgoing.writeHead(status, answer.headers);
      answer.on("error", () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    passed.on("error", () => {
      // Whether it was taken nobody knows: it is sent again.
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    incoming.pipe(passed);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    webhooks,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
};
