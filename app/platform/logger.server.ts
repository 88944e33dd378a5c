import { pino, type Logger } from "pino";
import { requestId } from "./request-id.server.ts";

export type { Logger } from "pino";

/** Of an error only what the code says: a library's may carry whole requests and answers. */
const errorFields = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause === undefined ? {} : { cause: errorFields(cause) }) };
};

/** One JSON line per event on standard output. Ids, never names, e-mail addresses or tokens. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    mixin: () => {
      const id = requestId();
      return id === undefined ? {} : { requestId: id };
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
    redact: ["*.accessToken", "*.refreshToken", "accessToken", "refreshToken", "*.headers.authorization"],
  });
