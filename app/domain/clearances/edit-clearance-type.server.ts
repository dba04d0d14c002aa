import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { refuseSameName } from '#app/domain/named-lists/add-named.server.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ClearanceTypeEdit } from './clearance.schema.ts';

/**
 * Changes what a kind of clearance is called, who needs it, how long it is good for and when is reminded.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field name)
 */
export async function editClearanceType(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: ClearanceTypeEdit,
): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    await refuseSameName(trx, 'clearanceType', columns.name, id);
    const before = await trx.selectFrom('clearanceType').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This kind of clearance is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'clearance_type', id, word: 'kind of clearance', version: before.version });
    const changes = changedFields(before, columns);
    if (!changes) return;
    await trx
      .updateTable('clearanceType')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'clearance_type.edit', subjectType: 'clearance_type', subjectId: id, ...changes });
  });
}
