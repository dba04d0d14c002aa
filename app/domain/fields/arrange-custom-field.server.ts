import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockFields } from './add-custom-field.server.ts';

/**
 * Moves a field one place among those of its kind of record, takes it out of forms, pages, lists and mails, or brings it
 * back at the end with all that records had in it. Doing it again where it is done already changes nothing.
 * @throws DomainError not_found
 */
export async function arrangeCustomField(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockFields(trx);
    const all = await trx
      .selectFrom('customField')
      .select(['id', 'entity', 'label', 'archivedAt'])
      .orderBy('position')
      .orderBy('id')
      .execute();
    const field = all.find((candidate) => candidate.id === id);
    if (!field) throw new DomainError('not_found', 'This field is not there.');
    const active = all.filter((candidate) => candidate.archivedAt === null && candidate.entity === field.entity);
    let order = active.map((row) => row.id);
    if (to === 'archive' || to === 'restore') {
      if ((to === 'archive') === (field.archivedAt !== null)) return;
      if (to === 'restore') order.push(id);
      await trx
        .updateTable('customField')
        .set((eb) => ({ archivedAt: to === 'archive' ? ctx.clock() : null, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    } else {
      const moved = movedOne(order, id, to);
      if (!moved) return;
      order = moved;
    }
    await sql`UPDATE custom_field f SET position = o.position
      FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = f.id`.execute(trx);
    await audit(trx, actor, { action: `custom_field.${to}`, subjectType: 'custom_field', subjectId: id });
  });
}
