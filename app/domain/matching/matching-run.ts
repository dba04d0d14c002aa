import type { HardRule, ScoredPart, WeeklySlot } from './match-facts.ts';

/** What is kept of a run of matching everything. Ids alone, no names: whoever reads it looks those up. Browser-safe. */

export type RunStatus = 'queued' | 'solving' | 'solved' | 'failed' | 'stopped';
export type RunPhase = 'reading' | 'scoring' | 'greedy' | 'bound' | 'proof' | 'times' | 'done';

export interface RunProgress {
  phase: RunPhase;
  /** Since it began. */
  seconds: number;
  /** What the best so far costs, and what none costs less than; points of scores, less is better. */
  value: number | null;
  bound: number | null;
  /** By how many points another could be better at most, and that as a share of all points. */
  gapPoints: number | null;
  gap: number | null;
  requests: number;
  tutors: number;
  pairs: number;
  /** At the end: how many have a tutor, and the sum of their scores. */
  placed: number | null;
  points: number | null;
}

export const noProgress: RunProgress = {
  phase: 'reading',
  seconds: 0,
  value: null,
  bound: null,
  gapPoints: null,
  gap: null,
  requests: 0,
  tutors: 0,
  pairs: 0,
  placed: null,
  points: null,
};

export interface Alternative {
  tutorId: string;
  score: number;
  /** By how many points at least the whole would be worse; null: not known. */
  costs: number | null;
}

export interface PickDetail {
  parts: ScoredPart[];
  slots: WeeklySlot[];
  travelMinutes: number | null;
  notes: string[];
  /** How many tutors no rule keeps away. */
  fitting: number;
  /** Others, those that would cost least first. */
  alternatives: Alternative[];
  /** Where nobody fits: what each rule does, the one to loosen first. */
  removes: { rule: HardRule; removes: number; alone: number }[];
  pinned: boolean;
}

export const readProgress = (stored: unknown): RunProgress => ({ ...noProgress, ...(stored as Partial<RunProgress>) });
