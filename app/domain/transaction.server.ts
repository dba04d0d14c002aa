import type { Kysely, Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { DomainError } from './errors.ts';

const retryable = new Set(['40001', '40P01']);

/** A zero byte, which PostgreSQL holds in no text and no json. */
const unstorable = new Set(['22021', '22P05']);

export function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The constraint that refused a write, of a PostgreSQL error. */
export function constraintOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined;
}

/**
 * Runs a use case in one transaction, again when PostgreSQL asks for it (serialisation failure, deadlock).
 * Given a transaction, it joins that one, so that an import can hold many use cases in one.
 * @throws DomainError invalid_value for a character that can't be stored
 */
export async function inTransaction<T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>, tries = 5): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<DB>);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (unstorable.has(sqlState(error) ?? '')) {
        throw new DomainError('invalid_value', 'There is a character in it that can’t be kept. Type the text anew.', {
          cause: error,
        });
      }
      if (attempt >= tries || !retryable.has(sqlState(error) ?? '')) throw error;
    }
  }
}
