import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ClearanceEdit } from './clearance.schema.ts';
import { queueClearanceMail } from './queue-clearance-mail.server.ts';
import { settleClearanceTasks } from './settle-clearance-tasks.server.ts';

/**
 * Checks a clearance, or corrects one. A tutor is told by mail when theirs is accepted or not; what is valid is reminded of
 * from then on. Saving what is saved changes nothing.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (issuedOn: it would be good for ever)
 */
export async function checkClearance(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: ClearanceEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx
      .selectFrom('clearance')
      .innerJoin('clearanceType', 'clearanceType.id', 'clearance.typeId')
      .selectAll('clearance')
      .select('clearanceType.validMonths')
      .where('clearance.id', '=', id)
      .forUpdate('clearance')
      .executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This clearance is not there.');
    const { tutorId } = before;
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'tutor', id: tutorId, word: 'clearance', version: before.version });
    const changes = changedFields(before, columns, ['number', 'note']);
    if (!changes) return;
    if (columns.status === 'valid' && before.validMonths !== null && columns.issuedOn === null && columns.expiresOn === null)
      throw new DomainError('invalid_value', 'Say when it was issued, or until when it is good: it is no good for ever.', {
        field: 'issuedOn',
      });
    const decided = columns.status !== before.status;
    const otherDays = columns.expiresOn !== before.expiresOn || columns.issuedOn !== before.issuedOn;
    await trx
      .updateTable('clearance')
      .set({
        ...columns,
        version: version + 1,
        ...(decided ? { checkedBy: actor.userId, checkedAt: ctx.clock() } : {}),
        ...(decided || otherDays ? { remindedDays: null } : {}),
      })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: decided ? `tutor.clearance_${columns.status}` : 'tutor.edit_clearance',
      subjectType: 'tutor',
      subjectId: tutorId,
      before: { clearanceId: id, ...changes.before },
      after: { clearanceId: id, ...changes.after },
    });
    if (!decided) return;
    await settleClearanceTasks(trx, ctx, actor, tutorId, { renewed: columns.status === 'valid' });
    if (columns.status !== 'to_check') await queueClearanceMail(trx, ctx, id);
  });
}
