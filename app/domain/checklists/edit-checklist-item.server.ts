import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockChecklists, refuseSameItem } from './add-checklist-item.server.ts';
import { type ChecklistItemEdit, factsFor, howColumns } from './checklist.schema.ts';
import { getChecklistItem } from './checklist-queries.server.ts';

/**
 * Changes what an item says and how it is done. Ticks stay; while it is read from the records they don't count.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field label, how)
 */
export async function editChecklistItem(db: Kysely<DB>, actor: Actor, input: ChecklistItemEdit): Promise<void> {
  const { id, version, how, ...texts } = input;
  await inTransaction(db, async (trx) => {
    await lockChecklists(trx);
    const before = await getChecklistItem(trx, id);
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'checklist_item', id, word: 'item', version: before.version });
    await refuseSameItem(trx, before.role, texts.label, id);
    const ways = howColumns(how);
    if (ways.fact && !factsFor(before.role).includes(ways.fact))
      throw new DomainError('invalid_value', 'This can’t be read of their records', { field: 'how' });
    const changes = changedFields({ ...before }, { ...texts, ...ways });
    if (!changes) return;
    await trx
      .updateTable('checklistItem')
      .set({ ...texts, ...ways, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'checklist_item.edit', subjectType: 'checklist_item', subjectId: id, ...changes });
  });
}
