import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { checkBooking, type QuotedPlace } from '#app/domain/scheduling/check-booking.server.ts';
import type { DB } from '#db/types.ts';
import { findInstantFit } from './find-instant-fit.server.ts';
import type { PreviewInstantInput } from './instant.schema.ts';
import type { InstantFit } from './instant-fit.ts';
import { chooseInstantProvider } from './instant-provider.server.ts';
import { instantTime } from './instant-time.ts';
import { isMatched } from './is-matched.server.ts';
import type { InstantStarter } from './start-instant-session.server.ts';

export interface InstantPreview {
  /** What stands in the way, or should be known, if it is billed. */
  problems: BookingProblem[];
  /** What it means to bill it, and not to; null for somebody new, who has nothing yet. */
  billed: QuotedPlace | null;
  unbilled: QuotedPlace | null;
  fit: InstantFit;
}

/**
 * What starting now would mean: the dry run of the booking, billed and not. Writes and locks nothing.
 * @throws DomainError not_found for a student of other tutors, unknown_reference, provider_not_connected
 */
export async function previewInstant(
  db: Kysely<DB>,
  ctx: DomainContext,
  by: InstantStarter,
  input: PreviewInstantInput,
): Promise<InstantPreview> {
  const { tutorId, studentId, programId, durationMinutes } = input;
  // What a family has left is nothing for whoever guesses an id.
  if (by === 'tutor' && studentId && !(await isMatched(db, ctx.clock(), { tutorId, studentId })))
    throw new DomainError('not_found', 'This student is not matched to you.', { field: 'studentId' });
  const [rules, organisation, installId] = await Promise.all([
    getMeetingRules(db),
    getOrganisation(db),
    chooseInstantProvider(db, ctx, { programId: input.programId, installId: input.meetingInstallId }),
  ]);
  const booking = {
    tutorId: input.tutorId,
    studentIds: input.studentId ? [input.studentId] : [],
    programId: input.programId,
    subjectId: input.subjectId,
    ...instantTime(ctx.clock(), organisation.timezone),
    durationMinutes: input.durationMinutes,
    mode: 'online' as const,
    meetingInstallId: installId,
    by,
    shortOfCredits: rules.instant_credits,
  };
  const billed = await checkBooking(db, ctx, { ...booking, billable: true });
  const unbilled = await checkBooking(db, ctx, { ...booking, billable: false });
  const fit = await findInstantFit(db, ctx, { by, tutorId, studentId, programId, durationMinutes, installId });
  return { problems: billed.problems, billed: billed.places[0] ?? null, unbilled: unbilled.places[0] ?? null, fit };
}
