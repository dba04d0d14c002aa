import type { AssignmentPair, AssignmentProblem } from './assignment.ts';
import { quickScore } from './match.ts';
import type { MatchTerms, RequestFacts, TutorFacts } from './match-facts.ts';

/**
 * All open requests and the tutors as one assignment: a row per request, a column per tutor, who hold as many minutes a week
 * as they have left. Only pairs that no rule keeps apart. Browser-safe.
 */

/** A day of waiting is worth a point, up to so many. */
const WAITING_DAYS = 60;

/**
 * To leave somebody without costs more than twenty tutors who fit in every respect can bring: nobody is left out so that
 * others fit a little better.
 */
export const outCost = ({ weights }: MatchTerms): number =>
  20 *
  Math.max(
    1,
    Object.values(weights).reduce((sum, weight) => sum + weight, 0),
  );

/** When not all can be placed: the urgent first, then who has waited longest. */
export function placingBonus(request: RequestFacts, terms: MatchTerms, now: Date): number {
  const urgency = { low: -1, normal: 0, high: 1 }[request.urgency] * Math.round(outCost(terms) / 4);
  const days = Math.floor((now.getTime() - request.createdAt.getTime()) / 86_400_000);
  return urgency + Math.min(WAITING_DAYS, Math.max(0, days));
}

export const minutesAWeek = ({ sessionMinutes, sessionsPerWeek }: RequestFacts): number => sessionMinutes * sessionsPerWeek;

/** The scores of one request: by the tutor's place in the list, undefined where a rule is broken. */
export function scoresOf(
  request: RequestFacts,
  tutors: readonly TutorFacts[],
  terms: MatchTerms,
  wish: { pinnedTo: string | null },
): { column: number; score: number }[] {
  const scores: { column: number; score: number }[] = [];
  for (const [column, tutor] of tutors.entries()) {
    if (wish.pinnedTo !== null && tutor.id !== wish.pinnedTo) continue;
    const score = quickScore(request, tutor, terms);
    if (score !== undefined) scores.push({ column, score });
  }
  return scores;
}

export interface MarketParts {
  requests: readonly RequestFacts[];
  /** Minutes a week that each tutor has left. */
  capacities: readonly number[];
  terms: MatchTerms;
  /** What placing a request is worth beside its score. */
  bonuses: readonly number[];
  /** By request the pairs that are allowed. */
  scores: readonly { column: number; score: number }[][];
}

export function marketOf({ requests, capacities, terms, scores, bonuses }: MarketParts): AssignmentProblem {
  const pairs: AssignmentPair[] = [];
  for (const [row, request] of requests.entries()) {
    const bonus = bonuses[row] ?? 0;
    const use = minutesAWeek(request);
    for (const { column, score } of scores[row] ?? []) pairs.push({ row, column, cost: -score - bonus, use });
  }
  return { rows: requests.length, capacities, pairs, unplacedCost: outCost(terms) };
}

/** What a tutor can still take in a usual week: no more than is free, nor than they may have. */
export function minutesLeft({ maxMinutesPerWeek, plannedMinutesPerWeek, free }: TutorFacts): number {
  const hours = free.reduce((sum, { start, end }) => sum + end - start, 0);
  return Math.max(0, Math.min(hours, maxMinutesPerWeek === null ? hours : maxMinutesPerWeek - plannedMinutesPerWeek));
}
