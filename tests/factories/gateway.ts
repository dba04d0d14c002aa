import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import type { DB } from '#db/types.ts';

const office = { userId: null, kind: 'system' as const };

/** The company's gateway, set up and enabled. */
export async function aGateway(
  db: Kysely<DB>,
  ctx: AppContext,
  settings: Record<string, unknown>,
  pluginId = 'payment-stripe',
): Promise<string> {
  const { id } = await db.selectFrom('pluginInstall').select('id').where('pluginId', '=', pluginId).executeTakeFirstOrThrow();
  const saved = await saveInstallSettings(db, ctx, office, { installId: id, name: 'Stripe', values: settings, keptSecrets: [] });
  if (!saved.ok) throw new Error(JSON.stringify(saved.errors));
  await changeInstallState(db, ctx, office, { installId: id, state: 'enabled' });
  return id;
}
