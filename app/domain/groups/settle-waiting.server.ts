import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { WaitFor } from './waiting.schema.ts';

/** Who has a place now waits for it no more. */
export async function settleWaiting(trx: Transaction<DB>, studentId: string, what: WaitFor): Promise<void> {
  const id = 'seriesId' in what ? what.seriesId : what.sessionId;
  await trx
    .updateTable('waitingList')
    .set({ status: 'placed' })
    .where('studentId', '=', studentId)
    .where('status', 'in', ['waiting', 'offered'])
    .where(sql<boolean>`coalesce(series_id, session_id) = ${id}::uuid`)
    .execute();
}
