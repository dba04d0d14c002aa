import { sql, type Transaction } from 'kysely';
import type { LoadedSession } from '#app/domain/billing/session-facts.server.ts';
import type { Settlement } from '#app/domain/billing/settlement.ts';
import type { DB } from '#db/types.ts';
import { listPaidItems, writePayDifference } from './correct-paid-session.server.ts';

interface PayFacts {
  session: LoadedSession['session'];
  settlement: Settlement;
  now: Date;
}

/** Brings a session's pay items (its pay, and its mileage apart from it) to what it comes to now. Items in a run stay. */
export async function writePayItems(trx: Transaction<DB>, { session, settlement, now }: PayFacts): Promise<void> {
  const wanted = [
    {
      kind: 'session',
      amount: settlement.pay?.amount ?? 0n,
      minutes: settlement.pay?.minutes ?? null,
      reason: settlement.pay?.reason ?? {},
    },
    {
      kind: 'mileage',
      amount: settlement.mileage,
      minutes: null,
      reason: session.miles === null ? {} : { miles: session.miles },
    },
  ];
  // A session that was never settled has none; saves the look on every booking.
  if (session.settledAt === null && wanted.every((item) => item.amount === 0n)) return;
  const existing = await trx
    .selectFrom('payItem')
    .select(['id', 'kind', 'amount', 'minutes', 'runId'])
    .select(sql<boolean>`EXISTS (SELECT 1 FROM pay_item c WHERE c.corrects_id = pay_item.id)`.as('corrected'))
    .where('sessionId', '=', session.id)
    .where('revision', '=', session.revision)
    .where('kind', 'in', ['session', 'mileage'])
    .execute();
  for (const item of wanted) {
    const is = existing.find((row) => row.kind === item.kind);
    if (is?.runId || (!is && item.amount === 0n)) continue;
    if (is?.corrected && (await settleCorrected(trx, { itemId: is.id, session, shouldBe: item.amount, now }))) continue;
    if (is && is.amount === item.amount && is.minutes === item.minutes) continue;
    const values = { amount: item.amount, minutes: item.minutes, reason: JSON.stringify(item.reason) };
    if (is && item.amount === 0n) await trx.deleteFrom('payItem').where('id', '=', is.id).execute();
    else if (is)
      await trx
        .updateTable('payItem')
        .set({ ...values, tutorId: session.tutorId })
        .where('id', '=', is.id)
        .execute();
    else {
      await trx
        .insertInto('payItem')
        .values({
          ...values,
          kind: item.kind,
          tutorId: session.tutorId,
          sessionId: session.id,
          revision: session.revision,
          localDate: session.localDate,
          settledAt: now,
        })
        .execute();
    }
  }
}

/**
 * An item whose run was voided after it had been corrected: what the session comes to is kept by its corrections, so that
 * together they come to it. One that only a person corrected follows the session, and their correction stays beside it.
 */
async function settleCorrected(
  trx: Transaction<DB>,
  { itemId, session, shouldBe, now }: { itemId: string; session: LoadedSession['session']; shouldBe: bigint; now: Date },
): Promise<boolean> {
  const item = (await listPaidItems(trx, session.id)).find((one) => one.id === itemId);
  if (!item || (!item.kept && shouldBe !== 0n)) return false;
  const amount = shouldBe - item.amount - (item.kept ? item.settled : 0n);
  if (amount !== 0n) await writePayDifference(trx, { item, amount, shouldBe, note: '', now, createdBy: null });
  return true;
}
