/** Which rate holds for a session: BILLING's one table with two sides. Pure and browser-safe. */
import { lineAmount, percentOf } from './money.ts';

/**
 * per_hour: the amount an hour; per_session: the amount of one session, whatever its length; percent: of the fees of the
 * session's places (pay alone).
 */
export type RateBasis = 'per_hour' | 'per_session' | 'percent';

export interface Rate {
  id: string;
  side: 'charge' | 'pay';
  programId: string | null;
  subjectId: string | null;
  tutorId: string | null;
  studentId: string | null;
  basis: RateBasis;
  /** Minor units: an hour, or of a session by its basis; 0 where it is a percentage. */
  amountPerHour: bigint;
  /** An exact decimal; only with the basis percent. */
  percent: string | null;
  /** Pay alone: the least for a session that is paid in full, minor units. */
  minimum: bigint | null;
  /** Valid on `[validFrom, validTo)`, dates as YYYY-MM-DD. */
  validFrom: string;
  validTo: string | null;
}

export interface RateQuestion {
  side: 'charge' | 'pay';
  programId: string;
  subjectId: string;
  tutorId: string;
  /** Undefined: rows scoped by student do not apply (pay for a session planned for several). */
  studentId?: string | undefined;
  /** The session's start date in the organisation's zone. */
  date: string;
}

/** What a rate was chosen by, kept with the charge so that "why?" has an answer. */
export interface ChosenRate {
  /** Null when the price was set by hand on the session. */
  rateId: string | null;
  amountPerHour: bigint;
  /** Absent: by the hour, without a minimum. */
  basis?: RateBasis;
  percent?: string | null;
  minimum?: bigint | null;
  scope: string[];
}

const weights = { studentId: 8, tutorId: 4, subjectId: 2, programId: 1 } as const;
const scopeNames = { studentId: 'student', tutorId: 'tutor', subjectId: 'subject', programId: 'program' } as const;
type Scope = keyof typeof weights;
const scopes = Object.keys(weights) as Scope[];

/** How specific a row is: student 8, tutor 4, subject 2, program 1, added up. */
export function specificity(rate: Pick<Rate, Scope>): number {
  return scopes.reduce((sum, scope) => sum + (rate[scope] === null ? 0 : weights[scope]), 0);
}

/** By which of the four a row is limited, the weightiest first. */
export function scopeOf(rate: Pick<Rate, Scope>): string[] {
  return scopes.filter((scope) => rate[scope] !== null).map((scope) => scopeNames[scope]);
}

function holds(rate: Rate, question: RateQuestion): boolean {
  if (rate.side !== question.side) return false;
  if (question.date < rate.validFrom || (rate.validTo !== null && question.date >= rate.validTo)) return false;
  return scopes.every((scope) => rate[scope] === null || rate[scope] === question[scope]);
}

/** Every row that matches and is valid on the day, the one that holds first: the highest sum wins. */
export function matchingRates(rates: readonly Rate[], question: RateQuestion): Rate[] {
  return rates.filter((rate) => holds(rate, question)).sort((a, b) => specificity(b) - specificity(a));
}

/** The row with the highest sum among those that match and are valid on the day; undefined: missing_rate. */
export function chooseRate(rates: readonly Rate[], question: RateQuestion): ChosenRate | undefined {
  let best: Rate | undefined;
  for (const rate of rates) {
    if (holds(rate, question) && (!best || specificity(rate) > specificity(best))) best = rate;
  }
  if (!best) return undefined;
  const { id, amountPerHour, basis, percent, minimum } = best;
  return { rateId: id, amountPerHour, basis, percent, minimum, scope: scopeOf(best) };
}

/** What so many minutes come to by a rate of money, minor units, rounded once; of a session by its own price, whatever they are. */
export function rateAmount(rate: Pick<ChosenRate, 'amountPerHour' | 'basis'>, minutes: number, percent = '100'): bigint {
  return rate.basis === 'per_session' ? percentOf(rate.amountPerHour, percent) : lineAmount(rate.amountPerHour, minutes, percent);
}

/** What a tutor is paid for a session of an hour that one student attends; null: without a fee there is no share of it. */
export function payOfAnHour(pay: ChosenRate, charge: ChosenRate | undefined): bigint | null {
  if (pay.basis === 'percent' && !charge) return null;
  const own = pay.basis === 'percent' && charge ? percentOf(rateAmount(charge, 60), pay.percent ?? '0') : rateAmount(pay, 60);
  return pay.minimum != null && own < pay.minimum ? pay.minimum : own;
}
