import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';
import type { holdSchema } from './run-adjustment.schema.ts';

/** The family's lines wait: no run takes them until it is let go. A family that is held stays as it is. */
export async function holdClient(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: z.output<typeof holdSchema>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const client = await lockBilledClient(trx, input.clientId);
    const held = await trx
      .selectFrom('invoiceHold')
      .select('id')
      .where('clientId', '=', client.id)
      .where('releasedAt', 'is', null)
      .executeTakeFirst();
    if (held) return;
    await trx
      .insertInto('invoiceHold')
      .values({ clientId: client.id, reason: input.reason, heldBy: actor.userId, heldAt: ctx.clock() })
      .execute();
    await audit(trx, actor, { action: 'client.hold', subjectType: 'client', subjectId: client.id, reason: input.reason });
  });
}
