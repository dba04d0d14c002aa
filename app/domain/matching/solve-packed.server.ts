import type { Highs } from 'highs';
import { exchangeInPortions } from './exchange-assignment.server.ts';
import { greedy } from './greedy-assignment.ts';
import { improve } from './improve-assignment.ts';
import {
  evenPrices,
  float,
  gapBetween,
  int,
  liftBound,
  type PackedProblem,
  priceBound,
  weigh,
  withFewestOut,
} from './packed-assignment.ts';
import { prove } from './prove-assignment.server.ts';
import { refill, unitOf } from './refill-assignment.ts';
import { type Relaxed, relax } from './relax-assignment.server.ts';
import { commonUse, transport } from './transport.ts';

/** What is known at a moment, or at the end. */
export interface PackedAnswer {
  phase: 'greedy' | 'bound' | 'proof';
  /** By row its pair; null: none found yet, or at the end: none. */
  chosen: Int32Array | null;
  value: number;
  bound: number;
  /** That there is no way, where `chosen` is null, or no better one. */
  proven: boolean;
  rowPrices: Float64Array | null;
  columnPrices: Float64Array | null;
  /** What these prices alone prove. */
  priceBound: number;
}

export interface PackedOptions {
  timeLimitSeconds: number;
  gap: number;
  onBetter?: (answer: PackedAnswer) => void;
}

/** With so few, branch and cut needs no help. */
const FEW_PAIRS = 1_500;
/** How many pairs are given to branch and cut at once: what a gigabyte is plenty for. */
const MOST_PAIRS = 60_000;

/**
 * Solves in the thread it is called in, which takes its time: greedy and local search first, then a bound from the
 * relaxation, then branch and cut over the pairs that could still be part of a better answer.
 */
