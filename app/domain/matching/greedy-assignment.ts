import { fits, float, int, type PackedProblem } from './packed-assignment.ts';

/**
 * An answer in a blink: whoever has most to lose chooses first. Where nothing fits any more, the row stands where it costs
 * least, too much or not; the local search sees to it.
 */
export function greedy(problem: PackedProblem): Int32Array {
  const { rows, starts, column, cost, use, capacities } = problem;
  const regret = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const first = int(starts, row);
    const size = int(starts, row + 1) - first;
    regret[row] = size > 1 ? float(cost, first + 1) - float(cost, first) : Number.POSITIVE_INFINITY;
  }
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => compare(float(regret, b), float(regret, a)) || a - b,
  );
  const left = capacities.slice();
  const chosen = new Int32Array(rows).fill(-1);
  for (const row of order) {
    let taken = int(starts, row);
    for (let pair = taken; pair < int(starts, row + 1); pair++) {
      if (!fits(float(use, pair), float(left, int(column, pair)))) continue;
      taken = pair;
      break;
    }
    if (taken >= int(starts, row + 1)) continue;
    chosen[row] = taken;
    left[int(column, taken)] = float(left, int(column, taken)) - float(use, taken);
  }
  return chosen;
}

/** Infinities are equal to themselves here, which a difference is not. */
const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
