import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { joinSeries } from '#app/domain/series/series-members.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { listJoinable, placeStudent } from './place-student.server.ts';
import { billPlaced, sellCourse } from './sell-course.server.ts';
import { settleWaiting } from './settle-waiting.server.ts';

export const enrolInCourseSchema = z.object({
  courseId: z.uuid('Choose a course'),
  studentId: z.uuid('Choose a student'),
  /** Of who joins after it began: the whole price, or the part of the sessions that are left. Default: the whole. */
  price: z.enum(['full', 'pro_rata']).optional(),
  overruleStudentConflict: z.boolean().optional(),
});
export type EnrolInCourseInput = z.infer<typeof enrolInCourseSchema> & {
  /** Who enrols: the last day to enrol binds everybody but the office. Default: the office. */
  by?: 'office' | 'family' | 'storefront' | undefined;
  /** Chosen by who asks, so that asking twice enrols once. */
  id?: string | undefined;
  /** The guest's own place that was kept meanwhile. */
  exceptHoldId?: string | undefined;
  /** No mail: the caller tells of everything at once. */
  silent?: boolean | undefined;
};

export interface Enrolled {
  enrolmentId: string;
  /** The sessions booked now; empty where they were enrolled already. */
  sessionIds: string[];
  /** What it was sold for, net in minor units; null: each session is charged by itself. */
  price: bigint | null;
}

/**
 * Books a student into every session of a course that is still to come, all of them or none, under its capacity and the
 * locks of everyone in it. A course with a price is sold as a whole: a package of the family, for this student and
 * program alone, that holds just what these sessions take; its price is on their next invoice, and the places draw from
 * it whatever the family's billing mode, so that nothing is charged twice. Enrolled already: nothing happens. Who left and
 * comes back has what is left of their package.
 * @throws DomainError not_found; unknown_reference (studentId); locked (archived, too late, over); invalid_value (field
 *   studentId: full; field courseId: credits can't be used); student_conflict with all clashes
 */
export async function enrolInCourse(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: EnrolInCourseInput,
): Promise<Enrolled> {
  try {
    return await inTransaction(db, (trx) => enrol(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function enrol(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: EnrolInCourseInput): Promise<Enrolled> {
  const { courseId, studentId } = input;
  const known = await trx
    .selectFrom('course')
    .innerJoin('series', 'series.id', 'course.seriesId')
    .select(['course.seriesId', 'series.tutorId', 'series.roomId', 'series.programId', 'series.startsOn'])
    .where('course.id', '=', courseId)
    .executeTakeFirst();
  if (!known) throw new DomainError('not_found', 'This course does not exist.');
  const { seriesId } = known;
  await lockResources(trx, [studentId, known.tutorId, ...(known.roomId ? [known.roomId] : [])], ctx.clock());
  await sql`SELECT 1 FROM series WHERE id = ${seriesId} FOR UPDATE`.execute(trx);
  const course = await trx.selectFrom('course').selectAll().where('id', '=', courseId).forUpdate().executeTakeFirstOrThrow();
  const student = await trx
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select(['student.id', 'student.clientId', 'student.archivedAt', 'client.ref as clientRef'])
    .where('student.id', '=', studentId)
    .executeTakeFirst();
  if (!student || student.archivedAt)
    throw new DomainError('unknown_reference', 'Choose a student who is there.', { field: 'studentId' });
  const there = await trx
    .selectFrom('courseEnrolment')
    .select(['id', 'creditLotId'])
    .where('courseId', '=', courseId)
    .where('studentId', '=', studentId)
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  if (there) return { enrolmentId: there.id, sessionIds: [], price: course.price };

  const { timezone } = await getOrganisation(trx);
  const today = localDateOf(ctx.clock(), timezone);
  checkOpen(course, today, input.by ?? 'office');
  await checkPlace(trx, course, ctx.clock(), input.exceptHoldId);
  const sessions = await listJoinable(trx, { seriesId, now: ctx.clock(), studentId });
  if (sessions.length === 0) throw new DomainError('locked', 'Nothing of this course is left to come.');

  const sold =
    course.price === null
      ? undefined
      : await sellCourse(trx, ctx, actor, {
          course: { ...course, price: course.price },
          student,
          sessions,
          rule: input.price ?? 'full',
          today,
          programId: known.programId,
        });
  const price = sold ? sold.price : null;
  const { sessionIds } = await placeStudent(trx, ctx, actor, {
    sessionIds: sessions.map((session) => session.id),
    studentId,
    overruleStudentConflict: input.overruleStudentConflict,
    // What was sold is just what these places take, whatever else the family owes.
    ...(sold ? { billingInstallId: sold.installId, mayRefuse: false } : {}),
  });
  if (sold) await billPlaced(trx, ctx, { sessions, studentId, installId: sold.installId });
  const enrolment = await trx
    .insertInto('courseEnrolment')
    .values({
      ...(input.id ? { id: input.id } : {}),
      courseId,
      studentId,
      clientId: student.clientId,
      creditLotId: sold?.lotId ?? null,
      enrolledBy: actor.userId,
      enrolledAt: ctx.clock(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const fromOn = today > known.startsOn ? today : known.startsOn;
  await joinSeries(trx, { seriesId, studentId, fromOn });
  await settleWaiting(trx, studentId, { seriesId });
  await audit(trx, actor, {
    action: 'course.enrol',
    subjectType: 'course',
    subjectId: courseId,
    after: { studentId, sessions: sessionIds.length, price, lotId: sold?.lotId ?? null },
  });
  if (!input.silent)
    await queueScheduleMails(trx, ctx, {
      cause: null,
      changes: sessionIds.map((sessionId) => ({ sessionId, kind: 'booked', studentIds: [studentId] })),
    });
  return { enrolmentId: enrolment.id, sessionIds, price };
}

function checkOpen(
  course: { name: string; archivedAt: Date | null; enrolUntil: string | null },
  today: string,
  by: 'office' | 'family' | 'storefront',
): void {
  if (course.archivedAt) throw new DomainError('locked', `${course.name} is archived.`);
  if (by !== 'office' && course.enrolUntil !== null && today > course.enrolUntil)
    throw new DomainError('locked', `${course.name} takes nobody in any more.`);
}

/** Enrolled, or kept for a guest who is just saying who they are. */
async function checkPlace(
  trx: Transaction<DB>,
  course: { id: string; name: string; capacity: number },
  now: Date,
  exceptHoldId: string | undefined,
): Promise<void> {
  const { rows } = await sql<{ taken: number }>`
    SELECT (SELECT count(*)::int FROM course_enrolment WHERE course_id = ${course.id} AND left_at IS NULL)
      + (SELECT count(*)::int FROM hold WHERE course_id = ${course.id} AND expires_at > ${now}
         AND id IS DISTINCT FROM ${exceptHoldId ?? null}::uuid) AS taken`.execute(trx);
  if ((rows[0]?.taken ?? 0) < course.capacity) return;
  const places = course.capacity === 1 ? 'its one place is' : `all ${course.capacity} places are`;
  throw new DomainError('invalid_value', `${course.name} is full: ${places} taken.`, { field: 'studentId' });
}
