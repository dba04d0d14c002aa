/** Why a place that was missed is not charged: pure, browser-safe. */
import type { Policy } from '#app/domain/organisation/policies.ts';

export type Waiver =
  /** `ordinal`: which of the `of` free ones of the student's term it is. */
  | { as: 'free'; termId: string; termName: string; ordinal: number; of: number }
  /** Not charged while it may be made up for; `expiresOn` is the last day. */
  | { as: 'make_up'; expiresOn: string };

/** What is known of a student's place beside the rules. */
export interface WaiverFacts {
  /** The term that the session's day is in. */
  term: { id: string; name: string } | null;
  /** How many free ones of it the student has had. */
  freeUsed: number;
  /** The place itself makes up for another: it gives no further one. */
  makesUp: boolean;
}

interface Missed extends WaiverFacts {
  outcome: 'late_cancel' | 'no_show';
  /** By the rules, before anything is waived. */
  chargePercent: string;
  billable: boolean;
  /** YYYY-MM-DD, the session's. */
  localDate: string;
  /** YYYY-MM-DD, where the organisation is. */
  today: string;
  policy: Pick<Policy, 'lateCancel' | 'makeUp'>;
}

/**
 * Of what costs something, a late cancellation is one of the term's free ones while there are any left; else, where the
 * rules say so, it may be made up for, counted from the session's day, unless those days are over by now. Undefined: it is charged.
 */
export function waiverOf(missed: Missed): Waiver | undefined {
  const { outcome, chargePercent, billable, policy, term, freeUsed, makesUp, localDate, today } = missed;
  if (!billable || chargePercent === '0') return undefined;
  const { freePerTerm } = policy.lateCancel;
  if (outcome === 'late_cancel' && term && freeUsed < freePerTerm)
    return { as: 'free', termId: term.id, termName: term.name, ordinal: freeUsed + 1, of: freePerTerm };
  const { on, validDays } = policy.makeUp;
  if (makesUp || (on !== 'both' && on !== outcome)) return undefined;
  const expiresOn = daysAfter(localDate, validDays);
  return expiresOn < today ? undefined : { as: 'make_up', expiresOn };
}

/** YYYY-MM-DD, so many days later. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
