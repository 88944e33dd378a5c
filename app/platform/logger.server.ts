import { pino, type Logger } from "pino";

export type { Logger } from "pino";

/** One JSON line per event on standard output. Ids, never names, e-mail addresses or tokens. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["*.accessToken", "*.refreshToken", "accessToken", "refreshToken", "*.headers.authorization"],
  });
