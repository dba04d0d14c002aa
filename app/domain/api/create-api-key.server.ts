import type { Kysely } from 'kysely';
import type { ApiScope } from '#app/auth/api-scopes.ts';
import { API_KEY_MARK } from '#app/auth/find-api-caller.server.ts';
import { hashToken, newToken } from '#app/auth/token.server.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface CreateApiKeyInput {
  /** Chosen by the form, so that a double click makes one. */
  id: string;
  name: string;
  scopes: readonly ApiScope[];
  /** From when on it is refused; null: never. */
  expiresAt: Date | null;
}

/**
 * Makes a key and answers it, this once: only its hash and its first letters are kept. The same form sent again makes the
 * key anew instead of a second one, so that the last answer is the one that holds.
 */
export async function createApiKey(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  input: CreateApiKeyInput,
): Promise<{ key: string }> {
  const key = `${API_KEY_MARK}${newToken()}`;
  const secret = { keyHash: hashToken(key), prefix: key.slice(0, API_KEY_MARK.length + 4) };
  await inTransaction(db, async (trx) => {
    const made = await trx
      .insertInto('apiKey')
      .values({
        ...secret,
        id: input.id,
        name: input.name,
        scopes: [...input.scopes],
        expiresAt: input.expiresAt,
        createdBy: actor.userId,
        createdAt: ctx.clock(),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) {
      await trx
        .updateTable('apiKey')
        .set(secret)
        .where('id', '=', input.id)
        .where('createdBy', '=', actor.userId)
        .where('lastUsedAt', 'is', null)
        .execute();
      return;
    }
    await audit(trx, actor, {
      action: 'api_key.create',
      subjectType: 'api_key',
      subjectId: input.id,
      after: { scopes: input.scopes, expiresAt: input.expiresAt },
    });
  });
  return { key };
}
