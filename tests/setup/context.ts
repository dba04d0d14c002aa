import type { Kysely } from 'kysely';
import { pino } from 'pino';
import type { AppContext } from '#app/context.ts';
import type { Job } from '#app/jobs/job-types.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import type { Config } from '#config/env.ts';
import type { DB } from '#db/types.ts';
import { testConfig } from './config.ts';

export interface TestContext extends AppContext {
  /** What was enqueued, in order; nothing of it is done. A job of a transaction that failed is in here too. */
  jobs: Job[];
  /** Those of them that nobody may take before a certain time. */
  later: { job: Job; startAfter: Date }[];
  /** Moves the clock there. */
  setNow(now: Date | string): void;
}

export interface TestContextOptions {
  /** What the clock says at first; default 2 March 2026, 09:00 UTC, a Monday. It stands still until `setNow`. */
  now?: Date | string;
  config?: Partial<Config>;
  /** How plugins reach the world; default: they don't, a call fails. */
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
}

const registry = await loadPlugins();

/** An AppContext on the given database with a clock of its own, real plugins, and a queue that only writes down. */
export function testContext(db: Kysely<DB>, options: TestContextOptions = {}): TestContext {
  let now = new Date(options.now ?? '2026-03-02T09:00:00Z');
  const config = testConfig(options.config);
  const log = pino({ level: 'silent' });
  const clock = () => new Date(now);
  const jobs: Job[] = [];
  const later: TestContext['later'] = [];
  return {
    db,
    config,
    clock,
    log,
    plugins: createPluginHost({
      registry,
      keyRing: config.keyRing,
      clock,
      log,
      fetch: options.fetch ?? ((url) => Promise.reject(new Error(`unexpected call of ${url}`))),
    }),
    jobs,
    later,
    enqueue: async (_db, job, { startAfter } = {}) => {
      if (startAfter) later.push({ job, startAfter });
      jobs.push(job);
    },
    setNow: (next) => {
      now = new Date(next);
    },
  };
}
