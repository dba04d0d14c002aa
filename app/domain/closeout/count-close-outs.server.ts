import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { countToApprove } from './approval-queries.server.ts';
import { officeAfter } from './chase-steps.ts';
import { sumOpenCloseOuts } from './open-queries.server.ts';
import { getCloseOutRules } from './save-close-out-rules.server.ts';

export interface CloseOutCounts {
  toApprove: number;
  /** Not closed out for so long that the office is told. */
  overdue: number;
  /** Not closed out in all, since they are over. */
  open: number;
}

/** What of the close-outs waits, for the office. */
export async function countCloseOuts(db: Kysely<DB>, now: Date): Promise<CloseOutCounts> {
  const rules = await getCloseOutRules(db);
  const [toApprove, overdue, open] = await Promise.all([
    countToApprove(db),
    sumOpenCloseOuts(db, { now, minutes: officeAfter(rules) }),
    sumOpenCloseOuts(db, { now }),
  ]);
  return { toApprove, overdue: overdue.count, open: open.count };
}
