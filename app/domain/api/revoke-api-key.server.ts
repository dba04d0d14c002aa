import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Takes a key back: it is refused from the next call on. One that is gone already is what was wanted. */
export async function revokeApiKey(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { keyId }: { keyId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const revoked = await trx
      .updateTable('apiKey')
      .set({ revokedAt: ctx.clock() })
      .where('id', '=', keyId)
      .where('revokedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (revoked) await audit(trx, actor, { action: 'api_key.revoke', subjectType: 'api_key', subjectId: keyId });
  });
}
