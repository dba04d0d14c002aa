import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockChecklists } from './add-checklist-item.server.ts';

/**
 * Moves an item one place in its list, takes it out of it, or brings it back at the end with the ticks it had. Doing it
 * again where it is done already changes nothing.
 * @throws DomainError not_found
 */
export async function arrangeChecklistItem(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockChecklists(trx);
    const all = await trx
      .selectFrom('checklistItem')
      .select(['id', 'role', 'archivedAt'])
      .orderBy('position')
      .orderBy('id')
      .execute();
    const item = all.find((candidate) => candidate.id === id);
    if (!item) throw new DomainError('not_found', 'This item is not there.');
    let order = all.filter((one) => one.role === item.role && one.archivedAt === null).map((one) => one.id);
    if (to === 'archive' || to === 'restore') {
      if ((to === 'archive') === (item.archivedAt !== null)) return;
      if (to === 'restore') order.push(id);
      await trx
        .updateTable('checklistItem')
        .set((eb) => ({ archivedAt: to === 'archive' ? ctx.clock() : null, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    } else {
      const moved = movedOne(order, id, to);
      if (!moved) return;
      order = moved;
    }
    await sql`UPDATE checklist_item i SET position = o.position
      FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = i.id`.execute(trx);
    await audit(trx, actor, { action: `checklist_item.${to}`, subjectType: 'checklist_item', subjectId: id });
  });
}
