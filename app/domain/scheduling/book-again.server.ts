import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { makeUpOf } from '#app/domain/groups/course-credits.server.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { bookSession } from './book-session.server.ts';
import type { BookingProblem } from './booking-problem.ts';
import { bookSessionSchema } from './session.schema.ts';

export const bookAgainSchema = z.object({
  copies: z
    .array(
      bookSessionSchema.pick({ tutorId: true, wallStart: true, durationMinutes: true }).extend({
        /** Of the session to be, so that the same request twice books once. */
        id: z.uuid(),
        /** The session that is booked again. */
        sessionId: z.uuid(),
      }),
    )
    .min(1, 'Choose at least one session')
    .max(50, 'At most 50 sessions at once'),
  overruleStudentConflict: z.boolean().optional(),
});
export type BookAgainInput = z.infer<typeof bookAgainSchema>;

/**
 * Books the same again at another time or with another tutor: program, subject, students, where and how; not the plan
 * and not a rate by hand, which were of that one session. All of them or none; of several everybody is told at once.
 * @throws DomainError as bookSession
 */
export async function bookAgain(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: BookAgainInput,
): Promise<{ sessionIds: string[]; warnings: BookingProblem[] }> {
  return inTransaction(db, async (trx) => {
    const sessionIds: string[] = [];
    const warnings: BookingProblem[] = [];
    for (const { sessionId, ...copy } of input.copies) {
      const session = await trx.selectFrom('session').selectAll().where('id', '=', sessionId).executeTakeFirst();
      if (!session) throw new DomainError('not_found', 'The session to copy does not exist any more.');
      const places = await trx
        .selectFrom('attendance')
        .select(['studentId', 'outcome'])
        .where('sessionId', '=', sessionId)
        .execute();
      const left = places.filter((place) => isLeft(place.outcome));
      const booked = await bookSession(trx, ctx, actor, {
        ...copy,
        programId: session.programId,
        subjectId: session.subjectId,
        studentIds: (left.length > 0 ? left : places).map((place) => place.studentId),
        mode: session.mode === 'online' ? 'online' : 'in_person',
        location: session.location,
        roomId: session.roomId,
        placeId: session.placeId,
        capacity: session.capacity,
        billable: session.billable,
        title: session.title,
        description: session.description,
        billingOf: await makeUpOf(trx, ctx, session.seriesId),
        silent: input.copies.length > 1,
        ...(input.overruleStudentConflict === undefined ? {} : { overruleStudentConflict: input.overruleStudentConflict }),
      });
      sessionIds.push(booked.sessionId);
      warnings.push(...booked.warnings);
    }
    if (sessionIds.length > 1) {
      const changes = sessionIds.map((sessionId) => ({ sessionId, kind: 'booked' as const }));
      await queueScheduleMails(trx, ctx, { cause: null, changes });
    }
    return { sessionIds, warnings };
  });
}
