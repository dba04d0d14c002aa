import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { AccountSpec } from './accounts.ts';
import type { Posting } from './ledger.server.ts';
import { openDay } from './open-day.server.ts';

/**
 * Like `post` for many postings that touch other accounts each: five statements for any number of them. A key that was
 * posted before posts nothing.
 */
export async function postMany(trx: Transaction<DB>, postings: readonly Posting[]): Promise<void> {
  const kept = postings.map((posting) => ({ ...posting, entries: posting.entries.filter((entry) => entry.amount !== 0n) }));
  const wanted = kept.filter((posting) => posting.entries.length > 0);
  if (wanted.length === 0) return;
  const accounts = await openMany(
    trx,
    wanted.flatMap((posting) => posting.entries.map((entry) => entry.account)),
  );
  const made = await sql<{ id: string; idempotencyKey: string }>`
    INSERT INTO ledger_transaction (idempotency_key, effective_on, description, session_id, attendance_id)
    SELECT p.key, ${openDay(sql.ref('p.day'))}, p.description, p.session_id, p.attendance_id
    FROM unnest(${wanted.map((p) => p.key)}::text[], ${wanted.map((p) => p.effectiveOn)}::date[],
      ${wanted.map((p) => p.description)}::text[], ${wanted.map((p) => p.sessionId ?? null)}::uuid[],
      ${wanted.map((p) => p.attendanceId ?? null)}::uuid[]) AS p (key, day, description, session_id, attendance_id)
    ON CONFLICT (idempotency_key) DO NOTHING
    RETURNING id, idempotency_key`.execute(trx);
  const ids = new Map(made.rows.map((row) => [row.idempotencyKey, row.id]));
  const entries = wanted.flatMap((posting) => {
    const transactionId = ids.get(posting.key);
    if (!transactionId) return [];
    return posting.entries.map(({ account, amount }) => ({ transactionId, accountId: idOf(accounts, account.code), amount }));
  });
  if (entries.length === 0) return;
  // In the order of the accounts' ids: two postings on the same accounts then never wait for each other in a circle.
  entries.sort((a, b) => (a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0));
  await sql`
    INSERT INTO ledger_entry (transaction_id, account_id, amount)
    SELECT * FROM unnest(${entries.map((e) => e.transactionId)}::uuid[], ${entries.map((e) => e.accountId)}::uuid[],
      ${entries.map((e) => e.amount.toString())}::bigint[])`.execute(trx);
}

async function openMany(trx: Transaction<DB>, specs: readonly AccountSpec[]): Promise<Map<string, string>> {
  const wanted = [...new Map(specs.map((spec) => [spec.code, spec])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const codes = wanted.map((spec) => spec.code);
  await sql`
    INSERT INTO account (code, kind, commodity, client_id, tutor_id)
    SELECT s.* FROM unnest(${codes}::text[], ${wanted.map((s) => s.kind)}::text[], ${wanted.map((s) => s.commodity)}::text[],
      ${wanted.map((s) => s.clientId ?? null)}::uuid[], ${wanted.map((s) => s.tutorId ?? null)}::uuid[]) AS s (code, kind, commodity, client_id, tutor_id)
    WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.code = s.code)
    ON CONFLICT (code) DO NOTHING`.execute(trx);
  const { rows } = await sql<{ code: string; id: string }>`
    SELECT code, id FROM account WHERE code = ANY(${codes}::text[])`.execute(trx);
  return new Map(rows.map((row) => [row.code, row.id]));
}

function idOf(accounts: Map<string, string>, code: string): string {
  const id = accounts.get(code);
  if (!id) throw new Error(`account ${code} was not opened`);
  return id;
}
