import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { listSlots, type Slot } from '#app/domain/scheduling/list-slots.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { type OfferTerms, readOfferTerms } from './offer.schema.ts';
import { firstTimes, timesIn } from './weekly-times.ts';

/** Sessions that an accepted offer agreed on: weekly, at one time of the day. */
export interface AgreedWeek {
  /** 1 is Monday, in the organisation's zone. */
  weekdays: number[];
  startMinute: number;
  /** The first of them, `YYYY-MM-DDTHH:mm` in the organisation's zone. */
  wallStart: string;
  /** What speaks against the first of them now. */
  problems: { blocking: boolean; message: string }[];
  /** Where something does: other starts that are free in that week. */
  instead: Slot[];
}

export interface Beginning {
  engagementId: string;
  tutorId: string;
  studentId: string;
  programId: string;
  subjectId: string;
  terms: OfferTerms;
  /** What is not planned yet. Empty where no times were agreed. */
  weeks: AgreedWeek[];
}

const INSTEAD = 6;

/**
 * What an accepted offer agreed on and nobody has planned yet; undefined where there is no such offer, its engagement is
 * over, or everything is planned. Writes and locks nothing: booking asks everything again.
 */
export async function findBeginning(
  db: Kysely<DB>,
  ctx: DomainContext,
  of: { engagementId: string } | { requestId: string },
): Promise<Beginning | undefined> {
  const { timezone: zone } = await getOrganisation(db);
  const today = localDateOf(ctx.clock(), zone);
  const row = await db
    .selectFrom('offer')
    .innerJoin('engagement as e', 'e.id', 'offer.engagementId')
    .select(['offer.terms', 'e.id as engagementId', 'e.tutorId', 'e.studentId', 'e.programId', 'e.subjectId', 'e.endsOn'])
    .where((eb) => ('engagementId' in of ? eb('e.id', '=', of.engagementId) : eb('offer.requestId', '=', of.requestId)))
    .orderBy('offer.closedAt', 'desc')
    .executeTakeFirst();
  if (!row || (row.endsOn !== null && row.endsOn < today)) return undefined;
  const { terms: stored, endsOn: _, ...pair } = row;
  const terms = readOfferTerms(stored);
  const planned = await plannedStarts(db, pair.engagementId, { now: ctx.clock(), zone });
  if (terms.times.length === 0) return planned.size === 0 ? { ...pair, terms, weeks: [] } : undefined;
  const open = timesIn(terms, zone).filter((time) => !planned.has(`${time.weekday} ${time.startMinute}`));
  if (open.length === 0) return undefined;
  const weeks: AgreedWeek[] = [];
  for (const [startMinute, times] of Map.groupBy(open, (time) => time.startMinute)) {
    const coming = firstTimes({ startsOn: terms.startsOn, times, zone }, today);
    const first = coming.find(({ startsAt }) => startsAt && startsAt > ctx.clock()) ?? coming[0];
    if (!first) continue;
    const found = await problemsOf(db, ctx, { ...pair, terms, wallStart: first.wallStart });
    weeks.push({ weekdays: times.map(({ weekday }) => weekday).sort(), startMinute, wallStart: first.wallStart, ...found });
  }
  return { ...pair, terms, weeks };
}

/** Weekdays and minutes at which sessions of an engagement are planned. */
async function plannedStarts(db: Kysely<DB>, engagementId: string, { now, zone }: { now: Date; zone: string }) {
  const { rows } = await sql<{ key: string }>`
    SELECT DISTINCT concat(extract(isodow FROM s.starts_at AT TIME ZONE ${zone}), ' ',
      extract(hour FROM s.starts_at AT TIME ZONE ${zone}) * 60 + extract(minute FROM s.starts_at AT TIME ZONE ${zone})) AS key
    FROM session s WHERE s.engagement_id = ${engagementId} AND s.status IN ('requested', 'scheduled') AND s.ends_at > ${now}`.execute(
    db,
  );
  return new Set(rows.map(({ key }) => key));
}

type Wanted = Omit<Beginning, 'weeks' | 'engagementId'> & { wallStart: string };

async function problemsOf(
  db: Kysely<DB>,
  ctx: DomainContext,
  { terms, wallStart, tutorId, studentId, programId, subjectId }: Wanted,
) {
  const { mode, placeId, sessionMinutes: durationMinutes } = terms;
  const date = wallStart.slice(0, 10);
  try {
    const { problems } = await checkBooking(db, ctx, {
      ...{ tutorId, studentIds: [studentId], programId, subjectId, wallStart, durationMinutes, mode, billable: true },
      ...(mode === 'in_person' ? { placeId, location: terms.location } : {}),
    });
    const against = problems.filter(({ code }) => code !== 'missing_rate' && code !== 'insufficient_credits');
    if (against.length === 0) return { problems: [], instead: [] };
    const slots = await listSlots(db, ctx, {
      ...{ tutorIds: [tutorId], studentIds: [studentId], programId, durationMinutes, mode, placeId, by: 'office' },
      ...{ fromDate: date, toDate: addDays(date, 7) },
    });
    return {
      problems: against.map(({ severity, message }) => ({ blocking: severity === 'blocking', message })),
      instead: slots.slice(0, INSTEAD),
    };
  } catch (error) {
    // What the terms name may be gone, or a length not taught any more: the booking page says it at its field.
    if (!isDomainError(error)) throw error;
    return { problems: [{ blocking: true, message: error.message }], instead: [] };
  }
}
