import type { CloseOutRules } from './close-out-rules.ts';

/**
 * When whose reminder of a missing close-out is due, counted in minutes from the end of the session, or from when it was
 * sent back. Pure and browser-safe.
 */

export type ChaseRules = Pick<CloseOutRules, 'chase' | 'chase_minutes' | 'chase_daily' | 'chase_office_hours'>;

const DAY = 1440;
/** After so many days it is the office's affair alone. */
export const CHASE_DAYS = 14;

export interface ChaseStep {
  /** As it is kept: `tutor:120`, `tutor:day:2`. */
  step: string;
  /** From the session's end. */
  minutes: number;
}

/** The latest step for its tutor that is due by then; undefined: none yet, none any more, or nobody is chased. */
export function tutorStep(rules: ChaseRules, minutes: number): ChaseStep | undefined {
  if (!rules.chase || minutes > CHASE_DAYS * DAY) return undefined;
  const steps = rules.chase_minutes.toSorted((a, b) => a - b);
  const last = steps.at(-1) ?? 0;
  const days = rules.chase_daily ? Math.floor((minutes - last) / DAY) : 0;
  if (days >= 1) return { step: `tutor:day:${days}`, minutes: last + days * DAY };
  const step = steps.findLast((one) => one <= minutes);
  return step === undefined ? undefined : { step: `tutor:${step}`, minutes: step };
}

/**
 * Whether the tutor is to be told now. A mail of theirs lists everything that is overdue, so that one which went out within
 * the half day before a daily step stands for it.
 * @param told when they were last told of this session, in minutes from its end; null: never
 */
export function isDue({ minutes }: ChaseStep, told: number | null): boolean {
  if (told === null) return true;
  return told < (minutes >= DAY ? minutes - DAY / 2 : minutes);
}

/** From here on a close-out is called overdue: when its tutor is first reminded. */
export const overdueAfter = (rules: ChaseRules): number => Math.min(...rules.chase_minutes, DAY);

/** From here on the office is told. */
export const officeAfter = (rules: ChaseRules): number => rules.chase_office_hours * 60;

/** Whether the office is to be told now of one it was not told of; what waits much longer stands on its list anyway. */
export const isOfficeDue = (rules: ChaseRules, minutes: number): boolean =>
  rules.chase && minutes >= officeAfter(rules) && minutes <= officeAfter(rules) + CHASE_DAYS * DAY;
