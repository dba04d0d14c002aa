import { type Candidates, candidatesAt, lookUp, type Plan, planFrom } from './assignment-plan.ts';
import { float, int, type PackedProblem, weigh } from './packed-assignment.ts';
import { randomFrom } from './random.ts';

/**
 * Local search: moves one row, or two against each other, among each row's most promising pairs; at first also where that
 * costs something, less and less so (annealing). A capacity may be overrun at a price that rises until it is not, which
 * finds ways through where there is hardly room.
 */

export interface Improvement {
  /** The best that keeps every capacity; undefined: none was found. */
  best: Int32Array | undefined;
  value: number;
}

export interface ImproveOptions {
  endsAt: number;
  /** How often it heats up and cools down; 0: it only goes downhill. */
  cycles: number;
  /** What a column's use is worth (at most 0), where it is known. */
  prices?: Float64Array | undefined;
  /** The best known, which is to be beaten. */
  known?: { chosen: Int32Array; value: number } | undefined;
  onBetter?: (chosen: Int32Array, value: number) => void;
  /** Asked between cycles. */
  enough?: () => boolean;
}

/** How many pairs of a row are looked at, and how many steps a cycle takes for each row. */
const WIDTH = 24;
const STEPS = 1_500;

export function improve(problem: PackedProblem, start: Int32Array, options: ImproveOptions): Improvement {
  const { rows, columns, cost, column, use } = problem;
  let best = options.known?.chosen;
  let value = options.known?.value ?? Number.POSITIVE_INFINITY;
  if (start.includes(-1)) return { best, value };
  const prices = options.prices ?? new Float64Array(columns);
  const candidates = candidatesAt(problem, prices, WIDTH);
  const spread = spreadOf(problem, candidates, prices);
  const base = spread.perUnit;
  const pairAt = lookUp(problem);
  const random = randomFrom(1);
  const plan = planFrom(problem, start, new Float64Array(columns));
  const late = () => performance.now() > options.endsAt;

  for (let cycle = 0; ; cycle++) {
    if (cycle > 0) anneal(Math.max(0.1, 0.5 * 0.7 ** cycle));
    // From a start that keeps every capacity it doesn't go away from that.
    for (let tries = cycle === 0 && weigh(problem, start).feasible ? 8 : 0; tries < 12; tries++) {
      press(2 * 3 ** tries);
      descend(problem, plan, candidates, pairAt, late);
      const weighed = weigh(problem, plan.chosen);
      if (!weighed.feasible) continue;
      if (weighed.value < value - 1e-9) {
        value = weighed.value;
        best = plan.chosen.slice();
        options.onBetter?.(best, value);
      }
      break;
    }
    if (cycle >= options.cycles || late() || options.enough?.()) return { best, value };
    if (best) for (let row = 0; row < rows; row++) plan.change(row, int(best, row));
  }

  /** A unit too much costs so many times what the column's use is worth. */
  function press(times: number): void {
    for (let index = 0; index < columns; index++) plan.penalties[index] = times * (base + Math.abs(float(prices, index)));
  }

  function anneal(heat: number): void {
    const steps = rows * STEPS;
    const { chosen, loads, members, over } = plan;
    const hot = spread.step * heat;
    let temperature = hot;
    // It cools down in time, however slow the machine.
    const began = performance.now();
    const span = (options.endsAt - began) * 0.6;
    for (let step = 0; step < steps; step++) {
      if ((step & 1023) === 0) {
        const done = Math.max(step / steps, (performance.now() - began) / span);
        if (done >= 1) return;
        temperature = hot * 0.005 ** done;
        press(1 + done);
      }
      const row = Math.floor(random() * rows);
      const old = int(chosen, row);
      const source = int(column, old);
      const first = row * WIDTH;
      const chance = random();
      const pair = int(candidates.pairs, first + Math.floor(chance * chance * int(candidates.sizes, row)));
      const target = int(column, pair);
      if (target === source) continue;
      const load = float(loads, source);
      const targetLoad = float(loads, target);
      let worse = float(cost, pair) - float(cost, old) - over(source, load) - over(target, targetLoad);
      const list = members[target] as number[];
      if (list.length > 0 && target !== problem.none && random() < 0.5) {
        const member = list[Math.floor(random() * list.length)] as number;
        const back = pairAt(member, source);
        if (back < 0) continue;
        const leaves = int(chosen, member);
        worse += float(cost, back) - float(cost, leaves);
        worse += over(source, load - float(use, old) + float(use, back));
        worse += over(target, targetLoad + float(use, pair) - float(use, leaves));
        if (worse > 0 && random() >= Math.exp(-worse / temperature)) continue;
        plan.change(row, pair);
        plan.change(member, back);
      } else {
        worse += over(source, load - float(use, old)) + over(target, targetLoad + float(use, pair));
        if (worse > 0 && random() >= Math.exp(-worse / temperature)) continue;
        plan.change(row, pair);
      }
    }
  }
}

