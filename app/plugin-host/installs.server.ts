import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type AnyPlugin, isPluginError, type PluginKind } from '#plugins/contract/index.ts';
import { openSettings } from './install-settings.server.ts';
import type { KeyRing } from './sealing.server.ts';
import type { InstallView, Registry, SavedState } from './types.ts';

export interface InstallRow {
  id: string;
  pluginId: string;
  kind: string;
  name: string;
  state: string;
  settings: unknown;
  configVersion: number;
  lastError: string | null;
  updatedAt: Date;
  isDefault: boolean;
  durations: number[] | null;
  gridMinutes: number | null;
  /** Another one whenever a provider is described, changed or removed at the settings. */
  descriptions: string;
}

/** Rows with the mark of the organisation's defaults, oldest first within a kind. */
export function installRows(db: Kysely<DB>) {
  return db
    .selectFrom('pluginInstall as install')
    .leftJoin('organisation', (join) => join.onTrue())
    .select([
      'install.id',
      'install.pluginId',
      'install.kind',
      'install.name',
      'install.state',
      'install.settings',
      'install.configVersion',
      'install.lastError',
      'install.updatedAt',
      'install.durations',
      'install.gridMinutes',
    ])
    .select(
      sql<boolean>`coalesce(install.id in (organisation.billing_install_id, organisation.meeting_install_id), false)`.as(
        'isDefault',
      ),
    )
    .select(
      sql<string>`(select coalesce(string_agg(id || ' ' || xmin::text, ',' order by id), '') from declared_provider)`.as(
        'descriptions',
      ),
    )
    .orderBy('install.kind')
    .orderBy('install.createdAt')
    .orderBy('install.id');
}

/** What a page shows of an install. Degraded and orphaned are found out here, never stored: they end with their cause. */
export function viewOf(row: InstallRow, registry: Registry, ring: KeyRing): InstallView {
  const loaded = registry.plugins.get(row.pluginId);
  const savedState = (['enabled', 'test', 'disabled'] as const).find((state) => state === row.state) ?? 'enabled';
  const base = {
    id: row.id,
    pluginId: row.pluginId,
    kind: row.kind as PluginKind,
    name: row.name,
    savedState,
    lastError: row.lastError,
    isDefault: row.isDefault,
    updatedAt: row.updatedAt,
    durations: row.durations,
    gridMinutes: row.gridMinutes,
  };
  if (!loaded) {
    const failed = registry.problems.filter((problem) => problem.plugin === row.pluginId);
    const gone = {
      ...base,
      usable: false,
      description: '',
      capabilities: null,
    };
    if (failed.length === 0) {
      const problem = `The plugin "${row.pluginId}" is no longer part of this installation. What it did stays readable; nothing new can use it.`;
      return { ...gone, state: 'orphaned', problem };
    }
    const reasons = failed.map(({ where, message }) => `${message} (${where})`).join('; ');
    return {
      ...gone,
      state: 'degraded',
      problem: `The plugin "${row.pluginId}" can't be used: ${reasons}.`,
    };
  }
  const { plugin } = loaded;
  const { problem, capabilities } = opened(plugin, row, ring);
  return {
    ...base,
    state: problem && savedState !== 'disabled' ? 'degraded' : savedState,
    problem,
    usable: problem === null && savedState !== 'disabled',
    description: plugin.description,
    capabilities,
  };
}

/** Why the saved settings of an install can't be used; null when they can. */
export function settingsProblem(
  row: Pick<InstallRow, 'id' | 'pluginId' | 'settings' | 'configVersion'>,
  registry: Registry,
  ring: KeyRing,
): string | null {
  const plugin = registry.plugins.get(row.pluginId)?.plugin;
  return plugin ? opened(plugin, row, ring).problem : null;
}

type Settings = Pick<InstallRow, 'id' | 'settings' | 'configVersion'>;

/** What an install is with its settings; without them, what its plugin says of itself. */
function opened(plugin: AnyPlugin, row: Settings, ring: KeyRing): Pick<InstallView, 'problem' | 'capabilities'> {
  const ofPlugin = plugin.kind === 'meeting' ? plugin.capabilities : null;
  try {
    const { config } = openSettings(plugin, row, ring);
    plugin.create(config);
    const capabilities = plugin.kind === 'meeting' ? { ...plugin.capabilities, ...plugin.capabilitiesWith?.(config) } : null;
    return { problem: null, capabilities };
  } catch (error) {
    const problem = isPluginError(error) ? error.publicMessage : `It could not be started: ${(error as Error).message}`;
    return { problem, capabilities: ofPlugin };
  }
}

/**
 * Gives every plugin its first install, so that what needs no settings can be used at once. One that needs some is
 * installed too, disabled, and waits on its page. Harmless to repeat, and when several processes start together.
 */
export async function ensureInstalls(db: Kysely<DB>, registry: Registry): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('lectern.ensure_installs'))`.execute(trx);
    const known = new Set(
      (await trx.selectFrom('pluginInstall').select('pluginId').distinct().execute()).map((row) => row.pluginId),
    );
    for (const { plugin } of registry.plugins.values()) {
      if (known.has(plugin.id)) continue;
      const state: SavedState = plugin.config.safeParse({}).success ? 'enabled' : 'disabled';
      await trx
        .insertInto('pluginInstall')
        .values({
          pluginId: plugin.id,
          kind: plugin.kind,
          name: plugin.name,
          state,
          configVersion: plugin.configVersion,
        })
        .execute();
    }
  });
}
