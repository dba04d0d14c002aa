import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { recordId } from '#app/domain/people/fields.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { CHECKLIST_ROLES } from './checklist.schema.ts';
import { getChecklistItem } from './checklist-queries.server.ts';

export const tickSchema = z.object({
  itemId: recordId,
  role: z.enum(CHECKLIST_ROLES),
  personId: recordId,
  done: z.enum(['yes', 'no']).transform((text) => text === 'yes'),
});
export type Tick = z.output<typeof tickSchema>;

/**
 * Ticks an item of somebody's checklist, or takes the tick away. The office may tick every item that is ticked at all, the
 * person their own. What is done already is left alone: the first tick says who and when.
 * @throws DomainError not_found; forbidden; invalid_value for what is read from the records
 */
export async function tickChecklistItem(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  by: 'office' | 'person',
  { itemId, role, personId, done }: Tick,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const item = await getChecklistItem(trx, itemId);
    if (item.role !== role || item.archivedAt) throw new DomainError('not_found', 'This item is not in the list any more.');
    if (item.doneBy === null) throw new DomainError('invalid_value', 'This is read from the records: it ticks itself.');
    if (by === 'person' && item.doneBy !== 'person') throw new DomainError('forbidden', 'The office ticks this one.');
    const person = await trx.selectFrom(role).select('id').where('id', '=', personId).executeTakeFirst();
    if (!person) throw new DomainError('not_found', 'This person is not there.');
    const of = `${role}Id` as const;
    if (done) {
      const added = await trx
        .insertInto('checklistTick')
        .values({ itemId, [of]: personId, tickedBy: actor.userId, tickedAt: ctx.clock() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('itemId')
        .executeTakeFirst();
      if (!added) return;
    } else {
      const gone = await trx
        .deleteFrom('checklistTick')
        .where('itemId', '=', itemId)
        .where(of, '=', personId)
        .returning('itemId')
        .executeTakeFirst();
      if (!gone) return;
    }
    await audit(trx, actor, {
      action: done ? 'checklist.tick' : 'checklist.untick',
      subjectType: role,
      subjectId: personId,
      after: { itemId },
    });
  });
}
