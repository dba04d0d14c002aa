import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkAssignee } from './check-request.server.ts';

/**
 * Says who works on a request; null: nobody. Again is no change.
 * @throws DomainError not_found, unknown_reference (field `assigneeId`)
 */
export async function assignRequest(
  db: Kysely<DB>,
  actor: Actor,
  { id, assigneeId }: { id: string; assigneeId: string | null },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const request = await trx.selectFrom('request').select('assigneeId').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!request) throw new DomainError('not_found', 'This request is not there.');
    if (request.assigneeId === assigneeId) return;
    if (assigneeId !== null) await checkAssignee(trx, assigneeId, 'assigneeId');
    await trx.updateTable('request').set({ assigneeId, version: sql<number>`version + 1` }).where('id', '=', id).execute();
    await audit(trx, actor, {
      action: 'request.assign',
      subjectType: 'request',
      subjectId: id,
      before: { assigneeId: request.assigneeId },
      after: { assigneeId },
    });
  });
}
