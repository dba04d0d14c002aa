import { subtract } from '#app/domain/scheduling/ranges.ts';
import { judge } from './match.ts';
import type { Match, MatchTerms, RequestFacts, TutorFacts, WeekSpan } from './match-facts.ts';
import { DAY, WEEK } from './week-spans.ts';

/**
 * An assignment says how many hours each tutor has; this says when. Whoever is seated takes their times from the tutor's
 * week and from the student's, so that no two have the same. Browser-safe.
 */

export interface SeatedWeeks {
  /** Seats the request with this tutor, and keeps the times taken. Undefined: there are none left that suit both. */
  seat(request: RequestFacts, tutor: TutorFacts): Match | undefined;
}

export interface Seating {
  request: RequestFacts;
  tutor: TutorFacts;
}

export function seatedWeeks(terms: MatchTerms): SeatedWeeks {
  const taken = new Map<string, Taken>();
  const ofStudents = new Map<string, WeekSpan[]>();
  return {
    seat(request, tutor) {
      const own = taken.get(tutor.id);
      const busy = ofStudents.get(request.studentId);
      const match = judge(busy ? withoutBusy(request, busy) : request, own ? withoutTaken(tutor, own) : tutor, terms);
      if (match.broken.length > 0) return undefined;
      const spans = match.slots.map(({ start, minutes }) => ({ start, end: start + minutes }));
      ofStudents.set(request.studentId, [...(busy ?? []), ...spans]);
      const place = request.place && match.travelMinutes !== null ? request.place : null;
      const next = own ?? { spans: [], visits: [] };
      taken.set(tutor.id, {
        spans: [...next.spans, ...spans],
        visits: place ? [...next.visits, ...spans.map((span) => ({ ...span, place }))] : next.visits,
      });
      return match;
    },
  };
}

/**
 * Seats all picks, those with the least choice of times first. Whoever finds nothing is tried once more before everybody
 * else of the same tutor.
 */
export function seatAll(
  picks: readonly Seating[],
  terms: MatchTerms,
): { seated: Match[]; clashing: Seating[]; weeks: SeatedWeeks } {
  let order = [...picks].sort((a, b) => choice(a.request) - choice(b.request));
  let best = seatIn(order, terms);
  for (let tries = 0; tries < 3 && best.clashing.length > 0; tries++) {
    const first = new Set(best.clashing);
    order = [...best.clashing, ...order.filter((pick) => !first.has(pick))];
    const again = seatIn(order, terms);
    if (again.clashing.length < best.clashing.length) best = again;
  }
  return best;
}

function seatIn(order: readonly Seating[], terms: MatchTerms) {
  const weeks = seatedWeeks(terms);
  const seated: Match[] = [];
  const clashing: Seating[] = [];
  for (const pick of order) {
    const match = weeks.seat(pick.request, pick.tutor);
    if (match) seated.push(match);
    else clashing.push(pick);
  }
  return { seated, clashing, weeks };
}

/** Minutes of the week that come into question, for each session. */
function choice({ times, sessionsPerWeek }: RequestFacts): number {
  const minutes = times.length === 0 ? WEEK : times.reduce((sum, { start, end }) => sum + end - start, 0);
  return minutes / sessionsPerWeek;
}

interface Taken {
  spans: WeekSpan[];
  visits: TutorFacts['visits'];
}

/** The tutor's week without what was given away; hours planned stay as they are, since the score speaks of today. */
export function withoutTaken(tutor: TutorFacts, { spans, visits }: Taken): TutorFacts {
  const buffered = spans.map(({ start, end }) => ({ start: start - tutor.bufferMinutes, end: end + tutor.bufferMinutes }));
  const left = tutor.dayMinutesLeft?.map((minutes, day) => {
    const onDay = spans.filter(({ start }) => Math.floor(start / DAY) % 7 === day);
    return minutes - onDay.reduce((sum, { start, end }) => sum + end - start, 0);
  });
  return {
    ...tutor,
    free: subtract(tutor.free, roundTheWeek(buffered)),
    visits: [...tutor.visits, ...visits],
    dayMinutesLeft: left ?? null,
  };
}

function withoutBusy(request: RequestFacts, busy: readonly WeekSpan[]): RequestFacts {
  const asked = request.times.length > 0 ? request.times : [{ start: 0, end: WEEK, wished: false }];
  const away = roundTheWeek(busy);
  const left = asked.flatMap(({ wished, ...span }) => subtract([span], away).map((part) => ({ ...part, wished })));
  // No time at all would be any time.
  return { ...request, times: left.length > 0 ? left : [{ start: 0, end: 0, wished: false }] };
}

/** What reaches over the week's edge is at its other end too. */
function roundTheWeek(spans: readonly WeekSpan[]): WeekSpan[] {
  return spans.flatMap(({ start, end }) => [
    { start: Math.max(0, start), end: Math.min(WEEK, end) },
    ...(start < 0 ? [{ start: start + WEEK, end: WEEK }] : []),
    ...(end > WEEK ? [{ start: 0, end: end - WEEK }] : []),
  ]);
}
