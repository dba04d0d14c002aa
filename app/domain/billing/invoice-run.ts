import type { WaivedPlace } from '#app/domain/make-ups/waived-words.ts';
import type { RunScope } from './run-scope.ts';
import type { DocumentTotals } from './tax.ts';

/** What an invoice run would bill, and what it leaves out and why. Types and words only, safe for the browser. */

/** Dates YYYY-MM-DD, half-open: `to` is the first day that is not in it. */
export interface Period {
  from: string;
  to: string;
}

export const CHARGE_KINDS = ['session', 'package', 'extra', 'discount', 'write_off', 'late_fee', 'periodic'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

export interface RunLine {
  chargeId: string;
  kind: ChargeKind;
  /** The session's or the package's own reference; of other lines empty, or that of what they are about. */
  ref: string;
  sessionId: string | null;
  attendanceId: string | null;
  /** Of a discount or write-off about one line: that line. */
  aboutChargeId: string | null;
  studentRef: string;
  studentName: string;
  localDate: string;
  description: string;
  minutes: number | null;
  /** Minor units, as are all amounts here. */
  net: bigint;
  taxPercent: string;
  /** Its day was in the period of a run that had gone out before it was settled. */
  late: boolean;
  reason: unknown;
}

export interface RunFamily extends DocumentTotals {
  clientId: string;
  clientRef: string;
  clientName: string;
  clientEmail: string | null;
  clientAddress: string;
  lines: RunLine[];
}

export interface LeftOutPlace {
  attendanceId: string;
  sessionId: string;
  sessionRef: string;
  startsAt: Date;
  localDate: string;
  studentRef: string;
  studentName: string;
  clientId: string;
  clientName: string;
  tutorName: string;
  reason: string;
  /** Why it costs nothing though it was missed. */
  waived: WaivedPlace | null;
  /** Net of what waits for the next run; null where nothing is owed yet. */
  net: bigint | null;
}

export interface RunException {
  code: 'closed' | 'unfinished' | 'not_over' | 'before_period' | 'no_email' | LeftOutReason;
  count: number;
  message: string;
}

export interface InvoiceRunPreview extends Period {
  scope: RunScope;
  currency: string;
  /** Every day of the period is in a run already: what is settled after that goes onto the next run. */
  closed: boolean;
  families: RunFamily[];
  /** Whose lines come to less than nothing: they are in no invoice yet, and wait for more. */
  waiting: RunFamily[];
  totals: { families: number; lines: number; net: bigint; tax: bigint; total: bigint };
  leftOut: LeftOutPlace[];
  exceptions: RunException[];
  /** Of all that this run would bill and leave out. */
  hash: string;
  /** A short print of each family, so that confirming can say what changed since. */
  seen: string;
}

const leftOutWords = {
  cancelled: ['Cancelled in time', 'Nothing is owed for it.'],
  non_billable: ['Not billable', 'The session was marked as not billable.'],
  billing_none: ['Not billed here', 'This family’s billing mode keeps records only.'],
  billed_by_credits: ['Paid with credits', 'It takes from the family’s credits instead.'],
  unclosed: ['Not closed out', 'The tutor still has to say what took place.'],
  unapproved: ['Not approved', 'The close-out is in and waits for the office.'],
  missing_rate: ['No rate', 'No rate covers this session on its day; it is never charged at 0.'],
  no_charge: ['Comes to 0', 'The policy charges nothing for this outcome.'],
  credited: ['Credited', 'A credit note took it back. It can be billed again.'],
  held: ['Held', 'Its family is held: no run takes it until somebody lets the family go.'],
  ready: ['Ready', 'Settled; the next run that covers its day bills it.'],
  late: ['Late', 'Settled after its period was billed; the next run takes it, marked late.'],
} as const;

export type LeftOutReason = keyof typeof leftOutWords;

/** Those that somebody can and should do something about before a run. */
export const ACTIONABLE: readonly LeftOutReason[] = ['unclosed', 'unapproved', 'missing_rate', 'credited', 'held'];

export const isLeftOutReason = (code: string): code is LeftOutReason => Object.hasOwn(leftOutWords, code);

/** "Not closed out"; a billing mode's own code is shown with its underscores as spaces. */
export function leftOutLabel(code: string): string {
  return isLeftOutReason(code) ? leftOutWords[code][0] : code.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

export function leftOutMeaning(code: string): string {
  return isLeftOutReason(code) ? leftOutWords[code][1] : 'The family’s billing mode leaves it out.';
}

/** How many places per reason, most first. */
export function countReasons(places: readonly { reason: string }[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of places) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
