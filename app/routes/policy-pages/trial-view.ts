import type { TrialCase, TrialMoney, TrialRow } from '#app/domain/billing/policy-trial.ts';
import type { FormValues } from '#app/ui/record-answer.ts';

/** What the fields of a made-up session begin with. */
export const madeUpSession: FormValues = { 'try.minutes': ['60'], 'try.rate': ['60.00'], 'try.pay': ['40.00'] };

export interface TrialFields {
  sessions: { value: string; label: string }[];
}

interface Side {
  charge: string;
  pay: string;
  /** Under what is charged: that some of it may not be. */
  note: string;
}

export interface TrialLine {
  what: string;
  before: Side;
  after: Side;
  changed: boolean;
}

export interface Trial {
  errors: Record<string, string>;
  rows: TrialLine[] | null;
}

/** The rows of the table, in words and money. */
export function trialRows(rows: readonly TrialRow[], money: (amount: bigint) => string): TrialLine[] {
  const side = ({ charge, pay, free, makeUp }: TrialMoney): Side => ({
    charge: charge === null ? 'No rate' : money(charge),
    pay: pay === null ? 'No rate' : money(pay),
    note: [free ? `${free.perTerm} in a term free` : '', makeUp ? `not for ${makeUp.days} days, to be made up for` : '']
      .filter(Boolean)
      .join('; '),
  });
  return rows.map((row) => {
    const [before, after] = [side(row.before), side(row.after)];
    const changed = before.charge !== after.charge || before.pay !== after.pay || before.note !== after.note;
    return { what: caseText(row.case), before, after, changed };
  });
}

const hours = (count: number) => `${count} ${count === 1 ? 'hour' : 'hours'}`;

function caseText(one: TrialCase): string {
  if (one.kind === 'attended') return 'Takes place as planned';
  if (one.kind === 'no_show') return 'The student does not come';
  if (one.kind === 'not_given') return 'Cancelled by the tutor or the office, or not given';
  if ('under' in one) return `Cancelled by the family with less than ${hours(one.under)} of notice`;
  if ('exactly' in one)
    return one.exactly < 0 ? 'Cancelled by the family after the start' : `Cancelled by the family ${hours(one.exactly)} before`;
  return one.atLeast === 0
    ? 'Cancelled by the family before the start'
    : `Cancelled by the family ${hours(one.atLeast)} before or earlier`;
}
