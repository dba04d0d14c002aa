import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { isSealed } from './sealing.server.ts';
import { type SettingsField, settingsFields } from './settings-fields.ts';
import type { SettingValue } from './settings-form.ts';
import { type GuidePart, guideParts } from './setup-guide.ts';
import type { InstallView, PluginHost, PluginProblem } from './types.ts';

export interface InstallPage {
  install: InstallView;
  version: string | null;
  where: string | null;
  fields: SettingsField[];
  /** What is saved, secrets left out. */
  values: Record<string, SettingValue>;
  /** The secrets that have a saved value. */
  savedSecrets: string[];
  /** What an administrator does at the provider, in order; null where there is nothing to do. */
  guide: { steps: GuidePart[][]; unproven: string | null } | null;
  /** Has a button that tries the saved settings. */
  canCheck: boolean;
  /** What already refers to it, in people's words: [count, "families"]. */
  uses: { count: number; what: string }[];
}

/** Everything that the settings page of one install shows; `origin` is where this installation is reached. Throws DomainError not_found. */
export async function getInstallPage(db: Kysely<DB>, host: PluginHost, installId: string, origin: string): Promise<InstallPage> {
  const install = await getInstall(db, host, installId);
  const loaded = host.registry.plugins.get(install.pluginId);
  const row = await db.selectFrom('pluginInstall').select('settings').where('id', '=', installId).executeTakeFirstOrThrow();
  const fields = loaded ? settingsFields(loaded.plugin.config) : [];
  const saved = row.settings as Record<string, unknown>;
  const values: Record<string, SettingValue> = {};
  for (const field of fields) {
    const value = saved[field.name];
    if (field.type !== 'secret' && isSettingValue(value) && !isSealed(value)) values[field.name] = value;
  }
  const guide = loaded?.plugin.guide;
  const addresses = { webhookUrl: `${origin}/hooks/p/${install.id}`, callbackUrl: `${origin}/oauth/p/${install.id}` };
  return {
    install,
    version: loaded?.plugin.version ?? null,
    where: loaded?.where ?? null,
    fields,
    values,
    savedSecrets: fields.filter((field) => field.type === 'secret' && saved[field.name] !== undefined).map((f) => f.name),
    guide: guide ? { steps: guide.steps.map((step) => guideParts(step, addresses)), unproven: guide.unproven ?? null } : null,
    canCheck: loaded?.plugin.kind === 'meeting' && loaded.plugin.check !== undefined,
    uses: await usesOf(db, install),
  };
}

export interface PluginList {
  installs: InstallView[];
  /** Plugins that could not be loaded and have no install to show it on. */
  problems: PluginProblem[];
  /** Loaded plugins, for a further install. */
  plugins: { id: string; kind: string; name: string; needsSettings: boolean }[];
}

export async function listPlugins(db: Kysely<DB>, host: PluginHost): Promise<PluginList> {
  const installs = await host.listInstalls(db);
  const installed = new Set(installs.map((install) => install.pluginId));
  return {
    installs,
    problems: host.registry.problems.filter((problem) => !installed.has(problem.plugin)),
    plugins: [...host.registry.plugins.values()].map(({ plugin }) => ({
      id: plugin.id,
      kind: plugin.kind,
      name: plugin.name,
      needsSettings: Object.keys(plugin.config.shape).length > 0,
    })),
  };
}

/** Throws DomainError not_found, for an id that is no id too. */
export async function getInstall(db: Kysely<DB>, host: PluginHost, installId: string): Promise<InstallView> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(installId);
  const install = isId ? await host.findInstall(db, installId) : undefined;
  if (!install) throw new DomainError('not_found', 'There is no such plugin here.');
  return install;
}

async function usesOf(db: Kysely<DB>, install: InstallView): Promise<{ count: number; what: string }[]> {
  const count = async (query: Promise<{ count: string | number | bigint } | undefined>, what: string) => ({
    count: Number((await query)?.count ?? 0),
    what,
  });
  if (install.kind === 'billing') {
    const clients = db
      .selectFrom('client')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('billingInstallId', '=', install.id)
      .executeTakeFirst();
    const places = db
      .selectFrom('attendance')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('billingInstallId', '=', install.id)
      .executeTakeFirst();
    return [await count(clients, 'families by their own setting'), await count(places, 'places in sessions')];
  }
  if (install.kind === 'payment') {
    const payments = db
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('installId', '=', install.id)
      .executeTakeFirst();
    const cards = db
      .selectFrom('savedCard')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('installId', '=', install.id)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    return [await count(payments, 'payments'), await count(cards, 'saved cards')];
  }
  const meetings = db
    .selectFrom('meeting')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('installId', '=', install.id)
    .executeTakeFirst();
  const programs = db
    .selectFrom('program')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('meetingInstallId', '=', install.id)
    .executeTakeFirst();
  return [await count(meetings, 'sessions'), await count(programs, 'programs')];
}

const isSettingValue = (value: unknown): value is SettingValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
