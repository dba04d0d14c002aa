import type { Highs } from 'highs';
import { float, int, type PackedProblem, weigh } from './packed-assignment.ts';
import { pairMatrix, rowsOfPairs } from './relax-assignment.server.ts';

export interface Proven {
  /** By row its pair; undefined: nothing better than what was known. */
  chosen: Int32Array | undefined;
  /** Of all assignments that use these pairs alone none costs less; infinite: there is none. */
  bound: number;
}

export interface ProveOptions {
  endsAt: number;
  gap: number;
  /** Nothing that costs as much or more is wanted; its pairs are among the given ones. */
  known: { chosen: Int32Array; value: number } | undefined;
  onBetter?: (chosen: Int32Array, value: number) => void;
  onBound?: (bound: number) => void;
}

/** Branch and cut over the given pairs, which are in rising order. */
export function prove(highs: Highs, problem: PackedProblem, pairs: Int32Array, options: ProveOptions): Proven {
  const { rows, columns, cost, capacities } = problem;
  const rowOf = rowsOfPairs(problem);
  const model = highs.createModel({
    numCols: pairs.length,
    numRows: rows + columns,
    colCost: Float64Array.from(pairs, (pair) => float(cost, pair)),
    colLower: new Float64Array(pairs.length),
    colUpper: new Float64Array(pairs.length).fill(1),
    rowLower: Float64Array.from({ length: rows + columns }, (_, index) => (index < rows ? 1 : -highs.infinity)),
    rowUpper: Float64Array.from({ length: rows + columns }, (_, index) =>
      index < rows ? 1 : Math.min(highs.infinity, capacities[index - rows] ?? 0),
    ),
    matrix: pairMatrix(problem, pairs, rowOf),
    integrality: new Int32Array(pairs.length).fill(highs.constants.variableType.integer),
  });
  let best: Int32Array | undefined;
  let value = options.known?.value ?? Number.POSITIVE_INFINITY;
  const { callbackType, modelStatus } = highs.constants;
  const take = (shares: Float64Array | undefined) => {
    const chosen = shares && chosenBy(shares);
    if (!chosen) return;
    const weighed = weigh(problem, chosen);
    if (!weighed.feasible || weighed.value >= value) return;
    value = weighed.value;
    best = chosen;
    options.onBetter?.(chosen, value);
  };
  try {
    model.options.set({
      output_flag: false,
      time_limit: Math.max(0.01, (options.endsAt - performance.now()) / 1_000),
      mip_rel_gap: options.gap,
      // Between two whole numbers there is none.
      mip_abs_gap: problem.wholeCosts ? 0.999 : 0,
    });
    if (options.known) {
      const taken = new Set(options.known.chosen);
      model.setSolution({ colValue: Float64Array.from(pairs, (pair) => (taken.has(pair) ? 1 : 0)) });
    }
    model.run({
      [callbackType.mipImprovingSolution](event) {
        take(event.data.mip_solution);
        return undefined;
      },
      [callbackType.mipLogging](event) {
        const bound = event.data.mip_dual_bound;
        if (bound !== undefined && Number.isFinite(bound) && Math.abs(bound) < highs.infinity) options.onBound?.(bound);
        return undefined;
      },
    });
    const status = model.getModelStatus();
    if (status === modelStatus.infeasible) return { chosen: best, bound: Number.POSITIVE_INFINITY };
    if (model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible) take(model.getSolution().colValue);
    const bound = Number(model.info.get('mip_dual_bound'));
    return { chosen: best, bound: Math.abs(bound) < highs.infinity ? bound : Number.NEGATIVE_INFINITY };
  } finally {
    model.dispose();
  }

  function chosenBy(shares: Float64Array): Int32Array | undefined {
    const chosen = new Int32Array(rows).fill(-1);
    for (const [index, pair] of pairs.entries()) if ((shares[index] ?? 0) > 0.5) chosen[int(rowOf, pair)] = pair;
    return chosen.includes(-1) ? undefined : chosen;
  }
}
