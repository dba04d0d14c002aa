import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { accounts } from './accounts.ts';
import { post } from './ledger.server.ts';
import { earnedOf, type LotFacts } from './recognition.ts';

interface Lot extends LotFacts {
  ref: string;
}

interface Facts {
  lots: Lot[];
  usedBelowZero: bigint;
  /** Grows with every entry on the family's credits. */
  seq: bigint;
  currency: string;
}

/**
 * Brings the revenue of a family's packages to what is earned: call it after anything that uses, expires, takes away or
 * refunds credits. Posts the difference from deferred to income, or back, and keeps the sum at the lot; repeating it posts
 * nothing.
 * @param day the day it belongs to
 */
export async function recogniseCredits(trx: Transaction<DB>, client: { id: string; ref: string }, day: string): Promise<void> {
  await sql`SELECT 1 FROM client WHERE id = ${client.id}::uuid FOR NO KEY UPDATE`.execute(trx);
  const facts = await read(trx, client);
  if (facts.lots.every((lot) => lot.price === 0n && lot.recognised === 0n)) return;
  const earned = earnedOf(facts.lots, facts.usedBelowZero);
  for (const lot of facts.lots) {
    const target = earned.get(lot.id) ?? 0n;
    const more = target - lot.recognised;
    if (more === 0n) continue;
    await post(trx, {
      key: `recognise:${lot.id}:${lot.recognised}:${target}:${facts.seq}`,
      effectiveOn: day,
      description: more > 0n ? `Package ${lot.ref}: earned` : `Package ${lot.ref}: not earned after all`,
      entries: [
        { account: accounts.deferred(client, facts.currency), amount: more },
        { account: accounts.packages(facts.currency), amount: -more },
      ],
    });
    await trx.updateTable('creditLot').set({ recognised: target }).where('id', '=', lot.id).execute();
  }
}

async function read(trx: Transaction<DB>, client: { id: string; ref: string }): Promise<Facts> {
  // Account by account through the indexes: inside an import, statistics know nothing of what it has written.
  const { rows } = await sql<Lot & { usedBelowZero: bigint; seq: bigint; currency: string }>`
    WITH lot AS (
      SELECT l.id, l.ref, l.account_id, l.credits + l.moved_credits AS base, l.recognised, a.balance, l.created_at,
        l.moved_price + coalesce((SELECT sum(c.net) FROM charge c WHERE c.credit_lot_id = l.id), 0)
          + coalesce((SELECT sum(n.net) FROM charge c JOIN invoice_line i ON i.charge_id = c.id
              JOIN credit_note_line n ON n.invoice_line_id = i.id WHERE c.credit_lot_id = l.id), 0) AS price
      FROM credit_lot l JOIN account a ON a.id = l.account_id WHERE l.client_id = ${client.id}::uuid
    ),
    below AS (SELECT id FROM account WHERE code = ${accounts.creditOverdraft(client).code}),
    entry AS (
      SELECT e.account_id, e.transaction_id, e.amount, e.seq, t.attendance_id
      FROM (SELECT account_id AS id FROM lot UNION ALL SELECT id FROM below
          UNION ALL SELECT id FROM account WHERE code = ${accounts.creditBooked(client).code}) one,
        LATERAL (SELECT account_id, transaction_id, amount, seq FROM ledger_entry WHERE account_id = one.id OFFSET 0) e,
        LATERAL (SELECT attendance_id FROM ledger_transaction WHERE id = e.transaction_id OFFSET 0) t
    ),
    held AS (
      SELECT attendance_id FROM entry
      WHERE attendance_id IS NOT NULL AND account_id = (SELECT id FROM account WHERE code = ${accounts.creditBooked(client).code})
      GROUP BY 1 HAVING sum(amount) > 0
    )
    SELECT lot.id, lot.ref, lot.base::bigint, lot.recognised, lot.balance, lot.price::bigint,
      coalesce((SELECT -sum(e.amount) FROM entry e
        WHERE e.account_id = lot.account_id AND e.attendance_id IN (SELECT attendance_id FROM held)), 0)::bigint AS held,
      coalesce((SELECT sum(b.amount) FROM entry e JOIN entry b USING (transaction_id)
        WHERE e.account_id = lot.account_id AND e.attendance_id IS NULL AND b.account_id = (SELECT id FROM below)), 0)::bigint AS covered,
      coalesce((SELECT -sum(e.amount) FROM entry e WHERE e.account_id = (SELECT id FROM below) AND e.attendance_id IS NOT NULL
        AND e.attendance_id NOT IN (SELECT attendance_id FROM held)), 0)::bigint AS used_below_zero,
      coalesce((SELECT max(seq) FROM entry), 0)::bigint AS seq,
      (SELECT currency FROM organisation) AS currency
    FROM lot ORDER BY lot.created_at, lot.id`.execute(trx);
  const first = rows[0];
  return {
    lots: rows,
    usedBelowZero: first?.usedBelowZero ?? 0n,
    seq: first?.seq ?? 0n,
    currency: first?.currency ?? '',
  };
}
