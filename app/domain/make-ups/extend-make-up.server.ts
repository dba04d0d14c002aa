import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Gives a family longer to make up for what it missed, or less long, while it is open.
 * @param input `until` the new last day, YYYY-MM-DD, not in the past (`today`)
 * @throws DomainError not_found; invalid_value (field until); already_done where it is open no more
 */
export async function extendMakeUp(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { makeUpId, until, today }: { makeUpId: string; until: string; today: string },
): Promise<void> {
  if (!isLocalDate(until)) throw new DomainError('invalid_value', 'Enter the last day.', { field: 'until' });
  if (until < today) throw new DomainError('invalid_value', 'Enter today or a later day.', { field: 'until' });
  await inTransaction(db, async (trx) => {
    const makeUp = await trx
      .selectFrom('makeUp')
      .innerJoin('attendance', 'attendance.id', 'makeUp.attendanceId')
      .select(['makeUp.state', 'makeUp.expiresOn', 'attendance.sessionId', 'attendance.studentId'])
      .where('makeUp.id', '=', makeUpId)
      .forUpdate('makeUp')
      .executeTakeFirst();
    if (!makeUp) throw new DomainError('not_found', 'This make-up is not there.');
    if (makeUp.state !== 'open') throw new DomainError('already_done', 'It was used or is over meanwhile.');
    if (makeUp.expiresOn === until) return;
    await trx.updateTable('makeUp').set({ expiresOn: until }).where('id', '=', makeUpId).execute();
    await audit(trx, actor, {
      action: 'make_up.extend',
      subjectType: 'session',
      subjectId: makeUp.sessionId,
      sessionId: makeUp.sessionId,
      before: { expiresOn: makeUp.expiresOn },
      after: { studentId: makeUp.studentId, expiresOn: until },
    });
  });
}
