import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { formatDay } from '#app/domain/scheduling/planning-rights.ts';
import { ruleOf } from '#app/domain/scheduling/repeat.ts';
import { schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { createSeries, listSessionIds } from '#app/domain/series/create-series.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { OwnBooking } from './book-own-session.server.ts';
import { getOwnEngagement, type OwnPlanner, requireAtOnce } from './planner.server.ts';

/** So many weeks at most; a longer one is the office's to plan. */
export const MOST_WEEKS = 26;

export interface OwnSeries extends Omit<OwnBooking, 'feeSaid'> {
  /** How many weeks, the first included. */
  weeks: number;
  /** Weeks that can't be had are left out; else they refuse the whole. */
  leaveOut: boolean;
}

/**
 * A tutor books every week with a student engaged to them, where the rules let them. Every week is asked of the same rules
 * as a single booking; those that can't be had are all told at once. With an `id` that is there already it answers with its
 * sessions.
 * @throws DomainError not_found, forbidden with the reason, invalid_value (field weeks) with the weeks that can't be had,
 *   and whatever createSeries refuses
 */
export async function bookOwnSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: OwnSeries,
): Promise<{ sessionIds: string[] }> {
  const { engagementId, wallStart, zone, durationMinutes, mode, location, placeId, weeks, leaveOut, id } = input;
  if (!Number.isInteger(weeks) || weeks < 2 || weeks > MOST_WEEKS)
    throw new DomainError('invalid_value', `Enter a number of weeks from 2 to ${MOST_WEEKS}.`, { field: 'weeks' });
  return inTransaction(db, async (trx) => {
    const now = ctx.clock();
    const [startsOn, time] = [wallStart.slice(0, 10), wallStart.slice(11, 16)];
    const lastDay = addDays(startsOn, 7 * (weeks - 1));
    const engagement = await getOwnEngagement(trx, planner, engagementId, now, startsOn);
    requireAtOnce(planner, 'book', engagement.matter);
    requireAtOnce(planner, 'book', { ...engagement.matter, day: lastDay });
    const { tutorId, studentId, programId, subjectId, matter } = engagement;
    await lockResources(trx, [tutorId, studentId], now);
    const there = id && (await trx.selectFrom('series').select('id').where('id', '=', id).executeTakeFirst());
    if (there) return { sessionIds: await listSessionIds(trx, there.id) };
    const { horizonDays } = schedulingRulesFor(matter.layers);
    if (lastDay > addDays(localDateOf(now, zone), horizonDays))
      throw new DomainError('invalid_value', `Book at most ${horizonDays} days ahead: fewer weeks.`, { field: 'weeks' });
    const booking = {
      tutorId,
      studentIds: [studentId],
      programId,
      subjectId,
      zone,
      durationMinutes,
      mode,
      location,
      ...(placeId ? { placeId } : {}),
      billable: true,
    };
    const stuck: { date: string; why: string }[] = [];
    for (let week = 0; week < weeks; week++) {
      const date = addDays(startsOn, 7 * week);
      const { problems } = await checkBooking(trx, ctx, { ...booking, wallStart: `${date}T${time}`, by: planner.by });
      const [first] = blocking(problems);
      // The first week is the one that was chosen.
      if (first && week === 0) throw new DomainError('invalid_value', first.message, { field: 'wallStart' });
      if (first) stuck.push({ date, why: first.message });
    }
    if (stuck.length > 0 && !leaveOut) {
      const list = stuck.map(({ date, why }) => `${formatDay(date)}: ${why}`).join(' ');
      throw new DomainError('invalid_value', `Not all of these weeks can be had. ${list}`, {
        field: 'weeks',
        details: { weeks: stuck },
      });
    }
    const { sessionIds } = await createSeries(trx, ctx, actor, {
      ...booking,
      ...(id ? { id } : {}),
      engagementId,
      rrule: ruleOf({ repeat: 'weekly', weekdays: [] }, startsOn),
      startsOn,
      time,
      occurrences: weeks,
      decisions: stuck.map(({ date }) => ({ date, action: 'skip' as const })),
    });
    return { sessionIds };
  });
}
