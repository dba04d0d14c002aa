import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';

/**
 * Lets a held family go: what waited is billed by the next run of its days. Runs that were confirmed while it was held do
 * not cover it, so a second run of the same period takes it, not marked late. A family that is not held stays as it is.
 */
export async function releaseClient(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { clientId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const client = await lockBilledClient(trx, input.clientId);
    const released = await trx
      .updateTable('invoiceHold')
      .set({ releasedAt: ctx.clock(), releasedBy: actor.userId })
      .where('clientId', '=', client.id)
      .where('releasedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (released) await audit(trx, actor, { action: 'client.release', subjectType: 'client', subjectId: client.id });
  });
}
