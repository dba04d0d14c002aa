import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ClientStatus } from './people-filter.ts';

/** Says whether a client has only asked so far, or is taught. Who stands there already is left alone. @throws DomainError not_found */
export async function setClientStatus(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { id, status }: { id: string; status: ClientStatus },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const client = await trx.selectFrom('client').select('status').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!client) throw new DomainError('not_found', 'This client is not there.');
    if (client.status === status) return;
    await trx.updateTable('client').set({ status, version: sql<number>`version + 1` }).where('id', '=', id).execute();
    const changes = { before: { status: client.status }, after: { status } };
    await audit(trx, actor, { action: 'client.status', subjectType: 'client', subjectId: id, ...changes });
  });
}
