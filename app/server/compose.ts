import type { AppContext } from '#app/context.ts';
import { openQueue, prepareQueues, type Queue } from '#app/jobs/queue.ts';
import { bootPlugins } from '#app/plugin-host/boot-plugins.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import type { Config } from '#config/env.ts';
import type { Database } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { connect } from './database.ts';
import { createLog } from './log.ts';

export interface Composed extends AppContext {
  database: Database;
  queue: Queue;
  close(options?: { timeoutMs?: number }): Promise<void>;
}

export interface ComposeOptions {
  /** True in a process that takes jobs from the queue, not only puts them on it. */
  works?: boolean;
}

/**
 * The composition root: the one place where the singletons of a process are made, used by the server, the worker, the
 * command line and tests. Brings the database to the newest migration first. Whatever is missing or wrong (no database,
 * a key, a plugin) throws here, so that nothing half-made ever serves.
 */
export async function compose(
  config: Config,
  overrides: Partial<AppContext> = {},
  options: ComposeOptions = {},
): Promise<Composed> {
  const log = overrides.log ?? createLog(config);
  const clock = overrides.clock ?? (() => new Date());
  const registry = await loadPlugins({ requireSuites: config.mode === 'development' });
  const database = await connect(config, log);
  try {
    const ran = await migrate(database.db);
    if (ran.length > 0) log.info({ migrations: ran }, 'database migrated');
    await bootPlugins(database.db, { registry, keyRing: config.keyRing });
    for (const { where, plugin, message } of registry.problems) log.warn({ where, plugin }, `plugin left out: ${message}`);
    const queue = await openQueue({ url: database.url, log, works: options.works ?? false });
    await prepareQueues(queue.boss);
    const context: AppContext = {
      db: database.db,
      config,
      clock,
      log,
      plugins: createPluginHost({ registry, keyRing: config.keyRing, clock, log }),
      enqueue: queue.enqueue,
      ...overrides,
    };
    return {
      ...context,
      database,
      queue,
      close: async ({ timeoutMs = 0 } = {}) => {
        await queue.stop({ timeoutMs });
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
