import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import {
  type AnyPlugin,
  type BillingCapabilities,
  type BillingMode,
  type MeetingPlugin,
  PluginError,
  type PluginKind,
} from '#plugins/contract/index.ts';
import { liveRegistry } from './declared/live-registry.server.ts';
import { effectContext } from './effect-context.server.ts';
import { guardedFetch } from './guarded-fetch.server.ts';
import { maskSecrets, openSettings } from './install-settings.server.ts';
import { type InstallRow, installRows, viewOf } from './installs.server.ts';
import { type MeetingAccessOptions, meetingAccess, tokenEndpoint } from './meeting-access.server.ts';
import type { Fetch } from './plugin-http.server.ts';
import { type KeyRing, stableCode } from './sealing.server.ts';
import { tokensToRevoke, tutorAccounts } from './tutor-accounts.server.ts';
import type { InstallView, PluginHost, ReadyMeetingProvider, Registry } from './types.ts';

interface PluginHostOptions {
  registry: Registry;
  keyRing: KeyRing;
  clock: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  /** Reaches the world; a test gives its own. */
  fetch?: Fetch;
  /** How long one call to a provider may take. */
  deadlineMs?: number;
  /** The same where a person waits for it at the click. */
  clickDeadlineMs?: number;
}

const paysWords: Record<BillingCapabilities['pays'], string> = {
  credits: 'with credits',
  invoice: 'by invoice',
  period: 'by the period',
  elsewhere: 'elsewhere',
};

interface Instance {
  stamp: string;
  /** A described one is another after every change. */
  plugin: AnyPlugin;
  // biome-ignore lint/suspicious/noExplicitAny: what each kind's create gives
  value: any;
  // biome-ignore lint/suspicious/noExplicitAny: the settings' type belongs to each plugin
  config: any;
  hosts: readonly string[];
  /** Of the settings, and the tokens that were lately handed out. */
  secrets: string[];
  /** How many of them are of the settings. */
  ownSecrets: number;
}

/** More tokens than an install's jobs have in their hands at any time. */
const TOKENS_REMEMBERED = 200;

/**
 * Turns installs into working instances. An instance is kept until its row changes, so that a setting saved in another
 * process is seen at the next use.
 */
