import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { addVersion, type NewVersion } from './add-version.server.ts';

/**
 * A mail goes out as it ships again, in one language; what was written before stays in its history. Safe to repeat.
 * @throws DomainError conflict when somebody saved in between
 */
export const resetMailTemplate = (db: Kysely<DB>, actor: Actor, input: Omit<NewVersion, 'texts'>): Promise<number> =>
  inTransaction(db, (trx) => addVersion(trx, actor, { ...input, texts: null }));
