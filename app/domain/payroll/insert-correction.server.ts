import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

interface Correction {
  /** The line of an approved run that stays as it was. */
  item: { id: string; tutorId: string; sessionId: string | null; localDate: string };
  /** The difference, minor units, not 0. */
  amount: bigint;
  note: string;
  /** What it is worked out from, kept beside `corrects`. */
  reason: Record<string, string>;
  now: Date;
  createdBy: string | null;
}

/** What an approved line should have been more, or less, as a line of its own for the next run. */
export async function insertCorrection(trx: Transaction<DB>, correction: Correction): Promise<{ id: string }> {
  const { item, amount, note, reason, now, createdBy } = correction;
  return trx
    .insertInto('payItem')
    .values({
      kind: 'correction',
      tutorId: item.tutorId,
      sessionId: item.sessionId,
      correctsId: item.id,
      localDate: item.localDate,
      amount,
      note,
      reason: JSON.stringify({ corrects: item.id, ...reason }),
      settledAt: now,
      createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
}
