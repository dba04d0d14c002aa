import { payKindLabel } from '#app/domain/payroll/pay-run.ts';
import type { BillLine } from './bill-lines.tsx';

interface ShownPayLine {
  itemId: string;
  kind: string;
  ref: string;
  /** What the session was about and with whom, where it was read. */
  about?: string;
  sessionId: string | null;
  localDate: string;
  minutes: number | null;
  amount: bigint;
  note: string;
  late: boolean;
  reason: unknown;
}

/** A pay line as a line of a statement. */
export function payLineView(line: ShownPayLine, sessionBase: string): BillLine {
  return {
    key: line.itemId,
    localDate: line.localDate,
    description: describe(line),
    sessionTo: line.sessionId ? `${sessionBase}/${line.sessionId}` : null,
    minutes: line.minutes,
    amount: line.amount,
    late: line.late,
    reason: line.reason,
    ...(line.note ? { note: line.note } : {}),
  };
}

function describe({ kind, ref, about }: ShownPayLine): string {
  if (about && kind === 'session') return about;
  if (about && kind === 'mileage') return `${payKindLabel(kind)}: ${about}`;
  return ref ? `${payKindLabel(kind)} ${ref}` : payKindLabel(kind);
}

/** For the tutor's own eyes: where pay is a share of the session's fee, what the families pay stays out of it. */
export function withoutFees<L extends { reason: unknown }>(line: L): L {
  if (typeof line.reason !== 'object' || line.reason === null || !('base' in line.reason)) return line;
  const { rate: _rate, ...reason } = line.reason as Record<string, unknown>;
  return { ...line, reason };
}
