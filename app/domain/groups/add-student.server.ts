import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { joinSeries } from '#app/domain/series/series-members.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { enrolInCourse } from './enrol-in-course.server.ts';
import { listJoinable, placeStudent } from './place-student.server.ts';
import { settleWaiting } from './settle-waiting.server.ts';

export const addStudentSchema = z.object({
  sessionId: z.uuid(),
  studentId: z.uuid('Choose a student'),
  /** This session alone, or all of its series that are still to come. */
  scope: z.enum(['one', 'future']),
  overruleStudentConflict: z.boolean().optional(),
});
export type AddStudentInput = z.infer<typeof addStudentSchema>;

/**
 * Gives a student a place in one session of a group, or in all of its series from it on (a course is enrolled in). The
 * family and the tutor are told once; a place they have already stays.
 * @throws DomainError as placeStudent and enrolInCourse
 */
export async function addStudent(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: AddStudentInput): Promise<void> {
  try {
    await inTransaction(db, (trx) => add(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function add(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: AddStudentInput): Promise<void> {
  const { sessionId, studentId, overruleStudentConflict } = input;
  const session = await trx
    .selectFrom('session')
    .leftJoin('course', 'course.seriesId', 'session.seriesId')
    .select(['session.seriesId', 'session.startsAt', 'session.originalDate', 'course.id as courseId'])
    .where('session.id', '=', sessionId)
    .executeTakeFirst();
  if (!session) throw new DomainError('not_found', 'This session does not exist.');
  const { seriesId, courseId } = session;
  if (input.scope === 'future' && courseId !== null) {
    await enrolInCourse(trx, ctx, actor, { courseId, studentId, overruleStudentConflict });
    return;
  }
  const all = input.scope === 'future' && seriesId !== null;
  const wanted = all ? await laterOf(trx, ctx, { seriesId, studentId, from: session.startsAt }) : [sessionId];
  const { sessionIds } = await placeStudent(trx, ctx, actor, { sessionIds: wanted, studentId, overruleStudentConflict });
  if (all) await joinSeries(trx, { seriesId, studentId, fromOn: session.originalDate ?? '' });
  await settleWaiting(trx, studentId, all ? { seriesId } : { sessionId });
  await queueScheduleMails(trx, ctx, {
    cause: null,
    changes: sessionIds.map((id) => ({ sessionId: id, kind: 'booked', studentIds: [studentId] })),
  });
}

async function laterOf(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { seriesId, studentId, from }: { seriesId: string; studentId: string; from: Date },
): Promise<string[]> {
  // Everyone in it before the series, as those lock who carry it on or change it.
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT unnest(ARRAY[tutor_id, room_id]) AS id FROM session WHERE series_id = ${seriesId} AND starts_at >= ${from}`.execute(
    trx,
  );
  await lockResources(trx, [studentId, ...rows.flatMap(({ id }) => (id ? [id] : []))], ctx.clock());
  await sql`SELECT 1 FROM series WHERE id = ${seriesId} FOR UPDATE`.execute(trx);
  const sessions = await listJoinable(trx, { seriesId, now: ctx.clock(), studentId });
  return sessions.filter((session) => session.startsAt >= from).map((session) => session.id);
}
