import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { findMeetingSession, needsRoom } from './meeting-session.server.ts';

/** Asks the same provider again, after a person saw the failure and perhaps mended its cause. */
export async function retryMeeting(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'enqueue'>,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.selectFrom('meeting').select('sessionId').where('sessionId', '=', sessionId).forUpdate().execute();
    const meeting = await findMeetingSession(trx, sessionId);
    if (!meeting) throw new DomainError('not_found', 'This session has no online room.');
    if (!needsRoom(meeting)) throw new DomainError('conflict', 'This session does not take place.');
    if (meeting.state === 'ready') throw new DomainError('already_done', 'The room is there.');
    // Pressed twice: it is on its way.
    if (meeting.state === 'pending' && meeting.attempts === 0 && meeting.nextAttemptAt === null) return;
    await trx
      .updateTable('meeting')
      .set((eb) => ({ state: 'pending', attempts: 0, nextAttemptAt: null, sweptAt: null, turn: eb('turn', '+', 1) }))
      .where('sessionId', '=', sessionId)
      .execute();
    await audit(trx, actor, {
      action: 'meeting.retry',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      before: { state: meeting.state, code: meeting.errorCode },
    });
    await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } });
  });
}
