import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** The name is on no further document; issued ones keep it. Archived already, nothing happens. */
export async function archiveTaxRate(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const archived = await trx
      .updateTable('taxRate')
      .set((eb) => ({ archivedAt: ctx.clock(), version: eb('version', '+', 1) }))
      .where('id', '=', input.id)
      .where('archivedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (archived) await audit(trx, actor, { action: 'tax_rate.archive', subjectType: 'tax_rate', subjectId: input.id });
  });
}
