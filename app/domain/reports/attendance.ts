import { permille } from './teaching.ts';

/** How many places of sessions came to which end. Browser-safe. */

export const OUTCOMES = ['attended', 'no_show', 'late_cancel', 'cancelled', 'tutor_no_show', 'technical_failure'] as const;
export type CountedOutcome = (typeof OUTCOMES)[number];

export const outcomeLabels: Record<CountedOutcome, string> = {
  attended: 'Attended',
  no_show: 'No-show',
  late_cancel: 'Cancelled late',
  cancelled: 'Cancelled in time',
  tutor_no_show: 'Tutor didn’t come',
  technical_failure: 'Technical failure',
};

export type AttendanceSums = Record<CountedOutcome, number>;

export const NO_PLACES: AttendanceSums = {
  attended: 0,
  no_show: 0,
  late_cancel: 0,
  cancelled: 0,
  tutor_no_show: 0,
  technical_failure: 0,
};

/** Of the places that were kept for a student to the end, those in which the student was there: tenths of a per cent. */
export function attendanceRate({ attended, no_show, late_cancel }: AttendanceSums): number | undefined {
  return permille(BigInt(attended), BigInt(attended + no_show + late_cancel));
}

export const placesOf = (sums: AttendanceSums): number => OUTCOMES.reduce((sum, outcome) => sum + sums[outcome], 0);
