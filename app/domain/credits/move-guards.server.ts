import type { Transaction } from 'kysely';
import type { CreditPool } from '#app/domain/billing/credits.server.ts';
import { formatDecimal, smallerOf } from '#app/domain/billing/money.ts';
import { DomainError } from '#app/domain/errors.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import type { DB } from '#db/types.ts';

/** What moving credits by hand has in common: a reason, the family's row locked, and lots that hold enough. */

export function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new DomainError('invalid_value', 'Say why; it is kept with the credits.', { field: 'reason' });
  if (reason.length > 500) throw new DomainError('invalid_value', 'Keep it under 500 characters.', { field: 'reason' });
  return reason;
}

export async function lockFamily(trx: Transaction<DB>, clientId: string, field: string): Promise<{ id: string; ref: string }> {
  const client = await trx
    .selectFrom('client')
    .select(['id', 'ref'])
    .where('id', '=', clientId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!client) throw new DomainError('unknown_reference', 'This family does not exist.', { field });
  return client;
}

interface Moved {
  kind: string;
  clientId: string;
  /** Hundredths; of a transfer only what came from its first package, so it isn't compared. */
  credits?: bigint;
  toClientId?: string;
}

/**
 * The move of this id, where it was done already.
 * @throws DomainError conflict where that was another one
 */
export async function findMove(trx: Transaction<DB>, id: string, now: Moved): Promise<{ lotId: string | null } | undefined> {
  const done = await trx
    .selectFrom('creditMove')
    .select(['lotId', 'kind', 'clientId', 'credits', 'toClientId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!done) return undefined;
  const before = { kind: done.kind, clientId: done.clientId, credits: done.credits, toClientId: done.toClientId };
  assertSentBefore<Record<string, unknown>>(
    { ...before, credits: now.credits && before.credits },
    { toClientId: null, credits: undefined, ...now },
  );
  return { lotId: done.lotId };
}

interface PickedLot {
  lot: CreditPool['lots'][number];
  amount: bigint;
}

/**
 * Which lots so many credits come from: the one that was chosen, or all in the order they are used.
 * @param usableOn lots whose last day is before it are left alone
 * @throws DomainError invalid_value at `credits` where they don't hold enough
 */
export function pickLots(
  pool: CreditPool,
  credits: bigint,
  { lotCode, usableOn }: { lotCode?: string | undefined; usableOn: string },
): PickedLot[] {
  if (credits <= 0n) throw new DomainError('invalid_value', 'Enter a number of credits above 0.', { field: 'credits' });
  const usable = pool.lots.filter(
    (lot) => (lotCode === undefined || lot.account.code === lotCode) && (lot.expiresOn === null || lot.expiresOn >= usableOn),
  );
  const picked: PickedLot[] = [];
  let open = credits;
  for (const lot of usable) {
    const amount = smallerOf(open, lot.balance);
    if (amount <= 0n) continue;
    picked.push({ lot, amount });
    open -= amount;
  }
  if (open > 0n) {
    const there = formatDecimal(credits - open, 2);
    const message =
      there === '0.00'
        ? 'No credits are left there that could be taken.'
        : `Only ${there} credits are left there that no session holds.`;
    throw new DomainError('invalid_value', message, { field: 'credits' });
  }
  return picked;
}

/** The account of a lot that was chosen; undefined: none was. */
export async function lotCodeOf(
  trx: Transaction<DB>,
  clientId: string,
  lotId: string | null | undefined,
): Promise<string | undefined> {
  if (!lotId) return undefined;
  const row = await trx
    .selectFrom('creditLot')
    .innerJoin('account', 'account.id', 'creditLot.accountId')
    .select('account.code')
    .where('creditLot.id', '=', lotId)
    .where('creditLot.clientId', '=', clientId)
    .executeTakeFirst();
  if (!row) throw new DomainError('unknown_reference', 'This package is not of that family.', { field: 'lotId' });
  return row.code;
}
