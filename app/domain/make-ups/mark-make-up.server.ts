import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Says that a session makes up for one that was missed, which then stays uncharged; the session itself is charged as any.
 * It is of the same program, after the one that was missed, at least as long, and on the last day or before.
 * Again changes nothing.
 * @throws DomainError not_found; invalid_value with what doesn't fit; already_done where it is used otherwise or over
 */
export async function markMakeUp(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { makeUpId, sessionId }: { makeUpId: string; sessionId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, sessionId);
    const makeUp = await trx
      .selectFrom('makeUp')
      .innerJoin('attendance', 'attendance.id', 'makeUp.attendanceId')
      .innerJoin('session', 'session.id', 'attendance.sessionId')
      .selectAll('makeUp')
      .select(['session.id as missedId', 'session.startsAt as missedAt'])
      .where('makeUp.id', '=', makeUpId)
      .forUpdate('makeUp')
      .executeTakeFirst();
    if (!makeUp) throw new DomainError('not_found', 'This make-up is not there.');
    const place = await trx
      .selectFrom('attendance')
      .leftJoin('makeUp', 'makeUp.usedAttendanceId', 'attendance.id')
      .select(['attendance.id', 'outcome', 'makeUp.id as makesUpFor'])
      .where('sessionId', '=', sessionId)
      .where('attendance.studentId', '=', makeUp.studentId)
      .executeTakeFirst();
    if (place && makeUp.usedAttendanceId === place.id) return;
    if (makeUp.state !== 'open') throw new DomainError('already_done', 'It was made up for, or is over.');
    const refuse = (message: string) => new DomainError('invalid_value', message, { field: 'makeUp' });
    if (place?.outcome !== 'planned' || session.status !== 'scheduled')
      throw refuse('Only a session that the student is planned for can make up for it.');
    if (place.makesUpFor) throw refuse('This session makes up for another one already.');
    if (session.programId !== makeUp.programId) throw refuse('A session of the same program makes up for it.');
    if (session.startsAt <= makeUp.missedAt) throw refuse('A session after the one that was missed makes up for it.');
    if (session.durationMinutes < makeUp.minutes)
      throw refuse(`It takes a session of at least ${makeUp.minutes} minutes to make up for it.`);
    if (session.localDate > makeUp.expiresOn) throw refuse(`It can be made up for until ${makeUp.expiresOn}, no later.`);
    await trx.updateTable('makeUp').set({ state: 'used', usedAttendanceId: place.id }).where('id', '=', makeUpId).execute();
    for (const id of [makeUp.missedId, sessionId]) {
      await audit(trx, actor, {
        action: id === sessionId ? 'make_up.makes_up' : 'make_up.used',
        subjectType: 'session',
        subjectId: id,
        sessionId: id,
        after: { studentId: makeUp.studentId, sessionId: id === sessionId ? makeUp.missedId : sessionId },
      });
    }
  });
}
