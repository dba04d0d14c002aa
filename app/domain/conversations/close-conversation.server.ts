import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Closes a conversation, or opens it again: what was written stays to be read, and nobody writes. Done again it changes
 * nothing.
 * @throws DomainError not_found
 */
export async function closeConversation(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, closed }: { id: string; closed: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('conversation').select('closedAt').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This conversation is not there.');
    if ((before.closedAt !== null) === closed) return;
    await trx
      .updateTable('conversation')
      .set({ closedAt: closed ? ctx.clock() : null })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: closed ? 'conversation.close' : 'conversation.open',
      subjectType: 'conversation',
      subjectId: id,
    });
  });
}
