import type { Period } from '#app/domain/billing/invoice-run.ts';
import type { PayWarning } from './pay-warnings.ts';

/** What a pay run would pay, and what it leaves out and why. Types and words only, safe for the browser. */

export const ADJUSTMENT_KINDS = ['bonus', 'correction', 'expense'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];
export type PayKind = 'session' | 'mileage' | 'work' | AdjustmentKind;

export const isAdjustmentKind = (kind: string): kind is AdjustmentKind => (ADJUSTMENT_KINDS as readonly string[]).includes(kind);

const kindWords: Record<PayKind, string> = {
  session: 'Session',
  mileage: 'Mileage',
  work: 'Work',
  bonus: 'Bonus',
  correction: 'Correction',
  expense: 'Expense',
};

export const payKindLabel = (kind: string): string => kindWords[kind as PayKind] ?? kind;

export interface PayLine {
  itemId: string;
  kind: PayKind;
  /** The session's reference; empty for an adjustment. */
  ref: string;
  sessionId: string | null;
  localDate: string;
  minutes: number | null;
  /** Minor units, as are all amounts here; adjustments can be negative. */
  amount: bigint;
  note: string;
  /** Its day was in the period of a run that had been approved before it was settled. */
  late: boolean;
  reason: unknown;
}

/** Wages are sessions and other work; mileage is none. */
export interface PayTotals {
  wages: bigint;
  mileage: bigint;
  adjustments: bigint;
  total: bigint;
}

export interface PayStatement extends PayTotals {
  tutorId: string;
  tutorRef: string;
  tutorName: string;
  lines: PayLine[];
  warnings: PayWarning[];
}

export interface UnpaidSession {
  sessionId: string;
  sessionRef: string;
  startsAt: Date;
  localDate: string;
  tutorId: string;
  tutorName: string;
  reason: string;
}

export interface PayException {
  code: string;
  count: number;
  message: string;
}

export interface PayRunPreview extends Period {
  /** Of whom it is: "Everybody", a pay group's name, … */
  label: string;
  currency: string;
  /** All of them were paid for this period already. */
  closed: boolean;
  statements: PayStatement[];
  totals: PayTotals & { tutors: number; lines: number };
  leftOut: UnpaidSession[];
  exceptions: PayException[];
  hash: string;
  seen: string;
}

export function payTotals(lines: readonly Pick<PayLine, 'kind' | 'amount'>[]): PayTotals {
  const sum = (of: (kind: PayKind) => boolean) =>
    lines.reduce((total, line) => (of(line.kind) ? total + line.amount : total), 0n);
  const wages = sum((kind) => kind === 'session' || kind === 'work');
  const mileage = sum((kind) => kind === 'mileage');
  const adjustments = sum(isAdjustmentKind);
  return { wages, mileage, adjustments, total: wages + mileage + adjustments };
}

const leftOutWords: Record<string, [string, string]> = {
  unclosed: ['Not closed out', 'Not in this pay until it is closed out: the tutor still has to say what took place.'],
  unapproved: ['Not approved', 'The close-out is in and waits for the office.'],
  missing_rate: ['No rate', 'No rate covers this session on its day; it is never paid at 0.'],
  no_pay: ['No pay', 'The policy pays nothing for this outcome.'],
  cancelled: ['Cancelled in time', 'Nothing is paid for it.'],
  unpaid_invoice: ['The family has not paid', 'It is paid once the invoices of its places are.'],
};

export const unpaidLabel = (code: string): string => leftOutWords[code]?.[0] ?? code.replaceAll('_', ' ');
export const unpaidMeaning = (code: string): string => leftOutWords[code]?.[1] ?? '';
