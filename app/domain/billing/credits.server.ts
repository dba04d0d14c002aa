import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import { smallerOf } from './money.ts';

interface Party {
  id: string;
  ref: string;
}

export interface CreditPool {
  client: Party;
  lots: { account: AccountSpec; balance: bigint; studentId: string | null; programId: string | null; expiresOn: string | null }[];
  overdraft: bigint;
}

/** For whom and when credits are drawn. */
export interface Draw {
  studentId: string;
  programId: string;
  /** The session's local start date: a lot serves days up to its `expires_on`. */
  localDate: string;
}

/**
 * The clients' credits, locked by the clients' rows in the order of their ids, so that 24 bookings at once on 10 credits give
 * 10. The lots come in the order they are used: restricted ones first, then the earliest expiry.
 */
export async function lockCreditPools(trx: Transaction<DB>, clients: readonly Party[]): Promise<Map<string, CreditPool>> {
  if (clients.length === 0) return new Map();
  const ids = clients.map((client) => client.id);
  // The client's row: it is there even before the first account is.
  await sql`SELECT 1 FROM client WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  return readCreditPools(trx, clients);
}

/** As lockCreditPools, to show and not to draw from. */
export async function readCreditPools(db: Kysely<DB>, clients: readonly Party[]): Promise<Map<string, CreditPool>> {
  const pools = new Map<string, CreditPool>(clients.map((client) => [client.id, { client, lots: [], overdraft: 0n }]));
  if (clients.length === 0) return pools;
  const ids = [...pools.keys()].sort();
  const rows = await db
    .selectFrom('account')
    .leftJoin('creditLot', 'creditLot.accountId', 'account.id')
    .select([
      'account.code',
      'account.kind',
      'account.commodity',
      'account.clientId',
      'account.balance',
      'creditLot.id as lotId',
      'creditLot.studentId',
      'creditLot.programId',
      'creditLot.expiresOn',
    ])
    .where('account.clientId', 'in', ids)
    .where('account.commodity', '=', 'CREDIT')
    .orderBy(sql`(credit_lot.student_id IS NULL AND credit_lot.program_id IS NULL)`)
    .orderBy('creditLot.expiresOn', (order) => order.asc().nullsLast())
    .orderBy('creditLot.purchasedOn')
    .orderBy('account.code')
    .execute();
  for (const row of rows) {
    const pool = row.clientId ? pools.get(row.clientId) : undefined;
    if (!pool) continue;
    if (row.lotId) {
      const account: AccountSpec = { code: row.code, kind: 'asset', commodity: row.commodity, clientId: pool.client.id };
      pool.lots.push({
        account,
        balance: row.balance,
        studentId: row.studentId,
        programId: row.programId,
        expiresOn: row.expiresOn,
      });
    } else if (row.code === accounts.creditOverdraft(pool.client).code) {
      pool.overdraft = row.balance;
    }
  }
  return pools;
}

const serves = (lot: CreditPool['lots'][number], draw: Draw) =>
  (lot.studentId === null || lot.studentId === draw.studentId) &&
  (lot.programId === null || lot.programId === draw.programId) &&
  (lot.expiresOn === null || lot.expiresOn >= draw.localDate);

/** What a place could take without going below zero. */
export function availableFor(pool: CreditPool, draw: Draw): bigint {
  return pool.lots.filter((lot) => serves(lot, draw)).reduce((sum, lot) => sum + lot.balance, pool.overdraft);
}

/**
 * What a place has taken from lots that don't serve it where it is now: its session was moved past their last day.
 * @param drawn what the place has taken, per account code (positive)
 */
export function misdrawn(pool: CreditPool, draw: Draw, drawn: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const wrong = pool.lots.filter((lot) => !serves(lot, draw) && (drawn.get(lot.account.code) ?? 0n) > 0n);
  return new Map(wrong.map((lot) => [lot.account.code, drawn.get(lot.account.code) ?? 0n]));
}

/** Takes from what was given back to the overdraft, then from the lots in their order, then below zero. Updates the pool. */
export function drawCredits(pool: CreditPool, draw: Draw, amount: bigint): { account: AccountSpec; amount: bigint }[] {
  const entries: { account: AccountSpec; amount: bigint }[] = [];
  let open = amount;
  const take = (account: AccountSpec, part: bigint) => {
    if (part <= 0n) return;
    entries.push({ account, amount: -part });
    open -= part;
  };
  const overdraft = accounts.creditOverdraft(pool.client);
  const regained = smallerOf(open, pool.overdraft);
  take(overdraft, regained);
  if (regained > 0n) pool.overdraft -= regained;
  for (const lot of pool.lots.filter((candidate) => serves(candidate, draw))) {
    const part = smallerOf(open, lot.balance);
    take(lot.account, part);
    if (part > 0n) lot.balance -= part;
  }
  if (open > 0n) {
    pool.overdraft -= open;
    take(overdraft, open);
  }
  return entries;
}

/**
 * Gives back to where a place took from: the overdraft first, then the lots, the last used first.
 * @param drawn what the place has taken, per account (positive)
 */
export function returnCredits(
  pool: CreditPool,
  drawn: ReadonlyMap<string, bigint>,
  amount: bigint,
): { account: AccountSpec; amount: bigint }[] {
  const entries: { account: AccountSpec; amount: bigint }[] = [];
  let open = amount;
  const overdraft = accounts.creditOverdraft(pool.client);
  const back = smallerOf(open, drawn.get(overdraft.code) ?? 0n);
  if (back > 0n) {
    entries.push({ account: overdraft, amount: back });
    pool.overdraft += back;
    open -= back;
  }
  for (const lot of [...pool.lots].reverse()) {
    const part = smallerOf(open, drawn.get(lot.account.code) ?? 0n);
    if (part <= 0n) continue;
    entries.push({ account: lot.account, amount: part });
    lot.balance += part;
    open -= part;
  }
  if (open > 0n) throw new Error(`more credits to return than were taken: ${open} hundredths`);
  return entries;
}
