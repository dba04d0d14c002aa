import type { AssignmentProblem } from './assignment.ts';

/** An assignment problem as flat arrays: each row's pairs side by side, cheapest first. Safe to hand to another thread. */
export interface PackedProblem {
  rows: number;
  /** With the one of those who get none, which is the last, if there is such. */
  columns: number;
  /** The column that stands for "none" and holds all; -1: every row must have one. */
  none: number;
  capacities: Float64Array;
  /** Pairs of row r: from starts[r] up to starts[r + 1]. */
  starts: Int32Array;
  column: Int32Array;
  cost: Float64Array;
  use: Float64Array;
  /** So that a bound may be rounded up. */
  wholeCosts: boolean;
}

/** What is missing of a capacity by no more than this is not missing. */
export const fits = (load: number, capacity: number) => load <= capacity + 1e-9 * Math.max(1, capacity);

/** @throws RangeError for numbers that are none, rows or columns out of range, or a pair that stands twice */
export function packAssignment(problem: AssignmentProblem): PackedProblem {
  const { rows, capacities, pairs, unplacedCost } = problem;
  const none = unplacedCost === null ? -1 : capacities.length;
  const columns = capacities.length + (none < 0 ? 0 : 1);
  check(problem);
  // A pair that takes more than there is at all is none.
  const usable = pairs.filter(({ column, use }) => fits(use, capacities[column] ?? 0));
  const starts = new Int32Array(rows + 1);
  for (const { row } of usable) starts[row + 1] = int(starts, row + 1) + 1;
  for (let row = 0; row < rows; row++) starts[row + 1] = int(starts, row + 1) + int(starts, row) + (none < 0 ? 0 : 1);

  const total = int(starts, rows);
  const byRow = new Int32Array(total).fill(-1);
  const next = starts.slice(0, rows);
  for (const [index, { row }] of usable.entries()) {
    byRow[int(next, row)] = index;
    next[row] = int(next, row) + 1;
  }
  const packed: PackedProblem = {
    rows,
    columns,
    none,
    capacities: Float64Array.from({ length: columns }, (_, column) => capacities[column] ?? Number.POSITIVE_INFINITY),
    starts,
    column: new Int32Array(total),
    cost: new Float64Array(total),
    use: new Float64Array(total),
    wholeCosts: Number.isSafeInteger(unplacedCost ?? 0) && usable.every(({ cost }) => Number.isSafeInteger(cost)),
  };
  const costOf = (index: number) => usable[index]?.cost ?? unplacedCost ?? 0;
  const seenBy = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) {
    const own = byRow.subarray(int(starts, row), int(starts, row + 1)).sort((a, b) => costOf(a) - costOf(b));
    for (const [offset, index] of own.entries()) {
      const pair = int(starts, row) + offset;
      const column = usable[index]?.column ?? none;
      if (seenBy[column] === row) throw new RangeError(`Row ${row} and column ${column} are paired twice`);
      seenBy[column] = row;
      packed.column[pair] = column;
      packed.cost[pair] = costOf(index);
      packed.use[pair] = usable[index]?.use ?? 0;
    }
  }
  return packed;
}

function check({ rows, capacities, pairs, unplacedCost }: AssignmentProblem): void {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`${rows} is no number of rows`);
  if (unplacedCost !== null && !Number.isFinite(unplacedCost)) throw new RangeError('The cost of none must be a number');
  for (const capacity of capacities) {
    if (Number.isNaN(capacity) || capacity < 0) throw new RangeError(`${capacity} is no capacity`);
  }
  for (const { row, column, cost, use } of pairs) {
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) throw new RangeError(`There is no row ${row}`);
    if (!(Number.isInteger(column) && column >= 0 && column < capacities.length)) {
      throw new RangeError(`There is no column ${column}`);
    }
    if (!Number.isFinite(cost)) throw new RangeError(`${cost} is no cost`);
    if (!Number.isFinite(use) || use < 0) throw new RangeError(`${use} can’t be used of a capacity`);
  }
}

/** Of an array whose index is known to be in it; a function per type of array, which is what makes them fast. */
export const int = (array: Int32Array, index: number) => array[index] as number;
export const float = (array: Float64Array, index: number) => array[index] as number;

