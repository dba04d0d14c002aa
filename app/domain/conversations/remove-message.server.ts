import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Takes a message out, or puts it back: nobody but the office reads it, and it is not mailed if it wasn't yet. Done again it
 * changes nothing.
 * @throws DomainError not_found
 */
export async function removeMessage(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { conversationId, messageId, removed }: { conversationId: string; messageId: string; removed: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const message = await trx
      .selectFrom('conversationMessage')
      .select(['removedAt'])
      .where('id', '=', messageId)
      .where('conversationId', '=', conversationId)
      .forUpdate()
      .executeTakeFirst();
    if (!message) throw new DomainError('not_found', 'This message is not there.');
    if ((message.removedAt !== null) === removed) return;
    await trx
      .updateTable('conversationMessage')
      .set(removed ? { removedAt: ctx.clock(), removedBy: actor.userId } : { removedAt: null, removedBy: null })
      .where('id', '=', messageId)
      .execute();
    await sql`UPDATE conversation_message SET told_at = coalesce(told_at, ${ctx.clock()}) WHERE id = ${messageId}`.execute(trx);
    await audit(trx, actor, {
      action: removed ? 'conversation.remove_message' : 'conversation.restore_message',
      subjectType: 'conversation',
      subjectId: conversationId,
      after: { messageId },
    });
  });
}
