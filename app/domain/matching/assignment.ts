/**
 * The solver port: who gets whom, as one optimal assignment. Knows nothing of tutors: rows want one column each, columns
 * hold so much, only the listed pairs are allowed. The least total cost wins. Whoever implements it says what it proved.
 */

export interface AssignmentPair {
  row: number;
  column: number;
  /** Any finite number; less is better. */
  cost: number;
  /** How much of the column's capacity the row takes. */
  use: number;
}

export interface AssignmentProblem {
  rows: number;
  /** What each column holds. */
  capacities: readonly number[];
  pairs: readonly AssignmentPair[];
  /** What it costs to leave a row without; null: every row must have one. */
  unplacedCost: number | null;
}

export interface Assignment {
  /** By row its column, -1: none. Null: there is no way to place what must be placed. */
  columns: Int32Array | null;
  value: number;
  /** No assignment costs less. */
  bound: number;
  /** (value - bound) / |value|, 0 when proven optimal. */
  gap: number;
  optimal: boolean;
  seconds: number;
  /**
   * What the best relaxed plan reckons, by row, and by use of a column (never above 0). Any assignment with a pair in it
   * costs at least `prices.bound + cost - prices.rows[row] - use * prices.columns[column]`. Null: it ended before.
   */
  prices: { rows: Float64Array; columns: Float64Array; bound: number } | null;
}

export interface SolveOptions {
  timeLimitSeconds: number;
  /** It may stop when the gap is as small; 0: only at a proof. */
  gap: number;
  /** Told of every better answer and bound. */
  onProgress?: (progress: AssignmentProgress) => void;
  /** Ends it early: what was found until then is the answer. */
  signal?: AbortSignal;
}

export interface AssignmentProgress {
  phase: 'greedy' | 'bound' | 'proof';
  value: number | null;
  bound: number | null;
  seconds: number;
}

export type SolveAssignment = (problem: AssignmentProblem, options: SolveOptions) => Promise<Assignment>;
