import { fits, float, int, type PackedProblem } from './packed-assignment.ts';

/** Who has whom while it is being improved, with what each column holds; a capacity may be overrun at a price per unit. */
export interface Plan {
  chosen: Int32Array;
  loads: Float64Array;
  members: number[][];
  /** What a unit too much costs, by column. */
  penalties: Float64Array;
  change(row: number, pair: number): void;
  /** What the column costs with so much on it, beside its pairs. */
  over(column: number, load: number): number;
  weighed(): number;
}

export function planFrom(problem: PackedProblem, start: Int32Array, penalties: Float64Array): Plan {
  const { rows, columns, column, cost, use, capacities } = problem;
  const chosen = start.slice();
  const loads = new Float64Array(columns);
  const members: number[][] = Array.from({ length: columns }, () => []);
  const placeIn = new Int32Array(rows);
  for (let row = 0; row < rows; row++) enter(row, int(chosen, row));
  return { chosen, loads, members, penalties, change, over, weighed };

  function enter(row: number, pair: number): void {
    const target = int(column, pair);
    loads[target] = float(loads, target) + float(use, pair);
    const list = members[target] as number[];
    placeIn[row] = list.length;
    list.push(row);
    chosen[row] = pair;
  }

  function change(row: number, pair: number): void {
    const old = int(chosen, row);
    if (old === pair) return;
    const source = int(column, old);
    loads[source] = float(loads, source) - float(use, old);
    const list = members[source] as number[];
    const last = list.pop() as number;
    if (last !== row) {
      list[int(placeIn, row)] = last;
      placeIn[last] = int(placeIn, row);
    }
    enter(row, pair);
  }

  function over(target: number, load: number): number {
    const capacity = float(capacities, target);
    return fits(load, capacity) ? 0 : (load - capacity) * float(penalties, target);
  }

  function weighed(): number {
    let sum = 0;
    for (const pair of chosen) sum += float(cost, pair);
    for (let target = 0; target < columns; target++) sum += over(target, float(loads, target));
    return sum;
  }
}

/** Each row's most promising pairs, as the prices of the columns have it. */
export interface Candidates {
  /** Pairs of row r: from r * width, as many as sizes[r]. */
  pairs: Int32Array;
  sizes: Int32Array;
  width: number;
}

export function candidatesAt(problem: PackedProblem, prices: Float64Array, width: number): Candidates {
  const { rows, starts, column, cost, use } = problem;
  const pairs = new Int32Array(rows * width);
  const sizes = new Int32Array(rows);
  const reduced = (pair: number) => float(cost, pair) - float(use, pair) * float(prices, int(column, pair));
  for (let row = 0; row < rows; row++) {
    const own = Array.from({ length: int(starts, row + 1) - int(starts, row) }, (_, offset) => int(starts, row) + offset);
    own.sort((a, b) => reduced(a) - reduced(b));
    const none = own.find((pair) => int(column, pair) === problem.none);
    const best = own.slice(0, width);
    if (none !== undefined && !best.includes(none)) best[best.length - 1] = none;
    sizes[row] = best.length;
    pairs.set(best, row * width);
  }
  return { pairs, sizes, width };
}

/** The pair of a row and a column, -1: none. */
export function lookUp(problem: PackedProblem): (row: number, column: number) => number {
  const { rows, columns, starts, column } = problem;
  if (rows * columns > 4_000_000) {
    return (row, target) => {
      for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) if (int(column, pair) === target) return pair;
      return -1;
    };
  }
  const table = new Int32Array(rows * columns).fill(-1);
  for (let row = 0; row < rows; row++) {
    for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) table[row * columns + int(column, pair)] = pair;
  }
  return (row, target) => int(table, row * columns + target);
}
