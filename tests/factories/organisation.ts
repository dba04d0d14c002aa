import type { Insertable, Kysely } from 'kysely';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';

const PLUGINS = {
  'billing-credits': 'billing',
  'billing-invoicing': 'billing',
  'billing-none': 'billing',
  'meeting-classroom': 'meeting',
  'meeting-link': 'meeting',
  'meeting-in-person': 'meeting',
  'meeting-jitsi': 'meeting',
} as const;
export type PluginId = keyof typeof PLUGINS;

export type AnOrganisation = Organisation & { installs: Record<PluginId, string> };

/** The company of the test, Harbour Tutoring in Dublin unless told, with an install of every plugin. Bills by invoice. */
export async function anOrganisation(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['organisation']>> & { billing?: PluginId; meeting?: PluginId } = {},
): Promise<AnOrganisation> {
  const { billing = 'billing-invoicing', meeting = 'meeting-link', ...columns } = over;
  const installs = {} as Record<PluginId, string>;
  for (const [pluginId, kind] of Object.entries(PLUGINS) as [PluginId, string][])
    installs[pluginId] = await install(db, pluginId, kind);
  const values = {
    name: 'Harbour Tutoring',
    timezone: 'Europe/Dublin',
    currency: 'EUR',
    locale: 'en-IE',
    billingInstallId: installs[billing],
    meetingInstallId: installs[meeting],
    ...columns,
  };
  await db
    .insertInto('organisation')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
  return { ...(await getOrganisation(db)), installs };
}

async function install(db: Kysely<DB>, pluginId: PluginId, kind: string): Promise<string> {
  const known = await db.selectFrom('pluginInstall').select('id').where('pluginId', '=', pluginId).executeTakeFirst();
  if (known) return known.id;
  const made = await db
    .insertInto('pluginInstall')
    .values({ pluginId, kind, name: pluginId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}
