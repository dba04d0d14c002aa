import { type Kysely, sql, type Transaction } from 'kysely';
import { type DomainError, isDomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export interface Once {
  apiKeyId: string;
  /** What the caller calls this write. */
  key: string;
  /** Of the whole write: the same name for another is a mistake. */
  requestHash: string;
}

/**
 * Does a write once for each name its caller gives it, and answers the same every time. The name, the work and the answer
 * are one transaction: a second call at the same moment waits for the first at the name's row, and what fails (a crash,
 * the database gone) leaves no name behind, so that it can be tried again. A refusal is an answer too, and remembered.
 * @param refuse the answer to an expected refusal
 * @returns undefined where the name stands for another write
 */
export async function doOnce(
  db: Kysely<DB>,
  once: Once,
  act: (trx: Transaction<DB>) => Promise<Answer>,
  refuse: (error: DomainError) => Answer,
): Promise<(Answer & { again: boolean }) | undefined> {
  return inTransaction(db, async (trx) => {
    const first = await trx
      .insertInto('apiIdempotency')
      .values({ apiKeyId: once.apiKeyId, key: once.key, requestHash: once.requestHash })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (!first) return remembered(trx, once);
    // What a refused write has done is undone, and the transaction goes on to remember the refusal.
    await sql`SAVEPOINT act`.execute(trx);
    const answer = await act(trx).catch(async (error: unknown) => {
      if (!isDomainError(error)) throw error;
      await sql`ROLLBACK TO SAVEPOINT act`.execute(trx);
      return refuse(error);
    });
    // Answered as it was stored, so that the first answer is the later ones to the letter.
    const { body } = await trx
      .updateTable('apiIdempotency')
      .set({ status: answer.status, body: JSON.stringify(answer.body) })
      .where('apiKeyId', '=', once.apiKeyId)
      .where('key', '=', once.key)
      .returning('body')
      .executeTakeFirstOrThrow();
    return { status: answer.status, body: body as unknown, again: false };
  });
}

async function remembered(trx: Transaction<DB>, once: Once) {
  const row = await trx
    .selectFrom('apiIdempotency')
    .select(['requestHash', 'status', 'body'])
    .where('apiKeyId', '=', once.apiKeyId)
    .where('key', '=', once.key)
    .executeTakeFirstOrThrow();
  if (row.requestHash !== once.requestHash) return undefined;
  return { status: row.status ?? 200, body: row.body as unknown, again: true };
}
