import { fits, float, int, type PackedProblem, weigh } from './packed-assignment.ts';

/**
 * Local search: moves one row, or two against each other, as long as that pays; then shakes and begins anew. A capacity may
 * be overrun at a price that rises until it is not, which finds ways through where there is hardly room.
 */

export interface Improvement {
  /** The best that keeps every capacity; undefined: none was found. */
  best: Int32Array | undefined;
  value: number;
}

export interface ImproveOptions {
  /** Milliseconds; it ends earlier when it no longer finds anything. */
  forMs: number;
  /** How often it shakes at most. */
  rounds: number;
  /** The best known, which is to be beaten. */
  known?: { chosen: Int32Array; value: number } | undefined;
  /** Of the same problem and seed it is the same answer, as long as time allows. */
  seed?: number;
  stop?: () => boolean;
}

/** How many of a row's pairs are looked at for an exchange. */
const EXCHANGES = 24;

export function improve(problem: PackedProblem, start: Int32Array, options: ImproveOptions): Improvement {
  const { rows, columns, starts, column, cost, use, capacities } = problem;
  const ends = performance.now() + options.forMs;
  const random = randomFrom(options.seed ?? 1);
  const pairAt = lookUp(problem);
  const chosen = start.slice();
  const loads = new Float64Array(columns);
  const members: number[][] = Array.from({ length: columns }, () => []);
  const placeIn = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (int(chosen, row) < 0) return { best: undefined, value: Number.POSITIVE_INFINITY };
    enter(row, int(chosen, row));
  }
  let penalty = typicalCost(problem);
  let best = options.known?.chosen;
  let value = options.known?.value ?? Number.POSITIVE_INFINITY;
  let resting = weighed();
  let kept = chosen.slice();
  const late = () => performance.now() > ends || options.stop?.() === true;

  for (let round = 0; ; round++) {
    descend();
    const { value: cost_, feasible } = weigh(problem, chosen);
    if (feasible && cost_ < value - 1e-9) {
      value = cost_;
      best = chosen.slice();
    }
    penalty = feasible ? penalty * 0.9 : penalty * 1.3;
    const reached = weighed();
    if (reached <= resting + 1e-9) {
      resting = reached;
      kept = chosen.slice();
    } else {
      for (let row = 0; row < rows; row++) if (chosen[row] !== kept[row]) change(row, int(kept, row));
    }
    resting = weighed();
    if (round >= options.rounds || late()) break;
    shake();
  }
  return { best, value };

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

  /** What it costs a column to hold so much. */
  function over(target: number, load: number): number {
    const capacity = float(capacities, target);
    return fits(load, capacity) ? 0 : (load - capacity) * penalty;
  }

  function weighed(): number {
    let sum = 0;
    for (const pair of chosen) sum += float(cost, pair);
    for (let target = 0; target < columns; target++) sum += over(target, float(loads, target));
    return sum;
  }

  function descend(): void {
    for (let found = true; found; ) {
      found = false;
      for (let row = 0; row < rows; row++) {
        if ((row & 63) === 0 && late()) return;
        if (move(row) || exchange(row)) found = true;
      }
    }
  }

  function move(row: number): boolean {
    const old = int(chosen, row);
    const source = int(column, old);
    const load = float(loads, source);
    const relief = over(source, load) - over(source, load - float(use, old));
    let gain = 1e-9;
    let taken = -1;
    for (let pair = int(starts, row); pair < int(starts, row + 1); pair++) {
      // Cheapest first: whoever costs as much as is saved ends the search.
      const saved = float(cost, old) - float(cost, pair) + relief;
      if (saved <= gain) break;
      const target = int(column, pair);
      if (target === source) continue;
      const targetLoad = float(loads, target);
      const gained = saved - over(target, targetLoad + float(use, pair)) + over(target, targetLoad);
      if (gained > gain) {
        gain = gained;
        taken = pair;
      }
    }
    if (taken < 0) return false;
    change(row, taken);
    return true;
  }

  function exchange(row: number): boolean {
    const old = int(chosen, row);
    const source = int(column, old);
    const load = float(loads, source) - float(use, old);
    const atSource = over(source, float(loads, source));
    const limit = Math.min(int(starts, row + 1), int(starts, row) + EXCHANGES);
    let gain = 1e-9;
    let mine = -1;
    let theirs = -1;
    let other = -1;
    for (let pair = int(starts, row); pair < limit; pair++) {
      const target = int(column, pair);
      if (target === source || target === problem.none) continue;
      const saved = float(cost, old) - float(cost, pair);
      const targetLoad = float(loads, target) + float(use, pair);
      const atTarget = over(target, float(loads, target));
      for (const member of members[target] as number[]) {
        const back = pairAt(member, source);
        if (back < 0) continue;
        const leaves = int(chosen, member);
        const gained =
          saved +
          float(cost, leaves) -
          float(cost, back) +
          atSource +
          atTarget -
          over(source, load + float(use, back)) -
          over(target, targetLoad - float(use, leaves));
        if (gained > gain) {
          gain = gained;
          mine = pair;
          theirs = back;
          other = member;
        }
      }
    }
    if (mine < 0) return false;
    change(row, mine);
    change(other, theirs);
    return true;
  }

  /** A few rows go to one of their better places. */
  function shake(): void {
    const moves = 2 + Math.floor(random() * Math.max(2, Math.min(12, rows / 20)));
    for (let index = 0; index < moves; index++) {
      const row = Math.floor(random() * rows);
      const size = int(starts, row + 1) - int(starts, row);
      change(row, int(starts, row) + Math.floor(random() * random() * Math.min(size, EXCHANGES)));
    }
  }
}

/** The pair of a row and a column, -1: none. */
function lookUp(problem: PackedProblem): (row: number, column: number) => number {
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

/** What one unit too much costs at first: about as much as a row may differ by. */
function typicalCost(problem: PackedProblem): number {
  const { rows, starts, cost, use } = problem;
  let spread = 0;
  let used = 0;
  for (let row = 0; row < rows; row++) {
    const first = int(starts, row);
    const last = Math.min(int(starts, row + 1) - 1, first + EXCHANGES);
    spread += float(cost, last) - float(cost, first);
    used += float(use, first);
  }
  return Math.max(1e-6, spread / Math.max(used, 1e-9));
}

/** Numbers from 0 up to 1 that look like chance and are the same again (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
