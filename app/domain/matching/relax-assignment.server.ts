import type { Highs, Model } from 'highs';
import { float, int, type PackedProblem, priceBound } from './packed-assignment.ts';

/** What the relaxation, where a row may be shared between columns, says: a bound, its prices, and where rows tend to go. */
export interface Relaxed {
  bound: number;
  columnPrices: Float64Array;
  rowPrices: Float64Array;
  /** By row the pair that has most of it, -1: none. */
  leaning: Int32Array;
  /** Even with rows shared there is no way. */
  infeasible: boolean;
}

export interface RelaxOptions {
  /** Of `performance.now()`. */
  endsAt: number;
  /** Pairs that stand in it from the start, beside each row's cheapest. */
  known?: Int32Array | undefined;
  onBound?: (bound: number) => void;
}

/** How many of its cheapest pairs a row starts with, and how many a round may add to it. */
const FIRST = 8;
const ADDED = 4;
/** HiGHS's number for it. */
const PRIMAL = 4;

/**
 * Solves the relaxation with few of the pairs and adds those that its prices call for, until none is: the memory it takes
 * goes with what matters, not with all there is. The bound is reckoned from the prices here, so it holds at any time.
 */
export function relax(highs: Highs, problem: PackedProblem, options: RelaxOptions): Relaxed {
  const { rows, columns, starts, column, cost, use } = problem;
  const listed = new Uint8Array(column.length);
  const first: number[] = [];
  for (let row = 0; row < rows; row++) {
    const end = int(starts, row + 1);
    for (let pair = int(starts, row); pair < Math.min(end, int(starts, row) + FIRST); pair++) list(pair, first);
    if (int(column, end - 1) === problem.none) list(end - 1, first);
    const known = options.known?.[row] ?? -1;
    if (known >= 0 && listed[known] === 0) list(known, first);
  }
  const rowOf = rowsOfPairs(problem);
  // Dear enough that nobody stays out who can be placed.
  let dear = dearest(problem);
  let best: Relaxed = { bound: Number.NEGATIVE_INFINITY, ...nothing(problem), infeasible: false };
  const order: number[] = [];
  const model = emptyModel(highs, problem, dear);
  try {
    addPairs(first);
    for (;;) {
      const left = (options.endsAt - performance.now()) / 1_000;
      if (left <= 0.01) break;
      model.zeroAllClocks();
      model.options.set('time_limit', left);
      model.run();
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) break;
      const { colValue, rowDual } = model.getSolution();
      const columnPrices = Float64Array.from({ length: columns }, (_, index) => Math.min(0, rowDual[rows + index] ?? 0));
      if (problem.none >= 0 && !Number.isFinite(problem.capacities[problem.none])) columnPrices[problem.none] = 0;
      const { bound, rowPrices } = priceBound(problem, columnPrices);
      const leaning = leaningOf(colValue);
      if (bound > best.bound) {
        best = { bound, columnPrices, rowPrices, leaning, infeasible: false };
        options.onBound?.(bound);
      } else {
        best.leaning = leaning;
      }
      // What stands is still a solution when pairs come in, so it goes on from there: the primal simplex.
      model.options.set('simplex_strategy', PRIMAL);
      const added = pricedIn(rowDual, columnPrices);
      if (added.length > 0) {
        addPairs(added);
        continue;
      }
      const outside = colValue.subarray(0, rows).reduce((sum, share) => sum + share, 0);
      if (outside < 1e-6) break;
      if (dear > 1e3 * dearest(problem)) {
        best.infeasible = true;
        break;
      }
      dear *= 10;
      model.changeColsCost({ kind: 'range', from: 0, to: rows - 1 }, new Float64Array(rows).fill(dear));
    }
  } finally {
    model.dispose();
  }
  return best;

  function list(pair: number, into: number[]): void {
    if (listed[pair] === 1) return;
    listed[pair] = 1;
    into.push(pair);
  }

  function addPairs(pairs: number[]): void {
    order.push(...pairs);
    model.addCols({
      cost: Float64Array.from(pairs, (pair) => float(cost, pair)),
      lower: new Float64Array(pairs.length),
      upper: new Float64Array(pairs.length).fill(1),
      matrix: pairMatrix(problem, pairs, rowOf),
    });
  }

  function leaningOf(shares: Float64Array): Int32Array {
    const leaning = new Int32Array(rows).fill(-1);
    const most = new Float64Array(rows);
    for (const [index, pair] of order.entries()) {
      const share = shares[rows + index] ?? 0;
      const row = int(rowOf, pair);
      if (share > float(most, row)) {
        most[row] = share;
        leaning[row] = pair;
      }
    }
    return leaning;
  }

  /** Of each row the pairs that would pay most at these prices. */
  function pricedIn(rowDual: Float64Array, columnPrices: Float64Array): number[] {
    const added: number[] = [];
    for (let row = 0; row < rows; row++) {
      const candidates: { pair: number; reduced: number }[] = [];
      for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
        if (listed[pair] === 1) continue;
        const reduced = float(cost, pair) - (rowDual[row] ?? 0) - float(use, pair) * float(columnPrices, int(column, pair));
        if (reduced < -1e-7 * Math.max(1, Math.abs(float(cost, pair)))) candidates.push({ pair, reduced });
      }
      candidates.sort((a, b) => a.reduced - b.reduced);
      for (const { pair } of candidates.slice(0, ADDED)) list(pair, added);
    }
    return added;
  }
}

