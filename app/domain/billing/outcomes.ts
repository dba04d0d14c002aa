/** Outcomes of a student's place, notice and no-shows: pure rules, browser-safe. */
import { decimal } from './money.ts';

export const outcomes = [
  'planned',
  'attended',
  'no_show',
  'late_cancel',
  'cancelled',
  'tutor_no_show',
  'technical_failure',
] as const;
export type Outcome = (typeof outcomes)[number];

/** A place that was not cancelled: expected, or what a close-out said of it, be it sent back since. */
export function isLeft(outcome: string): boolean {
  return outcome !== 'cancelled' && outcome !== 'late_cancel';
}

/** What a close-out may say of a student who did not cancel. */
export const closeOutOutcomes = ['attended', 'no_show', 'tutor_no_show', 'technical_failure'] as const;
export type CloseOutOutcome = (typeof closeOutOutcomes)[number];

export type CancelledBy = 'client' | 'tutor' | 'office';

/** Late: by the client, less than `noticeHours` before the start. Exactly that is in time; after the start is late. */
export function cancellationOutcome(
  startsAt: Date,
  cancelledAt: Date,
  by: CancelledBy,
  noticeHours: number,
): 'late_cancel' | 'cancelled' {
  const notice = startsAt.getTime() - cancelledAt.getTime();
  return by === 'client' && notice < noticeHours * 3_600_000 ? 'late_cancel' : 'cancelled';
}

/**
 * The step of notice that a late cancellation falls under: of those it has less notice than, the shortest. Undefined: none,
 * the policy's own percentages hold. Exactly a step's hours is in time of that step.
 */
export function stepOf<Step extends { underHours: number }>(
  startsAt: Date,
  cancelledAt: Date,
  steps: readonly Step[],
): Step | undefined {
  const notice = startsAt.getTime() - cancelledAt.getTime();
  return steps
    .filter((step) => notice < step.underHours * 3_600_000)
    .reduce<Step | undefined>((least, step) => (least && least.underHours <= step.underHours ? least : step), undefined);
}

/** Minutes after the planned start from which a no-show may be marked: ceil(wait % x planned / 100). 60 at 33 % -> 20. */
export function noShowWaitMinutes(plannedMinutes: number, waitPercent: string): number {
  const { digits, scale } = decimal(waitPercent);
  const n = digits * BigInt(plannedMinutes);
  const d = 100n * scale;
  return Number((n + d - 1n) / d);
}

export function noShowFrom(startsAt: Date, plannedMinutes: number, waitPercent: string): Date {
  return new Date(startsAt.getTime() + noShowWaitMinutes(plannedMinutes, waitPercent) * 60_000);
}

interface AbsenceRules {
  clientChargePercent: string;
  tutorPayPercent: string;
  /** From so many planned minutes the tutor is paid in full; 0 or absent: never. */
  fullPayMinutes?: number;
}

export interface PercentRules {
  noShow: AbsenceRules;
  lateCancel: AbsenceRules;
}

export interface Absence {
  plannedMinutes: number;
  /** Of the step of notice that held when it was cancelled, if one did. */
  step?: { charge: string; pay: string } | null | undefined;
  /** Not charged, for one of the term's free ones or while it may be made up for; the tutor's pay is the same. */
  waived?: boolean | undefined;
}

/** What the client is charged and the tutor is paid for an outcome, per cent; undefined while it is only planned. */
export function percentsOf(
  outcome: Outcome,
  policy: PercentRules,
  absence: Absence = { plannedMinutes: 0 },
): { charge: string; pay: string } | undefined {
  switch (outcome) {
    case 'planned':
      return undefined;
    case 'attended':
      return { charge: '100', pay: '100' };
    case 'no_show':
      return missed(policy.noShow, absence);
    case 'late_cancel':
      return missed(policy.lateCancel, absence, absence.step);
    case 'cancelled':
    case 'tutor_no_show':
    case 'technical_failure':
      return { charge: '0', pay: '0' };
  }
}

function missed(
  rules: AbsenceRules,
  { plannedMinutes, waived }: Absence,
  step?: Absence['step'],
): { charge: string; pay: string } {
  const inFull = rules.fullPayMinutes !== undefined && rules.fullPayMinutes > 0 && plannedMinutes >= rules.fullPayMinutes;
  return {
    charge: waived ? '0' : (step?.charge ?? rules.clientChargePercent),
    pay: inFull ? '100' : (step?.pay ?? rules.tutorPayPercent),
  };
}