export async function solvePacked(
  loadHighs: () => Promise<Highs>,
  given: PackedProblem,
  options: PackedOptions,
): Promise<PackedAnswer> {
  const use = commonUse(given);
  const isFlow = use !== undefined || given.columns === 0 || given.rows === 0;
  const problem = isFlow ? given : withFewestOut(given);
  const began = performance.now();
  const endsAt = began + options.timeLimitSeconds * 1_000;
  const left = () => endsAt - performance.now();
  const answer: PackedAnswer = {
    phase: 'greedy',
    chosen: null,
    value: Number.POSITIVE_INFINITY,
    bound: Number.NEGATIVE_INFINITY,
    proven: false,
    rowPrices: null,
    columnPrices: null,
    priceBound: Number.NEGATIVE_INFINITY,
  };
  const tell = () => options.onBetter?.({ ...answer });
  const goodEnough = () =>
    answer.chosen !== null && (answer.value <= answer.bound || gapBetween(answer.value, answer.bound) <= options.gap);
  const better = (chosen: Int32Array | undefined, value: number) => {
    if (!chosen || value >= answer.value) return;
    answer.chosen = chosen;
    answer.value = value;
    answer.bound = Math.min(answer.bound, value);
    tell();
  };
  const raise = (bound: number) => {
    const known = liftBound(problem, bound);
    // Nearer than branch and cut can tell them apart they are the same.
    const lifted = known >= answer.value - 1e-7 * Math.max(1, Math.abs(answer.value)) ? answer.value : known;
    if (lifted <= answer.bound) return;
    answer.bound = lifted;
    tell();
  };
  const finish = (): PackedAnswer => {
    answer.proven ||= answer.chosen !== null && answer.value <= answer.bound;
    return answer;
  };
  for (let row = 0; row < problem.rows; row++) {
    if (int(problem.starts, row) === int(problem.starts, row + 1))
      return { ...answer, bound: Number.POSITIVE_INFINITY, proven: true };
  }

  const start = greedy(given);
  const quick = weigh(problem, start);
  if (quick.feasible) better(start, quick.value);

  if (isFlow) {
    const transported = transport(problem, use ?? 0, () => left() <= 0);
    if (transported?.chosen === null) return { ...answer, chosen: null, bound: Number.POSITIVE_INFINITY, proven: true };
    if (transported) {
      const { value } = weigh(problem, transported.chosen);
      return {
        phase: 'proof',
        chosen: transported.chosen,
        value,
        bound: value,
        proven: true,
        columnPrices: transported.prices,
        priceBound: value,
        rowPrices: priceBound(problem, transported.prices).rowPrices,
      };
    }
    return finish();
  }

  search(start, Math.min(500, left() * 0.05), 0, undefined);
  answer.phase = 'bound';
  const even = evenPrices(given);
  raise(even.bound);
  drive(Math.min(2_000, left() * 0.1), even.columnPrices);
  const highs = await loadHighs();
  const relaxing = (which: PackedProblem) =>
    relax(highs, which, { endsAt: performance.now() + left() * 0.5, known: answer.chosen ?? undefined, onBound: raise });
  const relaxed = relaxing(given);
  if (relaxed.infeasible) return { ...answer, chosen: null, bound: Number.POSITIVE_INFINITY, proven: true };
  // The sharper bound proves; the search goes by the plain prices, in which want of room weighs as it does for each alone.
  const sharp = problem === given ? relaxed : relaxing(problem);
  const best = sharp.bound >= relaxed.bound ? sharp : relaxed;
  if (Number.isFinite(best.bound)) {
    answer.columnPrices = best.columnPrices;
    answer.rowPrices = best.rowPrices;
    answer.priceBound = best.bound;
  }
  if (goodEnough()) return finish();
  // What keeps every capacity is to be found first where nobody may stay out.
  if (given.none < 0 || unitOf(given) === 0) {
    const leaning = relaxed.leaning.map((pair, row) => (pair >= 0 ? pair : int(answer.chosen ?? start, row)));
    search(leaning, Math.min(10_000, left() * 0.2), 4, relaxed.columnPrices);
  }
  drive(left() * 0.6, relaxed.columnPrices);
  answer.phase = 'proof';
  tell();
  if (answer.chosen && !goodEnough() && problem.column.length > FEW_PAIRS) {
    exchangeInPortions(highs, given, relaxed, answer.chosen, {
      endsAt: performance.now() + left() * (problem.column.length > MOST_PAIRS ? 0.95 : 0.6),
      onBetter: better,
      enough: goodEnough,
    });
  }
  if (!goodEnough()) narrowDown(highs, best);
  return finish();

  function search(from: Int32Array, forMs: number, cycles: number, prices: Float64Array | undefined): void {
    improve(given, from, {
      endsAt: performance.now() + forMs,
      cycles,
      prices,
      known: answer.chosen ? { chosen: answer.chosen, value: answer.value } : undefined,
      onBetter: better,
      enough: goodEnough,
    });
  }

  function drive(forMs: number, prices: Float64Array): void {
    if (!answer.chosen || problem.column.length <= FEW_PAIRS) return;
    refill(given, answer.chosen, { endsAt: performance.now() + forMs, prices, onBetter: better, enough: goodEnough });
  }

  /**
   * A pair whose use alone would make an assignment as dear as the best known has no part in a better one. What is left is
   * taken in portions, those of small reduced cost first.
   */
  function narrowDown(model: Highs, relaxation: Relaxed): void {
    const reduced = reducedCosts(problem, relaxation);
    for (let most = MOST_PAIRS; left() > 50; most *= 4) {
      const useful = answer.value - relaxation.bound - (problem.wholeCosts ? 1 - 1e-6 : 0);
      const limit = Math.min(useful, nthLeast(reduced, most));
      const wanted = new Set(answer.chosen);
      const pairs = Int32Array.from(reduced.keys()).filter((pair) => float(reduced, pair) <= limit + 1e-9 || wanted.has(pair));
      const all = limit >= useful || pairs.length === reduced.length;
      const outside = all ? Number.POSITIVE_INFINITY : relaxation.bound + limit;
      const proven = prove(model, problem, pairs, {
        endsAt,
        gap: options.gap,
        known: answer.chosen ? { chosen: answer.chosen, value: answer.value } : undefined,
        onBetter: better,
        onBound: (bound) => raise(Math.min(bound, outside)),
      });
      if (proven.chosen) better(proven.chosen, weigh(problem, proven.chosen).value);
      const bound = Math.min(proven.bound, outside);
      if (answer.chosen) raise(bound);
      else if (bound === Number.POSITIVE_INFINITY) answer.proven = true;
      else raise(bound);
      if (all || goodEnough() || answer.proven) return;
    }
  }
}

/** By how much at least an assignment with the pair is above the bound. */
function reducedCosts(problem: PackedProblem, { rowPrices, columnPrices }: Relaxed): Float64Array {
  const { rows, starts, column, cost, use } = problem;
  const reduced = new Float64Array(column.length);
  for (let row = 0; row < rows; row++) {
    for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
      reduced[pair] = float(cost, pair) - float(use, pair) * float(columnPrices, int(column, pair)) - float(rowPrices, row);
    }
  }
  return reduced;
}

function nthLeast(values: Float64Array, nth: number): number {
  return nth >= values.length ? Number.POSITIVE_INFINITY : float(values.slice().sort(), nth);
}
