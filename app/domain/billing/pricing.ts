/** Which rate holds for a session: BILLING's one table with two sides. Pure and browser-safe. */

export interface Rate {
  id: string;
  side: 'charge' | 'pay';
  programId: string | null;
  subjectId: string | null;
  tutorId: string | null;
  studentId: string | null;
  /** Minor units per hour. */
  amountPerHour: bigint;
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

function holds(rate: Rate, question: RateQuestion): boolean {
  if (rate.side !== question.side) return false;
  if (question.date < rate.validFrom || (rate.validTo !== null && question.date >= rate.validTo)) return false;
  return scopes.every((scope) => rate[scope] === null || rate[scope] === question[scope]);
}

/** The row with the highest sum among those that match and are valid on the day; undefined: missing_rate. */
export function chooseRate(rates: readonly Rate[], question: RateQuestion): ChosenRate | undefined {
  let best: Rate | undefined;
  for (const rate of rates) {
    if (holds(rate, question) && (!best || specificity(rate) > specificity(best))) best = rate;
  }
  if (!best) return undefined;
  const chosen = best;
  return {
    rateId: chosen.id,
    amountPerHour: chosen.amountPerHour,
    scope: scopes.filter((scope) => chosen[scope] !== null).map((scope) => scopeNames[scope]),
  };
}
