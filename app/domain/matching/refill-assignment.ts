import { candidatesAt, lookUp, planFrom } from './assignment-plan.ts';
import { float, int, type PackedProblem, weigh } from './packed-assignment.ts';
import { randomFrom } from './random.ts';

export interface RefillOptions {
  /** Of `performance.now()`. */
  endsAt: number;
  /** What a column's use is worth, at most 0. */
  prices: Float64Array;
  onBetter: (chosen: Int32Array, value: number) => void;
  /** Asked after every better one. */
  enough: () => boolean;
}

/** How many columns are emptied at once at most, and how many of those who have none may come in. */
const MOST_COLUMNS = 5;
const OUTSIDE = 12;
/** What a column may hold at most, in the unit in which all is counted: the work goes with it. */
const MOST_UNITS = 2_000;
/** How many of a row's most promising pairs say where it might go. */
const WIDTH = 64;
/** How many tries a cycle takes for each column at first; each further one takes so many times as many. */
const TRIES = 400;
const LONGER = 4;
/** Worth of a row that can't be anywhere else. */
const MUST = 1e9;

/**
 * Empties a few columns and fills them again one after the other, each with what is worth most in it (a knapsack, solved
 * exactly): against the next columns at their prices, and in the last against having none. So what room is left over is
 * driven together until somebody fits in. It begins hot, where that may cost something, and cools down (annealing).
 */
export function refill(problem: PackedProblem, start: Int32Array, options: RefillOptions): void {
  const { columns, none, column, cost, use, capacities } = problem;
  const { prices } = options;
  const unit = unitOf(problem);
  const real = columns - (none < 0 ? 0 : 1);
  if (unit === 0 || real < 2) return;
  const pairAt = lookUp(problem);
  const random = randomFrom(1);
  const upTo = (end: number) => Math.floor(random() * end);
  const plan = planFrom(problem, start, new Float64Array(columns));
  const { chosen, members, loads } = plan;
  const room = capacities.map((capacity) => Math.floor(capacity / unit + 1e-9));
  const knapsack = knapsackOf(Math.max(...room.subarray(0, real)));
  const candidates = candidatesAt(problem, prices, WIDTH);
  const hot = heatOf();
  const entered = new Int32Array(problem.rows);
  let picked: number[] = [];
  let freed: number[] = [];
  let best = start;
  let value = weigh(problem, start).value;

  for (let cycle = 0; performance.now() < options.endsAt && !options.enough(); cycle++) {
    for (const [row, pair] of best.entries()) plan.change(row, pair);
    anneal(TRIES * real * LONGER ** cycle, hot * 0.7 ** cycle);
  }

  function anneal(tries: number, heat: number): void {
    const began = performance.now();
    let current = value;
    for (let tried = 0; tried < tries; tried++) {
      // It cools down in time, however slow the machine.
      const done = Math.max(tried / tries, (performance.now() - began) / (options.endsAt - began));
      if (done >= 1) return;
      const temperature = heat * 0.005 ** done;
      pick();
      const worse = fill();
      if (worse === undefined || worse > -temperature * Math.log(random())) continue;
      for (const row of freed) plan.change(row, int(entered, row));
      current += worse;
      if (current > value - 1e-9) continue;
      best = chosen.slice();
      value = weigh(problem, best).value;
      current = value;
      options.onBetter(best, value);
      if (options.enough()) return;
    }
  }

  /** A column with room left over or any, then such as one of the freed rows may go to. */
  function pick(): void {
    picked = [];
    freed = [];
    const outside = none < 0 ? [] : (members[none] as number[]);
    const first = upTo(outside.length);
    for (let index = 0; index < Math.min(OUTSIDE, outside.length); index++) {
      freed.push(outside[(first + index) % outside.length] as number);
    }
    let seed = upTo(real);
    for (let tries = 0; tries < 20 && float(loads, seed) >= float(capacities, seed); tries++) seed = upTo(real);
    take(seed);
    const wanted = 2 + upTo(MOST_COLUMNS - 1);
    for (let tries = 0; tries < 20 && picked.length < wanted && freed.length > 0; tries++) {
      const row = freed[upTo(freed.length)] as number;
      const pair = int(candidates.pairs, row * WIDTH + Math.floor(random() ** 3 * int(candidates.sizes, row)));
      const index = int(column, pair);
      if (index !== none && !picked.includes(index)) take(index);
    }
    for (let index = picked.length - 1; index > 0; index--) {
      const other = upTo(index + 1);
      [picked[index], picked[other]] = [picked[other] as number, picked[index] as number];
    }
  }

  function take(index: number): void {
    picked.push(index);
    freed.push(...(members[index] as number[]));
  }

  /** By how much it costs more now; undefined: somebody is left over who must have one. */
  function fill(): number | undefined {
    let worse = 0;
    for (const row of freed) {
      worse -= float(cost, int(chosen, row));
      entered[row] = -1;
    }
    const weight = 0.95 + 0.1 * random();
    let left = freed;
    for (const [at, index] of picked.entries()) {
      knapsack.clear(float(room, index));
      for (const row of left) {
        const pair = pairAt(row, index);
        if (pair < 0) continue;
        const worth = otherwise(row, at + 1, weight) - float(cost, pair);
        if (worth > 0) knapsack.add(row, pair, Math.round(float(use, pair) / unit), Math.min(worth, MUST));
      }
      knapsack.choose((row, pair) => {
        entered[row] = pair;
        worse += float(cost, pair);
      });
      left = left.filter((row) => int(entered, row) < 0);
    }
    for (const row of left) {
      const pair = none < 0 ? -1 : pairAt(row, none);
      if (pair < 0) return undefined;
      entered[row] = pair;
      worse += float(cost, pair);
    }
    return worse;
  }

  /** What it costs to have the row in one of the picked columns from there on, or nowhere; infinite: it can't. */
  function otherwise(row: number, from: number, weight: number): number {
    const outside = none < 0 ? -1 : pairAt(row, none);
    let least = outside < 0 ? Number.POSITIVE_INFINITY : float(cost, outside);
    for (let next = from; next < picked.length; next++) {
      const pair = pairAt(row, picked[next] as number);
      if (pair < 0) continue;
      least = Math.min(least, float(cost, pair) - float(use, pair) * float(prices, int(column, pair)) * weight);
    }
    return least;
  }

  /** At first it may cost about a third of what the least room is worth, and what a row's better pairs differ by. */
  function heatOf(): number {
    let worth = 0;
    for (let index = 0; index < real; index++) worth -= float(prices, index);
    const reduced = (pair: number) => float(cost, pair) - float(use, pair) * float(prices, int(column, pair));
    let differing = 0;
    for (const [row, size] of candidates.sizes.entries()) {
      const first = int(candidates.pairs, row * WIDTH);
      differing += Math.min(
        reduced(int(candidates.pairs, row * WIDTH + Math.min(2, size - 1))) - reduced(first),
        Math.abs(float(cost, first)) + 1,
      );
    }
    return Math.max(1e-6, (0.3 * worth * unit) / real + differing / candidates.sizes.length);
  }
}

