import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockResources } from './conflicts.server.ts';
import { moveOrder } from './move-order.ts';
import { rescheduleSession } from './reschedule-session.server.ts';
import { rescheduleSessionSchema } from './session.schema.ts';
import { addMinutes, instantToWall, wallToInstant } from './wall-time.ts';

/** Times as the organisation's clock shows them, whatever zone a session was planned in. */
export const moveSessionsSchema = z.object({
  moves: z
    .array(
      rescheduleSessionSchema.pick({ sessionId: true, version: true, wallStart: true, durationMinutes: true }).extend({
        tutorId: z.uuid('Choose a tutor'),
      }),
    )
    .min(1, 'Choose at least one session')
    .max(50, 'At most 50 sessions at once'),
  overruleStudentConflict: z.boolean().optional(),
});
export type MoveSessionsInput = z.infer<typeof moveSessionsSchema>;

/**
 * Moves sessions together: all of them or none. They may take each other's places in time, as back-to-back sessions do
 * that shift by an hour. Who is concerned by several is told of all of them in one mail.
 * @returns each with the version it has now
 * @throws DomainError as rescheduleSession, with the session it is about as `details.sessionId`
 */
export async function moveSessions(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: MoveSessionsInput,
): Promise<{ sessionId: string; version: number }[]> {
  return inTransaction(db, async (trx) => {
    const organisation = await getOrganisation(trx);
    const ids = input.moves.map((move) => move.sessionId);
    const there = await trx
      .selectFrom('session')
      .select(['id', 'tutorId', 'roomId', 'startsAt', 'endsAt', 'zone'])
      .select(sql<string[]>`ARRAY(SELECT student_id::text FROM attendance WHERE session_id = session.id)`.as('studentIds'))
      .where('id', 'in', ids)
      .execute();
    const moves = input.moves.map((move) => {
      const session = there.find(({ id }) => id === move.sessionId);
      if (!session)
        throw new DomainError('not_found', 'This session does not exist.', { details: { sessionId: move.sessionId } });
      const startsAt = wallToInstant(move.wallStart, organisation.timezone);
      // Said in the zone the session is planned in; a time that doesn't exist is refused in the organisation's.
      const said = startsAt
        ? { wallStart: instantToWall(startsAt, session.zone), zone: session.zone }
        : { wallStart: move.wallStart, zone: organisation.timezone };
      const to = startsAt ?? session.startsAt;
      return { ...move, ...said, from: session, to: { startsAt: to, endsAt: addMinutes(to, move.durationMinutes) } };
    });
    // Everybody in any of them at once: one after the other would be another order than other bookings take.
    const taken = there.flatMap(({ tutorId, roomId, studentIds }) => [tutorId, ...studentIds, ...(roomId ? [roomId] : [])]);
    await lockResources(trx, [...new Set([...taken, ...moves.map((move) => move.tutorId)])], ctx.clock());
    const together = moves.length > 1;
    for (const { from: _from, to: _to, ...move } of moveOrder(moves)) {
      try {
        await rescheduleSession(trx, ctx, actor, {
          ...move,
          silent: together,
          ...(input.overruleStudentConflict === undefined ? {} : { overruleStudentConflict: input.overruleStudentConflict }),
        });
      } catch (error) {
        throw about(error, move.sessionId);
      }
    }
    if (together) {
      const changes = moves.map(({ sessionId, tutorId, from }) => ({
        sessionId,
        kind: 'moved' as const,
        before: { startsAt: from.startsAt, endsAt: from.endsAt },
        ...(tutorId === from.tutorId ? {} : { formerTutorId: from.tutorId }),
      }));
      await queueScheduleMails(trx, ctx, { cause: null, changes });
    }
    const moved = await trx.selectFrom('session').select(['id', 'version']).where('id', 'in', ids).execute();
    return moved.map(({ id, version }) => ({ sessionId: id, version }));
  });
}

/** Of several, the one that is refused. */
function about(error: unknown, sessionId: string): unknown {
  if (!isDomainError(error)) return error;
  const details = { ...(error.details as object | undefined), sessionId };
  return new DomainError(error.code, error.message, {
    ...(error.field === undefined ? {} : { field: error.field }),
    details,
    cause: error,
  });
}
