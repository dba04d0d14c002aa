import type { RunPhase, RunProgress, RunStatus } from '#app/domain/matching/matching-run.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

export const PHASE_WORDS: Record<RunPhase, string> = {
  reading: 'Reading requests and tutors',
  scoring: 'Scoring every request with every tutor',
  greedy: 'A first answer',
  bound: 'Finding out how good it can get',
  proof: 'Looking for a better one, or the proof that there is none',
  times: 'Giving everybody their times',
  done: 'Done',
};

export const STATUS_WORDS: Record<RunStatus, string> = {
  queued: 'Waiting',
  solving: 'At work',
  solved: 'Solved',
  failed: 'Failed',
  stopped: 'Stopped',
};

export const STATUS_TONES: Record<RunStatus, Tone> = {
  queued: 'neutral',
  solving: 'live',
  solved: 'good',
  failed: 'bad',
  stopped: 'attention',
};

const points = (n: number) => `${n} ${n === 1 ? 'point' : 'points'}`;

/** How good it is beside the best there could be. */
export function gapWords({ gapPoints, gap }: Pick<RunProgress, 'gapPoints' | 'gap'>): string {
  if (gapPoints === null) return 'It ended before it was known how good it can get.';
  if (gapPoints === 0) return 'Proven: no other assignment is better.';
  const percent = gap === null ? '' : ` (${(gap * 100).toFixed(gap < 0.001 ? 3 : 1)} %)`;
  return `No other assignment is better by more than ${points(gapPoints)}${percent}.`;
}

/** What another tutor would mean for all together. */
export function costWords(costs: number | null): string {
  if (costs === null) return '';
  return costs === 0 ? 'hardly worse for all together' : `costs at least ${points(costs)} overall`;
}
