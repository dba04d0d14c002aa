import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { coursePrice } from './course-price.ts';
import { findCreditsInstall } from './credits-install.server.ts';
import { listJoinable, placeStudent } from './place-student.server.ts';
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
 * it whatever the family's billing mode, so that nothing is charged twice. Enrolled already: nothing happens.
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

  const price = coursePrice(course.price, { left: sessions.length, all: await countAll(trx, seriesId) }, input.price ?? 'full');
  const sold =
    price === null
      ? undefined
      : await sell(trx, ctx, actor, {
          course,
          student,
          // A place they have already stays as it is billed.
          sessions: sessions.filter((session) => !session.placed),
          price,
          today,
          programId: known.programId,
        });
  const { sessionIds } = await placeStudent(trx, ctx, actor, {
    sessionIds: sessions.map((session) => session.id),
    studentId,
    overruleStudentConflict: input.overruleStudentConflict,
    // What was sold is just what these places take, whatever else the family owes.
    ...(sold ? { billingInstallId: sold.installId, mayRefuse: false } : {}),
  });
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
  await trx
    .insertInto('seriesStudent')
    .values({ seriesId, studentId, fromOn })
    .onConflict((conflict) => conflict.columns(['seriesId', 'studentId', 'fromOn']).doUpdateSet({ toOn: null }))
    .execute();
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

/** How many sessions the course has in all, without those that were called off. */
async function countAll(trx: Transaction<DB>, seriesId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM session s WHERE series_id = ${seriesId} AND status NOT IN ('declined', 'rescheduled')
      AND NOT EXISTS (SELECT 1 FROM cancellation c WHERE c.session_id = s.id AND c.student_id IS NULL)`.execute(trx);
  return rows[0]?.count ?? 0;
}

interface Sale {
  course: { name: string };
  student: { id: string; clientId: string };
  sessions: readonly { durationMinutes: number }[];
  price: bigint;
  today: string;
  programId: string;
}

/** The course as a package: as many credits as its sessions take, by the setting of the credits. */
async function sell(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, sale: Sale) {
  const credits = await findCreditsInstall(trx, ctx);
  if (!credits)
    throw new DomainError(
      'invalid_value',
      'A course with a price is sold as credits, and no billing by credits is switched on.',
      {
        field: 'courseId',
      },
    );
  if (sale.sessions.length === 0)
    throw new DomainError('already_done', 'They have a place in every session already.', { field: 'studentId' });
  const amount = sale.sessions.reduce((sum, session) => sum + credits.priceOf(session.durationMinutes), 0n);
  const program = await trx.selectFrom('program').select('taxPercent').where('id', '=', sale.programId).executeTakeFirstOrThrow();
  const { lotId } = await sellPackage(trx, ctx, actor, {
    clientId: sale.student.clientId,
    studentId: sale.student.id,
    programId: sale.programId,
    credits: amount,
    price: sale.price,
    taxPercent: program.taxPercent ?? '0',
    purchasedOn: sale.today,
    description: sale.course.name,
  });
  return { lotId, installId: credits.installId };
}
