/** What counts of a tutor's papers. Days are local dates of the company. Browser-safe. */

export const REQUIRED = ['none', 'in_person', 'always'] as const;
export type Required = (typeof REQUIRED)[number];

export const requiredWords: Record<Required, string> = {
  none: 'Nobody: it is kept for the record',
  in_person: 'Whoever teaches in person',
  always: 'Every tutor',
};

export const CLEARANCE_STATUSES = ['to_check', 'valid', 'rejected'] as const;
export type ClearanceStatus = (typeof CLEARANCE_STATUSES)[number];

export interface Paper {
  id: string;
  status: ClearanceStatus;
  /** The last day on which it is good; null: for ever. */
  until: string | null;
}

/** How a tutor stands with one kind: what the office and the tutor see of it. */
export type Standing = 'missing' | 'to_check' | 'rejected' | 'expired' | 'expiring' | 'valid';

export const standingWords: Record<Standing, string> = {
  missing: 'Missing',
  to_check: 'To check',
  rejected: 'Not accepted',
  expired: 'Has run out',
  expiring: 'Runs out soon',
  valid: 'Valid',
};

/** The last good day: what the paper says, else so many months from its issue on, less a day. */
export function lastGoodDay(
  { expiresOn, issuedOn }: { expiresOn: string | null; issuedOn: string | null },
  validMonths: number | null,
): string | null {
  if (expiresOn !== null) return expiresOn;
  if (issuedOn === null || validMonths === null) return null;
  const [year, month, day] = issuedOn.split('-').map(Number) as [number, number, number];
  const months = month - 1 + validMonths;
  const daysIn = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, months, Math.min(day, daysIn)));
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
}

/** Of what was found valid, the one that is good for longest: a renewed one takes the place of the old. */
export function currentOf<P extends Paper>(papers: readonly P[]): P | undefined {
  const valid = papers.filter((paper) => paper.status === 'valid');
  return valid.reduce<P | undefined>((best, paper) => (best === undefined || longer(paper, best) ? paper : best), undefined);
}

const longer = (a: Paper, b: Paper) => b.until !== null && (a.until === null || a.until > b.until);

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/**
 * @param papers of one tutor and kind, the newest first
 * @param soon how many days before the last good day it counts as running out
 */
export function standingOf(papers: readonly Paper[], today: string, soon: number): Standing {
  const current = currentOf(papers);
  const left = current?.until ? daysBetween(today, current.until) : null;
  if (current && (left === null || left > soon)) return 'valid';
  if (papers.some((paper) => paper.status === 'to_check')) return 'to_check';
  if (current && left !== null) return left < 0 ? 'expired' : 'expiring';
  return papers[0]?.status === 'rejected' ? 'rejected' : 'missing';
}

/** A paper that ran out longer ago is nobody's news. */
const LATEST_DAYS = 30;

/**
 * Which of the days before the end is to be told of now: the nearest one reached, unless it or a nearer one was told.
 * Null: none. So a worker that was away for a week tells once, not once for each day it missed.
 * @param daysLeft until the last good day; negative: it has run out
 */
export function reminderDue(remindDays: readonly number[], daysLeft: number, told: number | null): number | null {
  if (daysLeft < -LATEST_DAYS) return null;
  const reached = remindDays.filter((days) => daysLeft <= days);
  if (reached.length === 0) return null;
  const nearest = Math.min(...reached);
  return told === null || nearest < told ? nearest : null;
}

/** "runs out in 12 days", "runs out today", "ran out 3 days ago". */
export function daysLeftText(daysLeft: number): string {
  if (daysLeft === 0) return 'today is its last day';
  const days = Math.abs(daysLeft) === 1 ? '1 day' : `${Math.abs(daysLeft)} days`;
  return daysLeft > 0 ? `runs out in ${days}` : `ran out ${days} ago`;
}
