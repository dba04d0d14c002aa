import type { Standing } from '#app/domain/clearances/clearance.ts';
import type { TutorStanding } from '#app/domain/clearances/queries.server.ts';

/** What the list shows: what somebody must look at, or all of one standing. */
export const SHOWN = ['attention', 'to_check', 'expiring', 'expired', 'missing', 'valid', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const shownWords: Record<Shown, string> = {
  attention: 'To do',
  to_check: 'To check',
  expiring: 'Runs out soon',
  expired: 'Has run out',
  missing: 'Missing',
  valid: 'Valid',
  all: 'All',
};

const attention: readonly Standing[] = ['to_check', 'expired', 'expiring', 'missing', 'rejected'];

export function isShown({ standing, required }: Pick<TutorStanding, 'standing' | 'required'>, shown: Shown): boolean {
  if (shown === 'all') return true;
  if (shown === 'missing') return standing === 'missing' || standing === 'rejected';
  if (shown !== 'attention') return standing === shown;
  // What nobody needs may run out, but somebody who sent it in wants an answer.
  return attention.includes(standing) && (required || standing === 'to_check' || standing === 'expiring');
}

/** The worst first: what waits for a check, what is lacking, then what runs out the soonest. */
export function byUrgency(a: Row, b: Row): number {
  return rank(a) - rank(b) || (a.clearance?.until ?? '9999').localeCompare(b.clearance?.until ?? '9999');
}

type Row = Pick<TutorStanding, 'standing'> & { clearance: { until: string | null } | null };

const order: Standing[] = ['to_check', 'expired', 'missing', 'rejected', 'expiring', 'valid'];
const rank = ({ standing }: Row) => order.indexOf(standing);
