import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Registry } from '../types.ts';
import { AT_THE_SETTINGS, loadDescriptions } from './load-descriptions.ts';

export interface LiveRegistry {
  /** What the installation brings, and what is described in its settings: always as it was last seen. */
  registry: Registry;
  /** Reads the descriptions anew if `mark` (`installRows().descriptions`) is another than last time. */
  follow(db: Kysely<DB>, mark: string): Promise<void>;
}

/**
 * Providers described at the settings come, change and go without a restart, in every process: whoever reads an install reads
 * the mark of all descriptions with it, and follows when it changed.
 */
export function liveRegistry(installed: Registry): LiveRegistry {
  let current: Registry = installed;
  let seen = '';
  return {
    registry: {
      get plugins() {
        return current.plugins;
      },
      get problems() {
        return current.problems;
      },
    },
    async follow(db, mark) {
      if (mark === seen) return;
      const rows = await db.selectFrom('declaredProvider').select(['id', 'source']).orderBy('id').execute();
      const sources = rows.map(({ id, source }) => ({ id, where: AT_THE_SETTINGS, source }));
      const described = loadDescriptions(sources, installed.plugins);
      current = {
        plugins: new Map([...installed.plugins, ...described.plugins]),
        problems: [...installed.problems, ...described.problems],
      };
      seen = mark;
    },
  };
}
