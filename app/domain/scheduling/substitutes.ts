import { brokenRules, pairOf } from '#app/domain/matching/hard-rules.ts';
import type { HardRule, MatchTerms, RequestFacts, ScoredPart, TutorFacts } from '#app/domain/matching/match-facts.ts';
import { scoredParts } from '#app/domain/matching/score.ts';
import { freeStarts, whyNot } from './fit.ts';
import { dayOf } from './local-days.ts';
import type { Range } from './ranges.ts';
import type { PlacePoint } from './travel.ts';
import type { TutorCalendar } from './tutor-calendar.ts';
import { instantToWall } from './wall-time.ts';

/** Who could teach a session in its tutor's place, and when the tutor could teach it instead. Browser-safe. */

export interface Need {
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  programId: string;
  place: PlacePoint | null;
}

/** A session as matching sees it: asked for at its time alone. */
export interface SubstitutesSearch {
  need: Need;
  request: RequestFacts;
  terms: MatchTerms;
  /** The session's start, in minutes from Monday 00:00 of the organisation. */
  weekStart: number;
  now: Date;
}

export interface Candidate {
  calendar: TutorCalendar;
  facts: TutorFacts;
  /** Sessions they had with these students. */
  together: number;
}

export interface Substitute {
  tutorId: string;
  name: string;
  /** Sessions they had with these students. */
  together: number;
  /** What speaks against it and doesn't forbid it, such as being outside their hours. */
  warnings: string[];
  /** The sum of the parts, as for a request. */
  score: number;
  parts: ScoredPart[];
}

/** The calendar says better whether they have time on that very day than a usual week does. */
const SAID_BY_CALENDAR: readonly HardRule[] = ['times', 'hours_left'];

/**
 * Free tutors, the best first: nobody who is taken, has time off or breaks a hard rule of matching. Those within their
 * hours come first, then those with the best score, by the same parts and weights as for a request.
 */
export function rankSubstitutes(candidates: readonly Candidate[], search: SubstitutesSearch): Substitute[] {
  const { need, terms, weekStart, now } = search;
  return candidates
    .flatMap(({ calendar, facts, together }) => {
      const problems = whyNot(calendar, need, { by: 'office', now });
      if (problems.some((problem) => problem.severity === 'blocking' || problem.code === 'time_off')) return [];
      const request = { ...search.request, studentId: TOGETHER };
      const pair = pairOf(request, { ...facts, sessionsWith: new Map([[TOGETHER, together]]) }, terms);
      if (brokenRules(pair).some(({ rule }) => !SAID_BY_CALENDAR.includes(rule))) return [];
      const slots = [{ start: weekStart, minutes: need.durationMinutes, wished: true }];
      const parts = scoredParts({ ...pair, slots });
      const score = parts.reduce((sum, { points }) => sum + points, 0);
      const warnings = problems.map((problem) => problem.message);
      return [{ tutorId: facts.id, name: facts.name, together, warnings, score, parts }];
    })
    .sort(
      (a, b) =>
        a.warnings.length - b.warnings.length ||
        b.score - a.score ||
        a.name.localeCompare(b.name) ||
        (a.tutorId < b.tutorId ? -1 : 1),
    );
}

/** Of a session with several students what they had with any of them counts. */
const TOGETHER = 'the students of the session';

interface Search {
  from: Date;
  to: Date;
  /** Of the session. */
  zone: string;
  gridMinutes: number;
  /** When its students or its room are taken. */
  taken: readonly Range[];
  now: Date;
  most: number;
}

/** One free start a day, the nearest to the time of day it has now; the next days first. */
export function nextFreeTimes(calendar: TutorCalendar, need: Need, search: Search): Date[] {
  const { zone, most, ...rest } = search;
  const starts = freeStarts(calendar, {
    ...rest,
    zone,
    by: 'office',
    durationMinutes: need.durationMinutes,
    programId: need.programId,
    place: need.place,
  });
  const minuteOf = (at: Date) => {
    const wall = instantToWall(at, zone);
    return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  };
  const usual = minuteOf(need.startsAt);
  const byDay = new Map<number, { at: Date; off: number }>();
  for (const at of starts) {
    const day = dayOf(at.getTime(), zone);
    const off = Math.abs(minuteOf(at) - usual);
    const known = byDay.get(day);
    if (!known && byDay.size >= most) break;
    if (!known || off < known.off) byDay.set(day, { at, off });
  }
  return [...byDay.values()].map(({ at }) => at);
}
