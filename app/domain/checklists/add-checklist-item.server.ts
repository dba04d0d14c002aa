import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type ChecklistItemValues, type ChecklistRole, howColumns, USUAL_ITEMS } from './checklist.schema.ts';

/** Adds an item at the end of a role's list. @throws DomainError invalid_value (field label) where the list has it already */
export async function addChecklistItem(db: Kysely<DB>, actor: Actor, input: ChecklistItemValues): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    const { role, label, help, how } = input;
    await lockChecklists(trx);
    await refuseSameItem(trx, role, label);
    const item = await trx
      .insertInto('checklistItem')
      .values({
        role,
        label,
        help,
        ...howColumns(how),
        position: sql`(SELECT coalesce(max(position), 0) + 1 FROM checklist_item WHERE role = ${role})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'checklist_item.create',
      subjectType: 'checklist_item',
      subjectId: item.id,
      after: input,
    });
    return item;
  });
}

/** Fills a list that is empty with what most companies ask for; one that isn't stays as it is. */
export async function addUsualItems(db: Kysely<DB>, actor: Actor, role: ChecklistRole): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockChecklists(trx);
    const some = await trx.selectFrom('checklistItem').select('id').where('role', '=', role).executeTakeFirst();
    if (some) return;
    for (const item of USUAL_ITEMS[role]) await addChecklistItem(trx, actor, { ...item, role });
  });
}

/** The lists change under one lock, so that two who add the same at once don't. */
export async function lockChecklists(trx: Kysely<DB>): Promise<void> {
  await sql`LOCK TABLE checklist_item IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
}

export async function refuseSameItem(trx: Kysely<DB>, role: string, label: string, exceptId?: string): Promise<void> {
  const same = await trx
    .selectFrom('checklistItem')
    .select(['id', 'label', 'archivedAt'])
    .where('role', '=', role)
    .where((eb) => eb(eb.fn<string>('lower', ['label']), '=', label.toLowerCase()))
    .execute();
  const other = same.find((item) => item.id !== exceptId);
  if (!other) return;
  const hint = other.archivedAt ? ' It is archived: bring it back instead.' : '';
  throw new DomainError('invalid_value', `“${other.label}” is in the list already.${hint}`, { field: 'label' });
}
