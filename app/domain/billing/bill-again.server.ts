import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { assessSession } from './assess-session.server.ts';

/**
 * After a credit note: the place is charged again, as the session is now, as its next revision. It goes onto the next
 * run, marked late where its period is closed.
 * @throws DomainError not_found, already_done when it isn't credited
 */
export async function billAgain(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { attendanceId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const place = await trx
      .selectFrom('attendance')
      .select(['id', 'sessionId'])
      .where('id', '=', input.attendanceId)
      .executeTakeFirst();
    if (!place) throw new DomainError('not_found', 'This place does not exist.');
    await lockSession(trx, place.sessionId);
    const credited = await trx
      .updateTable('attendance')
      .set((eb) => ({ revision: eb('revision', '+', 1), settledAt: null }))
      .where('id', '=', place.id)
      .where('leftOut', '=', 'credited')
      .returning('revision')
      .executeTakeFirst();
    if (!credited) throw new DomainError('already_done', 'This place has not been credited, or is billed again already.');
    await assessSession(trx, ctx, place.sessionId);
    await audit(trx, actor, {
      action: 'place.bill_again',
      subjectType: 'attendance',
      subjectId: place.id,
      sessionId: place.sessionId,
      after: { revision: credited.revision },
    });
  });
}
