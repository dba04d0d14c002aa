import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type NamedList, namedLists } from './named-list.ts';

/**
 * Moves a name one place in its list, takes it out of the forms, or brings it back (at the end, where there is an order).
 * Whatever has it keeps it. Doing again what is done changes nothing.
 * @throws DomainError not_found
 */
export async function arrangeNamed(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  list: NamedList,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  const { table, word, ordered } = namedLists[list];
  await inTransaction(db, async (trx) => {
    await sql`LOCK TABLE ${sql.table(table)} IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    const record = await trx.selectFrom(list).select(['id', 'archivedAt']).where('id', '=', id).executeTakeFirst();
    if (!record) throw new DomainError('not_found', `This ${word} is not there.`);
    const archived = record.archivedAt !== null;
    if (to === 'archive' ? archived : to === 'restore' ? !archived : archived || !ordered) return;
    if (ordered && !(await reorder(trx, table, id, to))) return;
    if (to === 'archive' || to === 'restore') {
      await trx
        .updateTable(list)
        .set((eb) => ({ archivedAt: to === 'archive' ? ctx.clock() : null, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    }
    await audit(trx, actor, { action: `${table}.${to}`, subjectType: table, subjectId: id });
  });
}

/** Writes the order anew; false: it is at the end it was to move beyond. */
async function reorder(trx: Kysely<DB>, table: string, id: string, to: Arrangement): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(table)} WHERE archived_at IS NULL
    ORDER BY position, id`.execute(trx);
  const there = rows.map((row) => row.id);
  if (to === 'restore') there.push(id);
  const order = to === 'up' || to === 'down' ? movedOne(there, id, to) : there;
  if (!order) return false;
  await sql`UPDATE ${sql.table(table)} t SET position = o.position
    FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = t.id`.execute(trx);
  return true;
}
