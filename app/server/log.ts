import { type Logger, pino } from 'pino';
import type { Config } from '#config/env.ts';

/** JSON, one line an event. What could carry a secret is cut out before it is written. */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['password', 'token', 'headers.cookie', 'headers.authorization', '*.password', '*.token', '*.secret'],
      censor: '[cut out]',
    },
  });
}
