import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { dayNumber, momentOf } from '#app/domain/scheduling/local-days.ts';
import { subtract, union } from '#app/domain/scheduling/ranges.ts';
import type { DB } from '#db/types.ts';
import { loadTutorFacts, mondayOf } from './load-tutor-facts.server.ts';
import type { MatchTerms, RequestFacts, TutorFacts, WeekSpan } from './match-facts.ts';
import { type RequestRow, readRequests } from './match-rows.server.ts';
import { LOOKED_AT_WEEKS, toWeeks } from './usual-week.ts';
import { DAY, inAtLeast, WEEK } from './week-spans.ts';

export interface MatchMarket {
  /** In the order in which they were asked. */
  requests: RequestFacts[];
  /** Every active tutor as of the request's start; the same facts, read once, for all that start on one day. */
  tutorsFor(request: Pick<RequestFacts, 'startsOn'>): readonly TutorFacts[];
  terms: MatchTerms;
  /** The organisation's, which weekly times are said in. */
  zone: string;
}

/**
 * Everything matching looks at, for some requests or for all open ones, in a handful of statements whatever their number.
 * Left out are requests without a student or a subject.
 */
export async function loadMatchFacts(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { requestIds }: { requestIds?: readonly string[] } = {},
): Promise<MatchMarket> {
  const rows = await readRequests(db, requestIds);
  const market = await loadTutorFacts(db, ctx, {
    startsOn: rows.map((row) => row.startsOn),
    studentIds: [...new Set(rows.map((row) => row.studentId))],
  });
  const { zone } = market;
  return {
    requests: rows.map((row) => {
      const startsOn = market.startOf(row.startsOn);
      const taken = market.takenOf(row.studentId, { startsOn, exceptSubjectId: row.subjectId });
      return requestFacts(row, { startsOn, times: withoutTaken(timesAsked(row, startsOn, zone), taken) });
    }),
    tutorsFor: market.tutorsFor,
    terms: market.terms,
    zone,
  };
}

function requestFacts(row: RequestRow, { startsOn, times }: Pick<RequestFacts, 'startsOn' | 'times'>): RequestFacts {
  const { sessionMinutes, hoursPerWeek } = row;
  const byHours = hoursPerWeek === null ? 1 : Math.round((Number(hoursPerWeek) * 60) / sessionMinutes);
  return {
    id: row.id,
    ref: row.ref,
    studentId: row.studentId,
    studentName: row.studentName,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    levelId: row.levelId,
    levelName: row.levelName,
    programId: row.programId,
    mode: row.mode,
    place: row.place,
    sessionMinutes,
    sessionsPerWeek: row.sessionsPerWeek ?? Math.min(14, Math.max(1, byHours)),
    times,
    startsOn,
    endsOn: row.endsOn,
    urgency: row.urgency,
    wishes: { gender: row.wishGender, languages: row.wishLanguages, tutorId: row.wishTutorId, tagIds: row.tagIds },
    excludedTutorIds: row.excludedTutorIds,
    createdAt: row.createdAt,
  };
}

/** The weekly times in the organisation's wall time; of another zone, as its clocks stand to it in most of the first weeks. */
function timesAsked(row: RequestRow, startsOn: string, zone: string): RequestFacts['times'] {
  const ofKind = (wished: boolean) => {
    const spans = row.times
      .filter((time) => time.wished === wished)
      .map(({ weekday, startMinute, endMinute }) => ({
        start: (weekday - 1) * DAY + startMinute,
        end: (weekday - 1) * DAY + endMinute,
      }));
    return (row.zone === null || row.zone === zone ? spans : inZone(spans, row.zone, { monday: mondayOf(startsOn), zone })).map(
      (span) => ({ ...span, wished }),
    );
  };
  return [...ofKind(true), ...ofKind(false)];
}

function inZone(spans: readonly WeekSpan[], theirs: string, { monday, zone }: { monday: string; zone: string }): WeekSpan[] {
  const first = dayNumber(monday);
  const ranges = Array.from({ length: LOOKED_AT_WEEKS + 2 }, (_, week) =>
    spans.map(({ start, end }) => ({
      start: momentOf(first + (week - 1) * 7, start, theirs),
      end: momentOf(first + (week - 1) * 7, end, theirs),
    })),
  ).flat();
  return inAtLeast(LOOKED_AT_WEEKS - 1, toWeeks(ranges, first, zone).map(union));
}

/** What the student has already in a usual week can't be taught in; of the same subject it is what the request may replace. */
function withoutTaken(times: RequestFacts['times'], taken: readonly WeekSpan[]): RequestFacts['times'] {
  if (taken.length === 0) return times;
  const asked = times.length > 0 ? times : [{ start: 0, end: WEEK, wished: false }];
  return [true, false].flatMap((wished) =>
    subtract(
      asked.filter((time) => time.wished === wished),
      taken,
    ).map((span) => ({ ...span, wished })),
  );
}