/** What the chosen pairs cost together, and whether every capacity holds. Of each row the index of its pair, -1: none yet. */
export function weigh(problem: PackedProblem, chosen: Int32Array): { value: number; feasible: boolean } {
  const loads = new Float64Array(problem.columns);
  let value = 0;
  let feasible = true;
  for (const pair of chosen) {
    if (pair < 0) {
      feasible = false;
      continue;
    }
    value += float(problem.cost, pair);
    const column = int(problem.column, pair);
    loads[column] = float(loads, column) + float(problem.use, pair);
  }
  for (const [column, load] of loads.entries()) {
    if (!fits(load, float(problem.capacities, column))) feasible = false;
  }
  return { value, feasible };
}

/** The chosen pairs as columns: -1 for none. */
export function columnsOf(problem: PackedProblem, chosen: Int32Array): Int32Array {
  return chosen.map((pair) => {
    const column = pair < 0 ? -1 : int(problem.column, pair);
    return column === problem.none ? -1 : column;
  });
}

/**
 * A bound that holds whatever the prices of the columns (at most 0): each row pays for what it uses and takes what is
 * then cheapest.
 */
export function priceBound(problem: PackedProblem, columnPrices: Float64Array): { bound: number; rowPrices: Float64Array } {
  const { rows, columns, capacities, starts, column, cost, use } = problem;
  const rowPrices = new Float64Array(rows);
  let bound = 0;
  for (let index = 0; index < columns; index++) {
    const price = float(columnPrices, index);
    if (price !== 0) bound += float(capacities, index) * price;
  }
  for (let row = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
      const reduced = float(cost, pair) - float(use, pair) * float(columnPrices, int(column, pair));
      if (reduced < least) least = reduced;
    }
    rowPrices[row] = least;
    bound += least;
  }
  return { bound, rowPrices };
}

/** One and the same price for the room of every column, the one that proves most: known at once, and near where room is short. */
export function evenPrices(problem: PackedProblem): { bound: number; columnPrices: Float64Array } {
  const at = (price: number) => {
    const columnPrices = problem.capacities.map((capacity) => (Number.isFinite(capacity) ? -price : 0));
    return { columnPrices, bound: priceBound(problem, columnPrices).bound };
  };
  let [low, high] = [0, 1e-3];
  for (let times = 0; times < 40 && at(high * 2).bound > at(high).bound; times++) high *= 2;
  high *= 2;
  for (let third = high / 3; third > 1e-3 * high; third = (high - low) / 3) {
    if (at(low + third).bound < at(high - third).bound) low += third;
    else high -= third;
  }
  return at((low + high) / 2);
}

/**
 * Where there is more to use than capacity, some rows are left without, and at least so many of them as it takes of the
 * largest. Said as a capacity of "none", which holds no fewer: it tells the relaxation what it can't see.
 */
export function withFewestOut(problem: PackedProblem): PackedProblem {
  const { rows, columns, none, starts, column, use, capacities } = problem;
  if (none < 0) return problem;
  const least = new Float64Array(rows);
  let short = 0;
  for (let row = 0; row < rows; row++) {
    let own = Number.POSITIVE_INFINITY;
    for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
      if (int(column, pair) !== none) own = Math.min(own, float(use, pair));
    }
    least[row] = Number.isFinite(own) ? own : 0;
    short += float(least, row);
  }
  for (let index = 0; index < columns; index++) if (index !== none) short -= float(capacities, index);
  let fewest = 0;
  for (const one of least.sort().reverse()) {
    if (short <= 1e-6 || one === 0) break;
    short -= one;
    fewest += 1;
  }
  if (fewest === 0) return problem;
  const limited = capacities.slice();
  limited[none] = -fewest;
  return { ...problem, capacities: limited, use: use.map((each, pair) => (int(column, pair) === none ? -1 : each)) };
}

/** Where every cost is whole, so is the value: the bound goes up to the next whole number, rounding errors left aside. */
export function liftBound(problem: PackedProblem, bound: number): number {
  return problem.wholeCosts && Number.isFinite(bound) ? Math.ceil(bound - 1e-6 - 1e-11 * Math.abs(bound)) : bound;
}

export function gapBetween(value: number, bound: number): number {
  return value <= bound ? 0 : (value - bound) / Math.max(Math.abs(value), 1e-9);
}
