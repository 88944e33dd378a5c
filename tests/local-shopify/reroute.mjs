/**
 * For the app's process: `LOCAL_SHOPIFY_URL=http://127.0.0.1:4000 node --import ./tests/local-shopify/reroute.mjs server.mjs`.
 * Sends what goes to Shopify to the local one instead, and lets nothing else out of the machine, so that a request to an
 * address nobody thought of fails instead of leaving.
 */
import { Agent, Dispatcher, setGlobalDispatcher } from "undici";

const RESULT_HOST = "storage.googleapis.com";
const HOST_HEADER = "x-local-shopify-host";
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

const target = process.env.LOCAL_SHOPIFY_URL;
if (!target) throw new Error("LOCAL_SHOPIFY_URL must say where the local Shopify answers");
const localOrigin = new URL(target).origin;

class Reroute extends Dispatcher {
  #agent = new Agent();

  dispatch(options, handler) {
    const { hostname, protocol, host } = new URL(options.origin);
    if (LOOPBACK.has(hostname)) return this.#agent.dispatch(options, handler);
    if (protocol !== "https:" || !(hostname.endsWith(".myshopify.com") || hostname === RESULT_HOST)) {
      throw new Error(`a request to ${host} was stopped: only Shopify's hosts are there, as the local Shopify`);
    }
    const headers = withHost(options.headers, hostname);
    return this.#agent.dispatch({ ...options, origin: localOrigin, headers }, handler);
  }

  close() {
    return this.#agent.close();
  }

  destroy() {
    return this.#agent.destroy();
  }
}

/** undici takes headers as pairs in one list, as entries, or as an object. */
function withHost(headers, hostname) {
  if (Array.isArray(headers)) return [...headers, HOST_HEADER, hostname];
  const entries = headers && Symbol.iterator in headers ? Object.fromEntries(headers) : headers;
  return { ...entries, [HOST_HEADER]: hostname };
}

setGlobalDispatcher(new Reroute());
