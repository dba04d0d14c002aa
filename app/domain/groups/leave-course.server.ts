import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { reasonText } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { reasonLabelOf } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { leaveSeries } from '#app/domain/series/series-members.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const leaveCourseSchema = z.object({
  enrolmentId: z.uuid(),
  by: z.enum(['client', 'office']),
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  reason: z.string().trim().max(1000, 'At most 1000 characters'),
});
export type LeaveCourseInput = z.infer<typeof leaveCourseSchema>;

/**
 * Takes a student out of a course: every place still to come is cancelled by the policy, and others can have it. What was
 * sold stays sold: credits that come back are in the family's package for this student and program, and paying back is a
 * credit note on its line. Left already: nothing happens.
 * @throws DomainError not_found; invalid_value (field reasonId)
 */
export async function leaveCourse(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: LeaveCourseInput,
): Promise<{ freed: number }> {
  return inTransaction(db, async (trx) => {
    const enrolment = await trx
      .selectFrom('courseEnrolment')
      .innerJoin('course', 'course.id', 'courseEnrolment.courseId')
      .select(['courseEnrolment.id', 'courseId', 'studentId', 'seriesId', 'leftAt'])
      .where('courseEnrolment.id', '=', input.enrolmentId)
      .executeTakeFirst();
    if (!enrolment) throw new DomainError('not_found', 'This enrolment is not there.');
    const { studentId, seriesId } = enrolment;
    // In the order in which enrolling locks: the series, its sessions, the family.
    await sql`SELECT 1 FROM series WHERE id = ${seriesId} FOR UPDATE`.execute(trx);
    const now = ctx.clock();
    const { rows: sessions } = await sql<{ id: string }>`
      SELECT s.id FROM session s WHERE s.series_id = ${seriesId} AND s.starts_at > ${now} AND s.status = 'scheduled'
        AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.student_id = ${studentId} AND a.outcome = 'planned')
      ORDER BY s.id FOR UPDATE OF s`.execute(trx);
    const left = await trx
      .updateTable('courseEnrolment')
      .set({ leftAt: now })
      .where('id', '=', enrolment.id)
      .where('leftAt', 'is', null)
      .executeTakeFirst();
    if (left.numUpdatedRows === 0n) return { freed: 0 };
    const { by, reasonId, reason } = input;
    const label = await reasonLabelOf(trx, reasonId, by);
    for (const { id } of sessions)
      await cancelSession(trx, ctx, actor, { sessionId: id, studentIds: [studentId], by, reasonId, reason, silent: true });
    const { timezone } = await getOrganisation(trx);
    const today = localDateOf(now, timezone);
    await leaveSeries(trx, { seriesId, studentId, from: addDays(today, 1) });
    await audit(trx, actor, {
      action: 'course.leave',
      subjectType: 'course',
      subjectId: enrolment.courseId,
      after: { studentId, sessions: sessions.length, by },
      reason: reasonText(label, reason),
    });
    await queueScheduleMails(trx, ctx, {
      cause: reasonText(label, reason) || null,
      changes: sessions.map(({ id }) => ({ sessionId: id, kind: 'cancelled', studentIds: [studentId] })),
    });
    return { freed: sessions.length };
  });
}