type PairAt = (row: number, column: number) => number;

/** Takes every move and every exchange that pays, until there is none. */
function descend(problem: PackedProblem, plan: Plan, candidates: Candidates, pairAt: PairAt, late: () => boolean): void {
  const { rows, column, cost, use } = problem;
  const { chosen, loads, members, over } = plan;
  for (let found = true; found; ) {
    found = false;
    for (let row = 0; row < rows; row++) {
      if ((row & 63) === 0 && late()) return;
      if (move(row) || exchange(row)) found = true;
    }
  }

  function move(row: number): boolean {
    const old = int(chosen, row);
    const source = int(column, old);
    const relief = over(source, float(loads, source)) - over(source, float(loads, source) - float(use, old));
    let gain = 1e-9;
    let taken = -1;
    const first = row * candidates.width;
    for (let index = first; index < first + int(candidates.sizes, row); index++) {
      const pair = int(candidates.pairs, index);
      const target = int(column, pair);
      if (target === source) continue;
      const load = float(loads, target);
      const gained = float(cost, old) - float(cost, pair) + relief - over(target, load + float(use, pair)) + over(target, load);
      if (gained > gain) {
        gain = gained;
        taken = pair;
      }
    }
    if (taken < 0) return false;
    plan.change(row, taken);
    return true;
  }

  function exchange(row: number): boolean {
    const old = int(chosen, row);
    const source = int(column, old);
    const load = float(loads, source) - float(use, old);
    const atSource = over(source, float(loads, source));
    let gain = 1e-9;
    let mine = -1;
    let theirs = -1;
    let other = -1;
    const first = row * candidates.width;
    for (let index = first; index < first + int(candidates.sizes, row); index++) {
      const pair = int(candidates.pairs, index);
      const target = int(column, pair);
      if (target === source || target === problem.none) continue;
      const targetLoad = float(loads, target) + float(use, pair);
      const saved = float(cost, old) - float(cost, pair) + atSource + over(target, float(loads, target));
      for (const member of members[target] as number[]) {
        const back = pairAt(member, source);
        if (back < 0) continue;
        const leaves = int(chosen, member);
        const gained =
          saved +
          float(cost, leaves) -
          float(cost, back) -
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
    plan.change(row, mine);
    plan.change(other, theirs);
    return true;
  }
}

/** How much a row's better pairs differ by, and that per unit used. */
function spreadOf(problem: PackedProblem, candidates: Candidates, prices: Float64Array): { step: number; perUnit: number } {
  const { rows, column, cost, use } = problem;
  const reduced = (pair: number) => float(cost, pair) - float(use, pair) * float(prices, int(column, pair));
  let differing = 0;
  let used = 0;
  for (let row = 0; row < rows; row++) {
    const first = int(candidates.pairs, row * candidates.width);
    const third = int(candidates.pairs, row * candidates.width + Math.min(2, int(candidates.sizes, row) - 1));
    differing += Math.min(reduced(third) - reduced(first), Math.abs(float(cost, first)) + 1);
    used += float(use, first);
  }
  return { step: Math.max(1e-6, differing / Math.max(rows, 1)), perUnit: Math.max(1e-6, differing / Math.max(used, 1e-9)) };
}