/** What all uses are multiples of; 0: of nothing, or of too little beside what columns hold. */
export function unitOf({ use, capacities, none }: PackedProblem): number {
  let unit = 0;
  for (const each of use) {
    if (!Number.isSafeInteger(each)) return 0;
    for (let rest = each; rest > 0; ) [unit, rest] = [rest, unit % rest];
  }
  const isSmall = capacities.every((capacity, index) => index === none || capacity <= MOST_UNITS * unit);
  return isSmall ? unit : 0;
}

/** Things of a size and a worth, of which those worth most together are chosen that go into so many units. */
function knapsackOf(mostUnits: number) {
  const best = new Float64Array(mostUnits + 1);
  let taken = new Uint8Array(64 * (mostUnits + 1));
  const pairs: number[] = [];
  const rows: number[] = [];
  const sizes: number[] = [];
  let units = 0;
  return {
    clear(room: number): void {
      units = room;
      best.fill(0, 0, units + 1);
      pairs.length = 0;
      rows.length = 0;
      sizes.length = 0;
    },
    add(row: number, pair: number, size: number, worth: number): void {
      const from = pairs.length * (units + 1);
      if (from + units + 1 > taken.length) {
        const more = new Uint8Array(taken.length * 2);
        more.set(taken);
        taken = more;
      }
      taken.fill(0, from, from + units + 1);
      for (let load = units; load >= size; load--) {
        const value = float(best, load - size) + worth;
        if (value <= float(best, load)) continue;
        best[load] = value;
        taken[from + load] = 1;
      }
      pairs.push(pair);
      rows.push(row);
      sizes.push(size);
    },
    choose(into: (row: number, pair: number) => void): void {
      let load = units;
      for (let index = pairs.length - 1; index >= 0; index--) {
        if (taken[index * (units + 1) + load] === 0) continue;
        into(rows[index] as number, pairs[index] as number);
        load -= sizes[index] as number;
      }
    },
  };
}
