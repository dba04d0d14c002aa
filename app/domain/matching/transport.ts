import { float, int, type PackedProblem } from './packed-assignment.ts';

/**
 * Where every pair takes the same of its column, the problem is solved exactly by shortest augmenting paths: row after row
 * finds the cheapest way in, moving others on where a column is full. O(rows x pairs) at worst.
 */

/** How much every pair takes, if it is the same for all; undefined: it isn't, or nothing is taken. */
export function commonUse(problem: PackedProblem): number | undefined {
  let common: number | undefined;
  for (const [pair, use] of problem.use.entries()) {
    if (int(problem.column, pair) === problem.none) continue;
    if (common === undefined) common = use;
    else if (use !== common) return undefined;
  }
  return common;
}

export interface Transported {
  /** By row its pair; null: not everybody can be placed. */
  chosen: Int32Array | null;
  /** By column, per unit of use. */
  prices: Float64Array;
}

/** @param stop asked before each row; true ends it without an answer */
export function transport(problem: PackedProblem, use: number, stop: () => boolean = () => false): Transported | undefined {
  const { rows, columns, starts, column, cost } = problem;
  const room = Float64Array.from(problem.capacities, (capacity) =>
    use === 0 || capacity === Number.POSITIVE_INFINITY ? rows : Math.min(rows, Math.floor(capacity / use + 1e-9)),
  );
  const chosen = new Int32Array(rows).fill(-1);
  const members: number[][] = Array.from({ length: columns }, () => []);
  const prices = new Float64Array(columns);
  const distance = new Float64Array(columns);
  // By column the pair that leads into it, whose row comes from `from` (-1: the row that is to be placed).
  const via = new Int32Array(columns);
  const from = new Int32Array(columns);
  const done = new Uint8Array(columns);
  const touched: number[] = [];

  for (let row = 0; row < rows; row++) {
    if (stop()) return undefined;
    distance.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    touched.length = 0;
    const relax = (member: number, base: number, origin: number) => {
      for (let pair = int(starts, member); pair < int(starts, member + 1); pair++) {
        const target = int(column, pair);
        if (done[target] === 1) continue;
        const length = base + float(cost, pair) - float(prices, target);
        if (length < float(distance, target)) {
          distance[target] = length;
          via[target] = pair;
          from[target] = origin;
        }
      }
    };
    relax(row, 0, -1);
    let end = -1;
    while (end < 0) {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let index = 0; index < columns; index++) {
        if (done[index] === 1 || float(distance, index) > least) continue;
        // Among equals one with room: there the way ends.
        if (float(distance, index) === least && (least === Number.POSITIVE_INFINITY || !hasRoom(index))) continue;
        least = float(distance, index);
        nearest = index;
      }
      if (nearest < 0) return { chosen: null, prices };
      done[nearest] = 1;
      touched.push(nearest);
      if (hasRoom(nearest)) {
        end = nearest;
        break;
      }
      for (const member of members[nearest] ?? []) {
        relax(member, least - float(cost, int(chosen, member)) + float(prices, nearest), nearest);
      }
    }
    const reach = float(distance, end);
    for (const index of touched) prices[index] = float(prices, index) + Math.min(0, float(distance, index) - reach);
    place(end);
  }
  return { chosen, prices: use === 0 ? prices : prices.map((price) => price / use) };

  function hasRoom(index: number): boolean {
    return (members[index] as number[]).length < float(room, index);
  }

  /** Everyone on the way moves on by one. */
  function place(end: number): void {
    let target = end;
    while (target >= 0) {
      const pair = int(via, target);
      const origin = int(from, target);
      const member = rowOf(pair);
      if (origin >= 0) members[origin] = (members[origin] ?? []).filter((each) => each !== member);
      chosen[member] = pair;
      members[target]?.push(member);
      target = origin;
    }
  }

  function rowOf(pair: number): number {
    let low = 0;
    let high = rows - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (int(starts, middle) <= pair) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
