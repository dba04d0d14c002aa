import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { openAccounts, type Posting } from './ledger.server.ts';

/**
 * Like `post` for many postings that touch other accounts each: three statements for any number of them. A key that was
 * posted before posts nothing.
 */
export async function postMany(trx: Transaction<DB>, postings: readonly Posting[]): Promise<void> {
  const kept = postings.map((posting) => ({ ...posting, entries: posting.entries.filter((entry) => entry.amount !== 0n) }));
  const wanted = kept.filter((posting) => posting.entries.length > 0);
  if (wanted.length === 0) return;
  const accounts = await openAccounts(
    trx,
    wanted.flatMap((posting) => posting.entries.map((entry) => entry.account)),
  );
  const made = await sql<{ id: string; idempotencyKey: string }>`
    INSERT INTO ledger_transaction (idempotency_key, effective_on, description, session_id, attendance_id)
    SELECT * FROM unnest(${wanted.map((p) => p.key)}::text[], ${wanted.map((p) => p.effectiveOn)}::date[],
      ${wanted.map((p) => p.description)}::text[], ${wanted.map((p) => p.sessionId ?? null)}::uuid[],
      ${wanted.map((p) => p.attendanceId ?? null)}::uuid[])
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING id, idempotency_key`.execute(trx);
  const ids = new Map(made.rows.map((row) => [row.idempotencyKey, row.id]));
  const entries = wanted.flatMap((posting) => {
    const transactionId = ids.get(posting.key);
    if (!transactionId) return [];
    return posting.entries.map(({ account, amount }) => ({ transactionId, accountId: accounts.get(account.code) ?? '', amount }));
  });
  if (entries.length === 0) return;
  // In the order of the accounts' ids: two postings on the same accounts then never wait for each other in a circle.
  entries.sort((a, b) => (a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0));
  await sql`
    INSERT INTO ledger_entry (transaction_id, account_id, amount)
    SELECT * FROM unnest(${entries.map((e) => e.transactionId)}::uuid[], ${entries.map((e) => e.accountId)}::uuid[],
      ${entries.map((e) => e.amount.toString())}::bigint[])`.execute(trx);
}
