import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { DB } from '#db/types.ts';
import type { EffectContext } from '#plugins/contract/index.ts';
import { maskSecrets } from './install-settings.server.ts';
import { recordCalls } from './plugin-calls.server.ts';
import { type Fetch, pluginHttp } from './plugin-http.server.ts';

interface EffectContextOptions {
  install: { id: string; pluginId: string };
  /** The hosts that the plugin may call. */
  hosts: readonly string[];
  /** What is taken out of everything that is written down; may grow while the context is in use. */
  secrets: readonly string[];
  /** What the work is: "provision:<session>". */
  effect: string;
  fetch: Fetch;
  clock: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  /** How long it may take. */
  deadlineMs: number;
}

/** What a plugin gets for one piece of work: the way to its provider, its time, and a log that holds no secret. */
export function effectContext(db: Kysely<DB>, options: EffectContextOptions): EffectContext {
  const { install, hosts, secrets, effect, fetch, clock, log, deadlineMs } = options;
  const signal = AbortSignal.timeout(deadlineMs);
  const mask = (text: string) => maskSecrets(text, secrets);
  return {
    signal,
    http: pluginHttp({
      hosts,
      signal,
      fetch,
      record: recordCalls(db, {
        ...{ installId: install.id, effect, clock, mask },
        onError: (error) => log.warn({ err: error, installId: install.id }, 'a call could not be written down'),
      }),
    }),
    idempotencyKey: `${install.id}:${effect}`,
    now: clock,
    log: (message, facts = {}) =>
      log.info(
        {
          plugin: install.pluginId,
          installId: install.id,
          facts: Object.fromEntries(
            Object.entries(facts).map(([key, fact]) => [key, typeof fact === 'string' ? mask(fact) : fact]),
          ),
        },
        mask(message),
      ),
  };
}
