import { Worker } from 'node:worker_threads';
import type { Assignment, SolveAssignment } from './assignment.ts';
import { columnsOf, gapBetween, packAssignment } from './packed-assignment.ts';
import type { PackedAnswer } from './solve-packed.server.ts';

/** How much longer than its time limit the thread may take before it is ended from outside. */
const GRACE_MS = 3_000;
/** Of the thread's own heap; the solver's memory comes on top and goes with the pairs it is given. */
const HEAP_MB = 512;

/**
 * The solver port: exact by shortest augmenting paths where all take the same, otherwise local search and HiGHS, in a thread
 * of its own. Out of time, or aborted, the best found so far is the answer, with a bound that holds.
 * @throws RangeError for a problem that is none
 */
export const solveAssignment: SolveAssignment = async (problem, options) => {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const packed = packAssignment(problem);
  let latest: PackedAnswer | undefined;
  const worker = new Worker(new URL('./assignment-worker.server.ts', import.meta.url), {
    workerData: { problem: packed, timeLimitSeconds: options.timeLimitSeconds, gap: options.gap },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, options.timeLimitSeconds * 1_000 + GRACE_MS);
      const stop = () => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', stop);
        resolve();
      };
      if (options.signal?.aborted) stop();
      options.signal?.addEventListener('abort', stop);
      worker.on('message', ({ answer, last }: { answer: PackedAnswer; last: boolean }) => {
        latest = answer;
        options.onProgress?.({
          phase: answer.phase,
          value: Number.isFinite(answer.value) ? answer.value : null,
          bound: Number.isFinite(answer.bound) ? answer.bound : null,
          seconds: seconds(),
        });
        if (last) stop();
      });
      worker.on('error', (error) => {
        stop();
        reject(error);
      });
    });
  } finally {
    await worker.terminate();
  }
  return toAssignment(latest);

  function toAssignment(answer: PackedAnswer | undefined): Assignment {
    const value = answer?.value ?? Number.POSITIVE_INFINITY;
    const bound = answer?.bound ?? Number.NEGATIVE_INFINITY;
    return {
      columns: answer?.chosen ? columnsOf(packed, answer.chosen) : null,
      value,
      bound,
      gap: gapBetween(value, bound),
      optimal: answer?.proven ?? false,
      seconds: seconds(),
      prices:
        answer?.rowPrices && answer.columnPrices
          ? { rows: answer.rowPrices, columns: answer.columnPrices.slice(0, problem.capacities.length), bound: answer.priceBound }
          : null,
    };
  }
};
