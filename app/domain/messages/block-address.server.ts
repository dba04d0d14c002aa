import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** From now on nothing is sent to this address; what waits is withheld. One that is blocked stays as it is. */
export async function blockAddress(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { address, detail }: { address: string; detail: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const isNew = await trx
      .insertInto('mailBlock')
      .values({ address: address.trim(), cause: 'by_hand', detail, createdAt: ctx.clock() })
      .onConflict((conflict) => conflict.column('address').doNothing())
      .returning('address')
      .executeTakeFirst();
    if (isNew)
      await audit(trx, actor, { action: 'mail.block', subjectType: 'mail', subjectId: null, after: { cause: 'by_hand' } });
  });
}
