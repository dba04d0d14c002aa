import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

/** `hash` is argon2id's, made before the transaction: it takes its time on purpose. */
export async function writePassword(trx: Transaction<DB>, userId: string, hash: string, now: Date): Promise<void> {
  await trx
    .insertInto('userPassword')
    .values({ userId, hash, updatedAt: now })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet({ hash, updatedAt: now }))
    .execute();
}
