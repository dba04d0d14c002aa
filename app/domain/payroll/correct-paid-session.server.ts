import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { insertCorrection } from './insert-correction.server.ts';

type Kind = 'session' | 'mileage';

interface PaidItem {
  id: string;
  kind: Kind;
  tutorId: string;
  sessionId: string | null;
  localDate: string;
  amount: bigint;
  /** Whether it is in a pay run. */
  paid: boolean;
  /** The corrections of it so far. */
  corrected: bigint;
  /** Of those, what was written up to the last time its session was corrected as a whole. */
  settled: bigint;
  /** Whether its session was corrected as a whole, and what it comes to is kept by corrections since. */
  kept: boolean;
}

/** A session's pay and its mileage as they were paid, each with what corrected it so far. */
export async function listPaidItems(trx: Transaction<DB>, sessionId: string): Promise<PaidItem[]> {
  const { rows } = await sql<PaidItem>`
    SELECT p.id, p.kind, p.tutor_id, p.session_id, p.local_date, p.amount, p.run_id IS NOT NULL AS paid,
      coalesce(sum(c.amount), 0)::bigint AS corrected,
      coalesce(sum(c.amount) FILTER (WHERE c.created_at <= last.created_at), 0)::bigint AS settled,
      last.created_at IS NOT NULL AS kept
    FROM pay_item p
    LEFT JOIN LATERAL (
      SELECT created_at FROM pay_item WHERE corrects_id = p.id AND reason ? 'settles' ORDER BY created_at DESC LIMIT 1
    ) last ON true
    LEFT JOIN pay_item c ON c.corrects_id = p.id
    WHERE p.session_id = ${sessionId} AND p.kind IN ('session', 'mileage')
    GROUP BY p.id, last.created_at
    HAVING p.run_id IS NOT NULL OR count(c.id) > 0`.execute(trx);
  return rows;
}

interface Difference {
  item: PaidItem;
  amount: bigint;
  shouldBe: bigint;
  note: string;
  now: Date;
  createdBy: string | null;
}

/**
 * The difference to what a session comes to now, as a line of its own for the next run. It says that it settles: what
 * the session comes to later is measured by the item and everything up to this line.
 */
export async function writePayDifference(trx: Transaction<DB>, difference: Difference): Promise<void> {
  const { shouldBe, ...line } = difference;
  await insertCorrection(trx, {
    ...line,
    reason: { settles: line.item.kind, was: (shouldBe - line.amount).toString(), shouldBe: shouldBe.toString() },
  });
}
