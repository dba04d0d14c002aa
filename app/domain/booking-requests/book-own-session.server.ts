import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { markMakeUp } from '#app/domain/make-ups/mark-make-up.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getOwnEngagement, type OwnPlanner, requireAtOnce } from './planner.server.ts';

export interface OwnBooking {
  /** Chosen by the form, so that sending it twice books once. */
  id?: string | undefined;
  engagementId: string;
  wallStart: string;
  zone: string;
  durationMinutes: number;
  mode: 'online' | 'in_person';
  location?: string | undefined;
  placeId?: string | null | undefined;
  /** What the family was shown it costs, net in minor units; booked only while that is so. Undefined: nothing was said. */
  feeSaid?: bigint | null | undefined;
  /** What it makes up for: a missed lesson of the same student. */
  makeUpId?: string | undefined;
}

/**
 * A tutor or a family books with somebody engaged to them, where the rules let them. Tutor, student, program and subject
 * are the engagement's, whatever the form says; the time must be one the rules leave to them.
 * @throws DomainError not_found for an engagement of others, forbidden with the reason, preview_changed when it costs
 *   something else by now, and whatever bookSession and markMakeUp refuse
 */
export async function bookOwnSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: OwnBooking,
): Promise<{ sessionId: string }> {
  // Field by field: what else a caller sends along does not reach the booking.
  const { id, engagementId, wallStart, zone, durationMinutes, mode, location, placeId, feeSaid, makeUpId } = input;
  return inTransaction(db, async (trx) => {
    const organisation = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
    const startsAt = wallToInstant(wallStart, zone);
    const day = startsAt && localDateOf(startsAt, organisation.timezone);
    const engagement = await getOwnEngagement(trx, planner, engagementId, ctx.clock(), day);
    requireAtOnce(planner, 'book', engagement.matter);
    const booking = {
      ...(id ? { id } : {}),
      ...(placeId ? { placeId } : {}),
      durationMinutes,
      mode,
      location,
      engagementId,
      tutorId: engagement.tutorId,
      studentIds: [engagement.studentId],
      programId: engagement.programId,
      subjectId: engagement.subjectId,
      wallStart,
      zone,
      billable: true,
      by: planner.by,
    };
    if (feeSaid !== undefined) {
      const { places } = await checkBooking(trx, ctx, booking);
      const fee = places[0]?.fee ?? null;
      if (places.length > 0 && fee !== feeSaid)
        throw new DomainError('preview_changed', 'The price has changed meanwhile. Look at it again before you book.');
    }
    const { sessionId } = await bookSession(trx, ctx, actor, booking);
    if (makeUpId) await markMakeUp(trx, ctx, actor, { makeUpId, sessionId });
    return { sessionId };
  });
}
