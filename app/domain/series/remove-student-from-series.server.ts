import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { addDays, isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockFamilies } from './lock-families.server.ts';
import { leaveSeries } from './series-members.server.ts';
import { listMembers, listSeriesSessions, lockSeries, membersOn } from './series-rows.server.ts';

export const removeStudentSchema = z.object({
  seriesId: z.uuid(),
  studentId: z.uuid('Choose a student'),
  /** The first day of the rule without them. */
  from: z.string().refine(isLocalDate, 'Choose a session'),
  by: z.enum(['client', 'tutor', 'office']),
  reason: z.string().trim().max(1000, 'At most 1000 characters'),
});
export type RemoveStudentInput = z.infer<typeof removeStudentSchema>;

/**
 * Takes a student out of a series from a session on: their places in those still to come are cancelled by the policy
 * agreed at booking, and what the series is carried on with is without them. Where nobody is left, and it is no course,
 * the series ends. The family and the tutor are told once; again changes nothing.
 * @throws DomainError not_found; locked for a course, which is left and not only its sessions
 */
export async function removeStudentFromSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RemoveStudentInput,
): Promise<{ cancelled: number }> {
  const { seriesId, studentId, from, by, reason } = input;
  return inTransaction(db, async (trx) => {
    const series = await lockSeries(trx, seriesId);
    const course = await trx.selectFrom('course').select('name').where('seriesId', '=', seriesId).executeTakeFirst();
    if (course) throw new DomainError('locked', `This is the course ${course.name}: a student leaves it on its page.`);
    const sessions = (await listSeriesSessions(trx, seriesId, ctx.clock())).filter(
      (session) =>
        session.originalDate >= from &&
        (session.frozen === null || session.frozen === 'exception') &&
        session.studentIds.includes(studentId),
    );
    await lockFamilies(trx, sessions);
    for (const { id } of sessions)
      await cancelSession(trx, ctx, actor, { sessionId: id, studentIds: [studentId], by, reason, silent: true });
    const left = await leaveSeries(trx, { seriesId, studentId, from });
    if (sessions.length === 0 && !left) return { cancelled: 0 };
    const nobody = membersOn(await listMembers(trx, seriesId), from).length === 0;
    if (nobody && series.endedAt === null)
      await trx
        .updateTable('series')
        .set({ endedAt: ctx.clock(), ...(from > series.startsOn ? { untilOn: addDays(from, -1), occurrences: null } : {}) })
        .where('id', '=', seriesId)
        .execute();
    if (nobody)
      await trx
        .deleteFrom('seriesSkip')
        .where('seriesId', '=', seriesId)
        .where('originalDate', '>=', sql<string>`${from}::date`)
        .execute();
    await audit(trx, actor, {
      action: 'series.remove_student',
      subjectType: 'series',
      subjectId: seriesId,
      after: { studentId, from, by, sessions: sessions.length },
      reason,
    });
    await queueScheduleMails(trx, ctx, {
      cause: reason || null,
      changes: sessions.map(({ id }) => ({ sessionId: id, kind: 'cancelled', studentIds: [studentId] })),
    });
    return { cancelled: sessions.length };
  });
}
