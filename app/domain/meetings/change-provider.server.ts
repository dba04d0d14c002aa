import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { checkMeetingProvider } from './check-provider.server.ts';
import { planMeeting } from './plan-meeting.server.ts';

/**
 * Gives one session another meeting provider: a person's choice, never made by itself. The former room is given up, and
 * links that were sent keep working, because they lead to Join and not to the room.
 */
export async function changeMeetingProvider(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins' | 'enqueue' | 'clock'>,
  actor: Actor,
  { sessionId, installId }: { sessionId: string; installId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const session = await trx
      .selectFrom('session')
      .leftJoin('meeting', 'meeting.sessionId', 'session.id')
      .select(['session.id', 'session.tutorId', 'session.mode', 'session.status', 'meeting.installId as before', 'meeting.state'])
      .where('session.id', '=', sessionId)
      .forUpdate('session')
      .executeTakeFirst();
    if (!session) throw new DomainError('not_found', 'This session is not there.');
    if (session.mode !== 'online') throw new DomainError('conflict', 'This session takes place in person.');
    if (session.status !== 'scheduled' && session.status !== 'requested') {
      throw new DomainError('conflict', 'Only a session that is still to come can move to another room.');
    }
    // Pressed twice.
    if (session.before === installId && session.state !== 'released') return;
    const { students } = await trx
      .selectFrom('attendance')
      .select((eb) => eb.fn.countAll<bigint>().as('students'))
      .where('sessionId', '=', sessionId)
      .where('outcome', 'not in', ['cancelled', 'late_cancel'])
      .executeTakeFirstOrThrow();
    await checkMeetingProvider(trx, ctx, { installId, tutorId: session.tutorId, students: Number(students) });
    await planMeeting(trx, ctx, { sessionId, installId });
    await audit(trx, actor, {
      action: 'meeting.provider',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      before: { installId: session.before },
      after: { installId },
    });
  });
}
