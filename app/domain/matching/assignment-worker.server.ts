/** The thread in which an assignment is solved, so that whoever asked goes on answering others. */
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import type { PackedProblem } from './packed-assignment.ts';
import { solvePacked } from './solve-packed.server.ts';

const { problem, timeLimitSeconds, gap } = workerData as { problem: PackedProblem; timeLimitSeconds: number; gap: number };
const answer = await solvePacked(() => loadHighs(), problem, {
  timeLimitSeconds,
  gap,
  onBetter: (better) => parentPort?.postMessage({ answer: better, last: false }),
});
parentPort?.postMessage({ answer, last: true });
