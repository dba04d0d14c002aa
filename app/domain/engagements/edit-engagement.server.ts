import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkEngagement } from './create-engagement.server.ts';
import type { EngagementEdit } from './engagement.schema.ts';

/**
 * Saves who may schedule, hours, lengths and days of an engagement. Who is in it and for what stays: its sessions were
 * booked for that, so another tutor or subject is another engagement.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value at the field
 */
export async function editEngagement(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: EngagementEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('engagement').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This engagement is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'engagement', id, word: 'engagement', version: before.version });
    for (const field of ['tutorId', 'studentId', 'programId', 'subjectId'] as const) {
      if (columns[field] !== before[field])
        throw new DomainError('invalid_value', 'Its sessions were booked for this: end the engagement and make a new one.', {
          field,
        });
    }
    const changes = changedFields(before, columns, ['notes']);
    if (!changes) return;
    await checkEngagement(trx, columns, id);
    await trx
      .updateTable('engagement')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'engagement.edit', subjectType: 'engagement', subjectId: id, ...changes });
  });
}
