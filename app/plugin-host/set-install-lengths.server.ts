import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/**
 * Says which lengths a meeting provider takes and at which minutes its sessions begin, such as an account that ends a room
 * after 40 minutes; null: any. What is booked stays as it is. @throws DomainError not_found where it gives no rooms
 */
export async function setInstallLengths(
  db: Kysely<DB>,
  actor: Actor,
  input: { installId: string; durations: number[] | null; gridMinutes: number | null },
): Promise<void> {
  const { installId, ...lengths } = input;
  await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('pluginInstall')
      .select(['durations', 'gridMinutes'])
      .where('id', '=', installId)
      .where('kind', '=', 'meeting')
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'There is no such plugin here.');
    const changed = changedFields(before, lengths);
    if (!changed) return;
    await trx.updateTable('pluginInstall').set(lengths).where('id', '=', installId).execute();
    await audit(trx, actor, { action: 'plugin.lengths', subjectType: 'plugin_install', subjectId: installId, ...changed });
  });
}
