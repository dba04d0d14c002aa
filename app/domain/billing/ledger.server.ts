import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { AccountSpec } from './accounts.ts';
import { openDay } from './open-day.server.ts';

export interface Posting {
  /** Unique: the same key again posts nothing. */
  key: string;
  /** The day it belongs to, YYYY-MM-DD; what belongs to a closed day is posted on the first open one. */
  effectiveOn: string;
  description: string;
  sessionId?: string | null;
  attendanceId?: string | null;
  /** Minor units of the account's commodity, debit positive; they sum to zero per commodity. */
  entries: { account: AccountSpec; amount: bigint }[];
}

/** The ids of accounts by code; those that are not there yet are opened. */
export async function openAccounts(trx: Transaction<DB>, specs: readonly AccountSpec[]): Promise<Map<string, string>> {
  const byCode = new Map(specs.map((spec) => [spec.code, spec]));
  const find = (codes: string[]) => trx.selectFrom('account').select(['code', 'id']).where('code', 'in', codes).execute();
  const known = new Map((await find([...byCode.keys()])).map((row) => [row.code, row.id]));
  const missing = [...byCode.values()].filter((spec) => !known.has(spec.code)).sort((a, b) => (a.code < b.code ? -1 : 1));
  if (missing.length === 0) return known;
  await trx
    .insertInto('account')
    .values(
      missing.map((spec) => ({
        code: spec.code,
        kind: spec.kind,
        commodity: spec.commodity,
        clientId: spec.clientId ?? null,
        tutorId: spec.tutorId ?? null,
      })),
    )
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute();
  for (const row of await find(missing.map((spec) => spec.code))) known.set(row.code, row.id);
  return known;
}

/**
 * Writes one double-entry transaction, on the first open day where its own is closed; the database checks that it balances and keeps the counters.
 * @returns false when the key was posted before, or nothing is left to post.
 */
export async function post(trx: Transaction<DB>, posting: Posting): Promise<boolean> {
  const amounts = new Map<string, { account: AccountSpec; amount: bigint }>();
  for (const { account, amount } of posting.entries) {
    const sum = (amounts.get(account.code)?.amount ?? 0n) + amount;
    amounts.set(account.code, { account, amount: sum });
  }
  const entries = [...amounts.values()].filter((entry) => entry.amount !== 0n);
  if (entries.length === 0) return false;
  const ids = await openAccounts(
    trx,
    entries.map((entry) => entry.account),
  );
  const made = await trx
    .insertInto('ledgerTransaction')
    .values({
      idempotencyKey: posting.key,
      effectiveOn: openDay(posting.effectiveOn),
      description: posting.description,
      sessionId: posting.sessionId ?? null,
      attendanceId: posting.attendanceId ?? null,
    })
    .onConflict((conflict) => conflict.column('idempotencyKey').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return false;
  const rows = entries
    .map(({ account, amount }) => ({ transactionId: made.id, accountId: idOf(ids, account.code), amount }))
    // In the order of the accounts' ids: two postings on the same accounts then never wait for each other in a circle.
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  await trx.insertInto('ledgerEntry').values(rows).execute();
  return true;
}

function idOf(ids: Map<string, string>, code: string): string {
  const id = ids.get(code);
  if (!id) throw new Error(`account ${code} was not opened`);
  return id;
}
