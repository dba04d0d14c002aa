import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** No further mail by this step; what was sent stays in the history. Archived already, nothing happens. */
export async function archiveReminderStep(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { id: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const archived = await trx
      .updateTable('reminderStep')
      .set((eb) => ({ archivedAt: ctx.clock(), version: eb('version', '+', 1) }))
      .where('id', '=', input.id)
      .where('archivedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (archived) await audit(trx, actor, { action: 'reminder_step.archive', subjectType: 'reminder_step', subjectId: input.id });
  });
}