export function createPluginHost(options: PluginHostOptions): PluginHost {
  const { keyRing, clock, log, deadlineMs = 20_000, clickDeadlineMs = 6_000 } = options;
  const { registry, follow } = liveRegistry(options.registry);
  const fetch: Fetch = options.fetch ?? guardedFetch();
  const instances = new Map<string, Instance>();
  const underWay: MeetingAccessOptions['underWay'] = new Map();
  const view = (row: InstallRow) => viewOf(row, registry, keyRing);

  async function findRow(db: Kysely<DB>, installId: string): Promise<InstallRow | undefined> {
    const row = await installRows(db).where('install.id', '=', installId).executeTakeFirst();
    if (row) await follow(db, row.descriptions);
    return row;
  }

  async function getRow(db: Kysely<DB>, installId: string): Promise<InstallRow> {
    const row = await findRow(db, installId);
    if (!row) throw new DomainError('not_found', 'There is no such plugin install.');
    return row;
  }

  function usable(row: InstallRow): InstallView {
    const install = view(row);
    if (install.usable) return install;
    const reason = install.problem ?? `${install.name} is disabled.`;
    throw new PluginError(install.state === 'orphaned' ? 'unsupported' : 'config_invalid', reason);
  }

  function instanceOf(row: InstallRow, kind: PluginKind): Instance {
    const plugin = registry.plugins.get(row.pluginId)?.plugin;
    if (!plugin || plugin.kind !== kind) {
      throw new PluginError('unsupported', view(row).problem ?? `${row.name} is not of the kind ${kind}.`);
    }
    const stamp = `${row.updatedAt.getTime()} ${row.configVersion} ${JSON.stringify(row.settings)}`;
    const known = instances.get(row.id);
    if (known?.stamp === stamp && known.plugin === plugin) return known;
    const { config, secrets } = openSettings(plugin, row, keyRing);
    const hosts = typeof plugin.hosts === 'function' ? plugin.hosts(config) : plugin.hosts;
    const made = { stamp, plugin, value: plugin.create(config), config, hosts, secrets, ownSecrets: secrets.length };
    instances.set(row.id, made);
    return made;
  }

  const contextOf = (db: Kysely<DB>, row: InstallRow, instance: Instance, effect: string, within = deadlineMs) =>
    effectContext(db, { install: row, ...instance, effect, fetch, clock, log, deadlineMs: within });

  function accessOf(row: InstallRow, instance: Instance, plugin: MeetingPlugin): MeetingAccessOptions {
    const { config, secrets, ownSecrets } = instance;
    return {
      ...{ install: row, plugin, config, keyRing, clock, fetch, deadlineMs, underWay },
      remember: (token) => {
        if (secrets.includes(token)) return;
        secrets.push(token);
        if (secrets.length > ownSecrets + TOKENS_REMEMBERED) secrets.splice(ownSecrets, 1);
      },
    };
  }

  async function listInstalls(db: Kysely<DB>, kind?: PluginKind): Promise<InstallView[]> {
    const rows = await installRows(db)
      .$if(kind !== undefined, (query) => query.where('install.kind', '=', kind ?? ''))
      .execute();
    if (rows[0]) await follow(db, rows[0].descriptions);
    return rows.map(view);
  }

  const billingPluginIds = (pays: BillingCapabilities['pays']) =>
    [...registry.plugins.values()].flatMap(({ plugin }) =>
      plugin.kind === 'billing' && plugin.capabilities.pays === pays ? [plugin.id] : [],
    );

  return {
    registry,
    listInstalls,

    async billingMode(db, installId): Promise<BillingMode> {
      // A disabled mode takes no new clients, but what it has begun it must finish.
      return instanceOf(await getRow(db, installId), 'billing').value;
    },

    billingPluginIds,

    async billingInstallPaying(db, pays) {
      const ids = billingPluginIds(pays);
      const installs = (await listInstalls(db, 'billing')).filter((install) => ids.includes(install.pluginId));
      const install = installs.find((candidate) => candidate.usable) ?? installs[0];
      if (!install) throw new DomainError('not_found', `No billing mode that is paid ${paysWords[pays]} is installed.`);
      return install.id;
    },

    billingCapabilities(pluginId) {
      const plugin = registry.plugins.get(pluginId)?.plugin;
      return plugin?.kind === 'billing' ? plugin.capabilities : undefined;
    },

    async paymentGateway(db, installId, { disabledToo = false } = {}) {
      const row = await getRow(db, installId);
      const install = disabledToo && row.state === 'disabled' ? view(row) : usable(row);
      const instance = instanceOf(row, 'payment');
      const plugin = registry.plugins.get(row.pluginId)?.plugin;
      if (plugin?.kind !== 'payment') throw new PluginError('unsupported', `${install.name} takes no payments.`);
      return {
        install,
        gateway: instance.value,
        capabilities: plugin.capabilities,
        context: (effect) => contextOf(db, row, instance, effect),
        mask: (text) => maskSecrets(text, instance.secrets),
      };
    },

    async payrollExport(db, installId) {
      const row = await getRow(db, installId);
      return { install: usable(row), exporter: instanceOf(row, 'payroll').value };
    },

    async meetingProvider(db, installId, { disabledToo = false } = {}) {
      const row = await getRow(db, installId);
      const install = disabledToo && row.state === 'disabled' ? view(row) : usable(row);
      const instance = instanceOf(row, 'meeting');
      const plugin = registry.plugins.get(row.pluginId)?.plugin as MeetingPlugin;
      if (!install.capabilities) throw new PluginError('unsupported', `${install.name} gives no rooms.`);
      const access = await meetingAccess(db, accessOf(row, instance, plugin));
      const context: ReadyMeetingProvider['context'] = (effect, account = null, { atClick = false } = {}) =>
        access(contextOf(db, row, instance, effect, atClick ? clickDeadlineMs : deadlineMs), account);
      const { check } = plugin;
      return {
        install,
        provider: instance.value,
        capabilities: install.capabilities,
        context,
        tutorsConnect: plugin.oauth !== undefined && install.capabilities.auth !== 'install',
        check: check && (() => check(context('check'), instance.config)),
        mask: (text) => maskSecrets(text, instance.secrets),
        code: (sessionId) => stableCode(keyRing, 'meeting-code', `${row.id}:${sessionId}`),
      };
    },

    async tutorAccounts(db, installId) {
      const row = await getRow(db, installId);
      const plugin = registry.plugins.get(row.pluginId)?.plugin;
      if (plugin?.kind !== 'meeting' || !plugin.oauth) return undefined;
      const install = usable(row);
      const instance = instanceOf(row, 'meeting');
      const access = accessOf(row, instance, plugin);
      return tutorAccounts({
        ...{ install, plugin, config: instance.config, keyRing, remember: access.remember },
        context: () => contextOf(db, row, instance, 'connect'),
        endpoint: () => tokenEndpoint(access),
      });
    },

    tokensToRevoke: (of) => tokensToRevoke(keyRing, of),

    async findInstall(db, installId) {
      const row = await findRow(db, installId);
      return row && view(row);
    },

    async defaultInstall(db, kind) {
      const usable = (await listInstalls(db, kind)).filter((install) => install.usable);
      return usable.find((install) => install.isDefault) ?? usable.find((install) => install.savedState === 'enabled');
    },

    async readiness(db) {
      const installs = await listInstalls(db);
      const degraded = installs
        .filter((install) => install.state === 'degraded')
        .map((install) => ({
          installId: install.id,
          name: install.name,
          reason: install.problem ?? '',
        }));
      const installed = new Set(installs.map((install) => install.pluginId));
      for (const problem of registry.problems) {
        if (installed.has(problem.plugin)) continue;
        degraded.push({
          installId: '',
          name: problem.plugin,
          reason: `${problem.message} (${problem.where})`,
        });
      }
      return { degraded };
    },
  };
}
