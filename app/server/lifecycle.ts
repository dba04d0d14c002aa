import type { Logger } from 'pino';
import { operation } from '#config/defaults.ts';

/** A terminal's Ctrl C reaches the process itself and npm, which hands it on: one wish, said twice. */
const sameWishMs = 1_000;

/** Ends the process with what it has begun done: on SIGTERM or Ctrl C once, on a second one at once. */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        if (Date.now() - stoppingSince > sameWishMs) process.exit(1);
        return;
      }
      stoppingSince = Date.now();
      log.info({ signal }, 'stopping');
      // Whatever hangs, the process ends.
      setTimeout(() => process.exit(1), operation.stopTimeoutMs + 10_000).unref();
      stop().then(
        () => {
          log.info('stopped');
          process.exit(0);
        },
        (error) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

/** What an operator can mend is said in its own words, without a stack. */
export async function orExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const expected = ['invalid_config', 'no_database', 'plugin_boot', 'port_taken', 'not_built'].includes(code);
    console.error(expected && error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
