import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { checkBooking, type QuotedPlace } from '#app/domain/scheduling/check-booking.server.ts';
import type { Recurrence } from '#app/domain/scheduling/recurrence.ts';
import type { DB } from '#db/types.ts';
import { type CheckedOccurrence, checkPlan, planSeries } from './plan-series.server.ts';
import type { CreateSeriesInput } from './series.schema.ts';

export interface SeriesPreview {
  recurrence: Recurrence;
  startMinute: number;
  zone: string;
  /** What speaks against the whole: a person archived, a provider not connected, too few credits. */
  problems: BookingProblem[];
  occurrences: CheckedOccurrence[];
  /** Of an open series: when the first one not yet made is. */
  nextAfter: string | null;
  /** What one session costs each student. */
  places: QuotedPlace[];
}

/**
 * What making a series would mean: each of its sessions and all that speaks against each, before anything is written.
 * Locks nothing, so createSeries asks again.
 * @throws DomainError unknown_reference; invalid_value (field count, until, date) for one that can't be made
 */
export async function previewSeries(db: Kysely<DB>, ctx: DomainContext, input: CreateSeriesInput): Promise<SeriesPreview> {
  const plan = await planSeries(db, ctx, input);
  const occurrences = await checkPlan(db, ctx, plan, input);
  const problems = [...plan.problems];
  const sample = occurrences.find(({ occurrence }) => occurrence.startsAt)?.occurrence;
  const quote =
    sample && input.studentIds.length > 0
      ? await checkBooking(db, ctx, { ...bookingOf(input), wallStart: sample.wallStart, zone: plan.zone })
      : undefined;
  const booked = BigInt(occurrences.filter(({ action }) => action === 'book').length);
  for (const place of quote?.places ?? []) {
    if (place.credits === null || place.creditsAvailable === null || place.credits * booked <= place.creditsAvailable) continue;
    problems.push({
      code: 'insufficient_credits',
      severity: 'warning',
      field: 'studentIds',
      message: `${place.name} has credits for ${place.creditsAvailable < 0n ? 0 : place.creditsAvailable / place.credits} of the ${booked} sessions.`,
    });
  }
  const open = plan.recurrence.untilOn === null && plan.recurrence.occurrences === null;
  return {
    recurrence: plan.recurrence,
    startMinute: plan.startMinute,
    zone: plan.zone,
    problems,
    occurrences,
    nextAfter: open ? plan.rolledTo : null,
    places: quote?.places ?? [],
  };
}

const bookingOf = (input: CreateSeriesInput) => ({
  tutorId: input.tutorId,
  studentIds: [...input.studentIds],
  programId: input.programId,
  subjectId: input.subjectId,
  durationMinutes: input.durationMinutes,
  mode: input.mode,
  billable: input.billable,
  ...(input.meetingInstallId ? { meetingInstallId: input.meetingInstallId } : {}),
});
