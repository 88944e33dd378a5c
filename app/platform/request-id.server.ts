import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";

const current = new AsyncLocalStorage<string>();

/** The id of the request that is being answered; undefined outside of one. */
export const requestId = (): string | undefined => current.getStore();

/** An id that a load balancer gave, where it looks like one, else a new one. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === "string" && /^[\w-]{8,64}$/.test(header) ? header : randomUUID();

/** Does something within a request: whatever is logged meanwhile carries its id. */
export const withRequestId = <T>(id: string, work: () => T): T => current.run(id, work);
