import type { Assignment, AssignmentProblem } from './assignment.ts';
import { minutesAWeek } from './market.ts';
import type { Match, MatchTerms, RequestFacts, TutorFacts } from './match-facts.ts';
import { type Seating, seatAll } from './seat-in-week.ts';

/** An assignment with its times: who is seated with whom and when, and who found no time. Browser-safe. */
export interface MarketPlan {
  /** By request's place in the list. */
  matches: (Match | undefined)[];
  /** Pairs of the assignment that found no time together, as place of request and of tutor. */
  clashes: { row: number; column: number }[];
  /** What it costs, as the problem reckons. */
  value: number;
}

export interface PlanParts {
  problem: AssignmentProblem;
  requests: readonly RequestFacts[];
  /** The tutor in this column as of the request's start. */
  tutorFor(request: RequestFacts, column: number): TutorFacts;
  scores: readonly { column: number; score: number }[][];
  /** What placing a request is worth beside its score. */
  bonuses: readonly number[];
  terms: MatchTerms;
}

/** Seats what was assigned; who finds no time, or was left out, gets the best tutor who has hours and times left. */
export function planOf(columns: Int32Array, { problem, requests, tutorFor, scores, bonuses, terms }: PlanParts): MarketPlan {
  const left = [...problem.capacities];
  const rowOf = new Map(requests.map((request, row) => [request.id, row]));
  const placeOf = new Map<Seating, number>();
  const picks: Seating[] = [];
  for (const [row, column] of columns.entries()) {
    const request = requests[row];
    if (column < 0 || !request) continue;
    const pick = { request, tutor: tutorFor(request, column) };
    placeOf.set(pick, column);
    picks.push(pick);
  }
  const { seated, clashing, weeks } = seatAll(picks, terms);
  const matches: (Match | undefined)[] = requests.map(() => undefined);
  const take = (row: number, column: number, match: Match) => {
    matches[row] = match;
    left[column] = (left[column] ?? 0) - minutesAWeek(requests[row] as RequestFacts);
  };
  for (const match of seated) {
    const row = rowOf.get(match.requestId) ?? -1;
    take(row, columns[row] ?? -1, match);
  }
  for (const [row, request] of requests.entries()) {
    if (matches[row]) continue;
    for (const { column } of [...(scores[row] ?? [])].sort((a, b) => b.score - a.score)) {
      if (column === columns[row] || minutesAWeek(request) > (left[column] ?? 0)) continue;
      const match = weeks.seat(request, tutorFor(request, column));
      if (!match) continue;
      take(row, column, match);
      break;
    }
  }
  const clashes = clashing.map((pick) => ({ row: rowOf.get(pick.request.id) ?? -1, column: placeOf.get(pick) ?? -1 }));
  // A pair's cost goes by the best times of the tutor's week; seated at others, the score it has there counts.
  const costs = matches.map((match, row) => (match ? -match.score - (bonuses[row] ?? 0) : (problem.unplacedCost ?? 0)));
  return { matches, clashes, value: costs.reduce((sum, cost) => sum + cost, 0) };
}

/** By how much at least the whole would be worse with this pair in it; no prices: not known. */
export function costOfInstead(
  { prices }: Pick<Assignment, 'prices'>,
  pair: { row: number; column: number; cost: number; use: number },
  value: number,
): number | null {
  if (!prices) return null;
  const reduced = pair.cost - (prices.rows[pair.row] ?? 0) - pair.use * (prices.columns[pair.column] ?? 0);
  return Math.max(0, Math.ceil(prices.bound + reduced - value - 1e-6));
}
