import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface ClientMoney {
  /** Invoiced and not paid, minor units; below zero: paid ahead. */
  owed: bigint;
  /** Settled and on no invoice yet. */
  unbilled: bigint;
  /** Hundredths of a credit; null for a client who never had any. */
  credits: { available: bigint; booked: bigint } | null;
}

/** What the books say of a client now. */
export async function getClientMoney(db: Kysely<DB>, clientId: string): Promise<ClientMoney> {
  const rows = await db.selectFrom('account').select(['code', 'commodity', 'balance']).where('clientId', '=', clientId).execute();
  const sum = (fits: (code: string) => boolean) =>
    rows.filter((row) => fits(row.code)).reduce((total, row) => total + row.balance, 0n);
  const hasCredits = rows.some((row) => row.commodity === 'CREDIT');
  return {
    owed: sum((code) => code.startsWith('assets:receivable:')),
    unbilled: sum((code) => code.startsWith('assets:unbilled:')),
    credits: hasCredits
      ? {
          available: sum((code) => code.startsWith('credits:') && (code.includes(':lot:') || code.endsWith(':overdraft'))),
          booked: sum((code) => code.startsWith('credits:') && code.endsWith(':booked')),
        }
      : null,
  };
}

/** What a tutor has earned that is in no pay run yet. */
export async function getTutorPay(db: Kysely<DB>, tutorId: string): Promise<{ unpaid: bigint; items: number }> {
  const row = await db
    .selectFrom('payItem')
    .select((eb) => [sql<bigint>`coalesce(sum(amount), 0)::bigint`.as('unpaid'), eb.fn.countAll<bigint>().as('items')])
    .where('tutorId', '=', tutorId)
    .where('runId', 'is', null)
    .executeTakeFirstOrThrow();
  return { unpaid: row.unpaid, items: Number(row.items) };
}
