import type { Highs } from 'highs';
import { float, int, type PackedProblem, weigh } from './packed-assignment.ts';
import { prove } from './prove-assignment.server.ts';
import type { Relaxed } from './relax-assignment.server.ts';

export interface ExchangeOptions {
  endsAt: number;
  onBetter: (chosen: Int32Array, value: number) => void;
  enough: () => boolean;
}

/** Pairs that one portion has at most: branch and cut is through with so many in a moment. */
const MOST_PAIRS = 900;
const PORTION_MS = 1_500;
/** It ends when that many portions in a row brought nothing, by column. */
const PATIENCE = 1.5;

/**
 * Solves the problem anew in portions: a few columns, with all whom they have now and some of those who have none, are
 * assigned at best among themselves. First where most is lost against the bound.
 */
export function exchangeInPortions(
  highs: Highs,
  problem: PackedProblem,
  relaxed: Relaxed,
  start: Int32Array,
  options: ExchangeOptions,
): void {
  const { rows, columns, column, cost, use, starts, capacities } = problem;
  let chosen = start;
  let value = weigh(problem, start).value;
  const tried = new Float64Array(columns);
  for (let idle = 0; idle < Math.max(8, PATIENCE * columns) && performance.now() < options.endsAt && !options.enough(); ) {
    const portion = portionOf(losses());
    const better = solvePortion(portion);
    for (const index of portion.columns) tried[index] = float(tried, index) + 1;
    if (!better) {
      idle += 1;
      continue;
    }
    idle = 0;
    for (const index of portion.columns) tried[index] = 0;
    chosen = better;
    value = weigh(problem, chosen).value;
    options.onBetter(chosen, value);
  }

  /** By column what its room left over and its rows cost beyond the bound. */
  function losses(): Float64Array {
    const loss = new Float64Array(columns);
    const left = capacities.slice();
    for (const [row, pair] of chosen.entries()) {
      const index = int(column, pair);
      left[index] = float(left, index) - float(use, pair);
      loss[index] = float(loss, index) + reduced(row, pair);
    }
    for (let index = 0; index < columns; index++) {
      const price = float(relaxed.columnPrices, index);
      if (price !== 0) loss[index] = float(loss, index) - price * float(left, index);
    }
    return loss;
  }

  function reduced(row: number, pair: number): number {
    return float(cost, pair) - float(use, pair) * float(relaxed.columnPrices, int(column, pair)) - float(relaxed.rowPrices, row);
  }

  function portionOf(loss: Float64Array): { columns: number[]; rows: number[] } {
    const members: number[][] = Array.from({ length: columns }, () => []);
    for (const [row, pair] of chosen.entries()) members[int(column, pair)]?.push(row);
    const worth = (index: number) => (float(loss, index) + 1e-6) / (1 + 4 * float(tried, index));
    const real = [...members.keys()].filter((index) => index !== problem.none);
    const seed = real.reduce((best, index) => (worth(index) > worth(best) ? index : best), real[0] as number);
    const picked = new Set([seed]);
    const taken = [...(members[seed] as number[])];
    // How near other columns are: what it would cost to bring one of these rows there.
    const near = new Float64Array(columns);
    const approach = (rowsOf: number[]) => {
      for (const row of rowsOf) {
        for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
          const index = int(column, pair);
          near[index] = float(near, index) + 1 / (1 + reduced(row, pair) * reduced(row, pair));
        }
      }
    };
    approach(taken);
    while (picked.size < real.length) {
      let next = -1;
      let most = 0;
      for (const index of real) {
        if (picked.has(index)) continue;
        const good = float(near, index) * worth(index);
        if (next < 0 || good > most) [next, most] = [index, good];
      }
      const more = members[next] as number[];
      if (picked.size > 1 && (taken.length + more.length) * (picked.size + 1) * density() > MOST_PAIRS) break;
      picked.add(next);
      taken.push(...more);
      approach(more);
    }
    if (problem.none >= 0) taken.push(...(members[problem.none] as number[]).slice(0, 20));
    return { columns: [...picked], rows: taken };
  }

  function density(): number {
    return column.length / (rows * columns);
  }

  /** The whole with the portion solved anew; undefined: it was as good as it can be. */
  function solvePortion(portion: { columns: number[]; rows: number[] }): Int32Array | undefined {
    const { sub, origin } = partOf(problem, portion.rows, portion.columns);
    const back = new Map(Array.from(origin, (pair, index) => [pair, index] as const));
    const known = Int32Array.from(portion.rows, (row) => back.get(int(chosen, row)) as number);
    const before = weigh(sub, known).value;
    const { chosen: found } = prove(highs, sub, Int32Array.from(origin.keys()), {
      endsAt: Math.min(options.endsAt, performance.now() + PORTION_MS),
      gap: 0,
      known: { chosen: known, value: before },
    });
    if (!found) return undefined;
    const whole = chosen.slice();
    for (const [index, row] of portion.rows.entries()) whole[row] = int(origin, int(found, index));
    return whole;
  }
}

/** The problem of these rows and columns alone, and which pair of the whole each of its pairs is. */
function partOf(problem: PackedProblem, rows: number[], columns: number[]): { sub: PackedProblem; origin: Int32Array } {
  const kept = problem.none < 0 ? columns : [...columns, problem.none];
  const place = new Map(kept.map((column, index) => [column, index]));
  const starts = new Int32Array(rows.length + 1);
  const origin: number[] = [];
  for (const [index, row] of rows.entries()) {
    for (let pair = int(problem.starts, row); pair < int(problem.starts, row + 1); pair++) {
      if (place.has(int(problem.column, pair))) origin.push(pair);
    }
    starts[index + 1] = origin.length;
  }
  const sub: PackedProblem = {
    rows: rows.length,
    columns: kept.length,
    none: problem.none < 0 ? -1 : kept.length - 1,
    capacities: Float64Array.from(kept, (column) => float(problem.capacities, column)),
    starts,
    column: Int32Array.from(origin, (pair) => place.get(int(problem.column, pair)) as number),
    cost: Float64Array.from(origin, (pair) => float(problem.cost, pair)),
    use: Float64Array.from(origin, (pair) => float(problem.use, pair)),
    wholeCosts: problem.wholeCosts,
  };
  return { sub, origin: Int32Array.from(origin) };
}
