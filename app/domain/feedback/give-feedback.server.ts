import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { CHANGE_DAYS, feedbackSchema, feedbackState } from './feedback.ts';

/** A place that was called off, or a lesson that is still only asked for, is nothing to speak of. */
const NOTHING_TO_SAY = ['cancelled', 'late_cancel'];
const NOT_HELD = ['requested', 'declined', 'cancelled', 'late_cancelled', 'rescheduled'];

/**
 * What one person says of a session about one student: once, changed for a week. The same twice is once; what is changed
 * the office sees as new. Of a family whoever is the student speaks as the student. Whether they may is the caller's to know.
 * @throws DomainError invalid_value (too early, too late, not held), not_found; ZodError
 */
export async function giveFeedback(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor & { userId: string },
  by: 'tutor' | 'family',
  input: z.input<typeof feedbackSchema>,
): Promise<void> {
  const { sessionId, studentId, rating, body } = feedbackSchema.parse(input);
  await inTransaction(db, async (trx) => {
    const place = await trx
      .selectFrom('attendance')
      .innerJoin('session', 'session.id', 'attendance.sessionId')
      .innerJoin('student', 'student.id', 'attendance.studentId')
      .select(['student.userId as studentUserId'])
      .select(['session.tutorId', 'session.endsAt', 'session.status', 'attendance.outcome'])
      .where('attendance.sessionId', '=', sessionId)
      .where('attendance.studentId', '=', studentId)
      .executeTakeFirst();
    if (!place || !(await getCloseOutRules(trx)).feedback)
      throw new DomainError('not_found', 'There is no feedback to give here.');
    if (NOTHING_TO_SAY.includes(place.outcome) || NOT_HELD.includes(place.status))
      throw new DomainError('invalid_value', 'This session did not take place.');
    const side = by === 'tutor' ? 'tutor' : place.studentUserId === actor.userId ? 'student' : 'client';
    const of = { sessionId, studentId, side, userId: actor.userId };
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`feedback ${sessionId} ${studentId} ${actor.userId}`}, 0))`.execute(
      trx,
    );
    const given = await trx
      .selectFrom('feedback')
      .select(['id', 'rating', 'body', 'createdAt'])
      .where((eb) => eb.and(of))
      .executeTakeFirst();
    if (given && given.rating === rating && given.body === body) return;
    const now = ctx.clock();
    const state = feedbackState(place.endsAt, given, now);
    if (state === 'too_early') throw new DomainError('invalid_value', 'Tell us how it was once the session is over.');
    if (state === 'closed')
      throw new DomainError(
        'invalid_value',
        given
          ? `This was said more than ${CHANGE_DAYS} days ago and stays as it is. Write to the office about anything else.`
          : 'This session was a while ago. Write to the office about it.',
      );
    const said = { rating, body, seenAt: null, seenBy: null };
    const { id } = given
      ? await trx.updateTable('feedback').set(said).where('id', '=', given.id).returning('id').executeTakeFirstOrThrow()
      : await trx
          .insertInto('feedback')
          .values({ ...of, tutorId: place.tutorId, ...said, createdAt: now })
          .returning('id')
          .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: given ? 'feedback.change' : 'feedback.give',
      subjectType: 'feedback',
      subjectId: id,
      sessionId,
      ...(given ? { before: { rating: given.rating } } : {}),
      after: { rating },
    });
  });
}
