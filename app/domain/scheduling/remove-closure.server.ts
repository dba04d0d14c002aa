import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** The days can be booked again. Of one that is gone already, nothing happens. */
export async function removeClosure(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const removed = await trx
      .deleteFrom('closure')
      .where('id', '=', id)
      .returning(['name', 'startsOn', 'endsOn'])
      .executeTakeFirst();
    if (removed) await audit(trx, actor, { action: 'closure.remove', subjectType: 'closure', subjectId: id, before: removed });
  });
}
