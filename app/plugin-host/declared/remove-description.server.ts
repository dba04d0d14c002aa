import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Takes the description of a provider away. Its installs stay, orphaned: their past is readable, and their sessions to come are
 * told to the office. Safe to repeat.
 */
export async function removeDescription(db: Kysely<DB>, actor: Actor, { id }: { id: string }): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('declaredProvider').where('id', '=', id).returning('version').executeTakeFirst();
    if (!gone) return;
    const install = await trx
      .selectFrom('pluginInstall')
      .select('id')
      .where('pluginId', '=', id)
      .orderBy('createdAt')
      .executeTakeFirst();
    await audit(trx, actor, {
      action: 'plugin.undescribe',
      subjectType: 'plugin_install',
      subjectId: install?.id ?? null,
      before: { pluginId: id, version: gone.version },
    });
  });
}
