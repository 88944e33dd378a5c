import { Agent, Dispatcher, setGlobalDispatcher } from "undici";

/** In this process, what goes to Shopify goes to a local one, and nothing else leaves the machine. */

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

let target: string | null = null;

class Reroute extends Dispatcher {
  readonly #agent = new Agent();

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandlers): boolean {
    const { hostname } = new URL(String(options.origin));
    if (LOOPBACK.has(hostname)) return this.#agent.dispatch(options, handler);
    if (target === null) throw new Error(`a request to ${hostname}, and no local Shopify is open`);
    const headers = withHost(options.headers, hostname);
    return this.#agent.dispatch({ ...options, origin: target, headers }, handler);
  }
}

/** undici takes headers as pairs in one list, as entries, or as an object. */
const withHost = (headers: Dispatcher.DispatchOptions["headers"], host: string): Record<string, string> | string[] => {
  const own = ["x-local-shopify-host", host];
  if (Array.isArray(headers)) return [...headers, ...own];
  const entries =
    headers && Symbol.iterator in headers ? Object.fromEntries(headers as Iterable<[string, string]>) : headers;
  return { ...(entries as Record<string, string>), "x-local-shopify-host": host };
};

setGlobalDispatcher(new Reroute());

/** From now on, every shop and every bulk result is asked for at this address. */
export const talkTo = (url: string): void => {
  target = new URL(url).origin;
};