/** Rows that want one each, columns that hold so much, and by row a way to stay out that is dear. */
function emptyModel(highs: Highs, problem: PackedProblem, dear: number): Model {
  const { rows, columns } = problem;
  const model = highs.createModel({
    numCols: rows,
    numRows: rows + columns,
    colCost: new Float64Array(rows).fill(dear),
    colLower: new Float64Array(rows),
    colUpper: new Float64Array(rows).fill(1),
    rowLower: Float64Array.from({ length: rows + columns }, (_, index) => (index < rows ? 1 : -highs.infinity)),
    rowUpper: Float64Array.from({ length: rows + columns }, (_, index) =>
      index < rows ? 1 : Math.min(highs.infinity, problem.capacities[index - rows] ?? 0),
    ),
    matrix: {
      format: 'csc',
      numRows: rows + columns,
      numCols: rows,
      starts: Int32Array.from({ length: rows + 1 }, (_, index) => index),
      indices: Int32Array.from({ length: rows }, (_, index) => index),
      values: new Float64Array(rows).fill(1),
    },
  });
  model.options.set({ output_flag: false, solver: 'simplex' });
  return model;
}

/** The pairs as columns of a model, whose first rows are the problem's rows and then its columns. */
export function pairMatrix(problem: PackedProblem, pairs: ArrayLike<number>, rowOf: Int32Array) {
  const indices = new Int32Array(pairs.length * 2);
  const values = new Float64Array(pairs.length * 2);
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index] as number;
    indices[index * 2] = int(rowOf, pair);
    values[index * 2] = 1;
    indices[index * 2 + 1] = problem.rows + int(problem.column, pair);
    values[index * 2 + 1] = float(problem.use, pair);
  }
  return {
    format: 'csc' as const,
    numRows: problem.rows + problem.columns,
    numCols: pairs.length,
    starts: Int32Array.from({ length: pairs.length + 1 }, (_, index) => index * 2),
    indices,
    values,
  };
}

export function rowsOfPairs({ rows, starts, column }: PackedProblem): Int32Array {
  const rowOf = new Int32Array(column.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, int(starts, row), int(starts, row + 1));
  return rowOf;
}

function dearest({ cost }: PackedProblem): number {
  let most = 1;
  for (const each of cost) most = Math.max(most, Math.abs(each));
  return most * 10;
}

function nothing({ rows, columns }: PackedProblem) {
  return {
    columnPrices: new Float64Array(columns),
    rowPrices: new Float64Array(rows),
    leaning: new Int32Array(rows).fill(-1),
  };
}
