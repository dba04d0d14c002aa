import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

/**
 * The families of many sessions, before the credits of any are touched and in one order: one session after the other, two
 * who change many at once could wait for each other in a circle.
 */
export async function lockFamilies(trx: Transaction<DB>, sessions: readonly { id: string }[]): Promise<void> {
  await sql`
    SELECT 1 FROM client WHERE id IN (
      SELECT client_id FROM attendance WHERE session_id = ANY(${sessions.map(({ id }) => id)}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`.execute(trx);
}
