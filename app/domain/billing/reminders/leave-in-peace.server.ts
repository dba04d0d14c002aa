import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Whether a family is left in peace: no reminder and no late fee. */
export async function leaveInPeace(db: Kysely<DB>, actor: Actor, input: { clientId: string; peace: boolean }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const changed = await trx
      .updateTable('client')
      .set((eb) => ({ noReminders: input.peace, version: eb('version', '+', 1) }))
      .where('id', '=', input.clientId)
      .where('noReminders', '<>', input.peace)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return;
    await audit(trx, actor, {
      action: input.peace ? 'client.no_reminders' : 'client.reminders',
      subjectType: 'client',
      subjectId: input.clientId,
    });
  });
}
