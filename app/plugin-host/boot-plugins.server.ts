import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { PluginBootError } from './boot-error.ts';
import { canaryProblem } from './canary.server.ts';
import { ensureInstalls, settingsProblem } from './installs.server.ts';
import type { KeyRing } from './sealing.server.ts';
import type { PluginProblem, Registry } from './types.ts';

/**
 * Makes the plugins ready on a migrated database: proves the key ring, installs what is new, and opens every saved
 * setting. Throws a PluginBootError with everything that is wrong, if a billing mode or the key ring is; the settings
 * of a meeting provider only degrade its install.
 */
export async function bootPlugins(db: Kysely<DB>, options: { registry: Registry; keyRing: KeyRing }): Promise<void> {
  const { registry, keyRing } = options;
  const problems: PluginProblem[] = [];
  const wrongKey = await canaryProblem(db, keyRing);
  if (wrongKey)
    problems.push({
      plugin: 'sealing',
      kind: 'billing',
      where: 'LECTERN_KEYS',
      message: wrongKey,
    });

  await ensureInstalls(db, registry);
  const rows = await db
    .selectFrom('pluginInstall')
    .select(['id', 'pluginId', 'name', 'settings', 'configVersion'])
    // One that waits for its first settings is disabled, and nothing depends on it.
    .where('state', '!=', 'disabled')
    .orderBy('createdAt')
    .execute();
  for (const row of rows) {
    const loaded = registry.plugins.get(row.pluginId);
    const message = loaded && settingsProblem(row, registry, keyRing);
    if (!loaded || !message) continue;
    const { kind, id } = loaded.plugin;
    problems.push({
      plugin: id,
      kind,
      where: loaded.where,
      message: `the install "${row.name}" (${row.id}): ${message}`,
    });
  }
  if (problems.some((problem) => problem.kind === 'billing')) throw new PluginBootError(problems);
}
