import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkNoteTemplate } from './add-note-template.server.ts';

/**
 * Moves a template one place in the list, takes it out of the forms, or brings it back at the end. Doing it again where it is
 * done already changes nothing.
 * @throws DomainError not_found; invalid_value where another one has its name by now
 */
export async function arrangeNoteTemplate(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`LOCK TABLE note_template IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    const all = await trx.selectFrom('noteTemplate').selectAll().orderBy('position').orderBy('id').execute();
    const template = all.find((candidate) => candidate.id === id);
    if (!template) throw new DomainError('not_found', 'This template is not there.');
    if ((to === 'restore') !== (template.archivedAt !== null)) return;
    let order = all.filter((candidate) => candidate.archivedAt === null).map((candidate) => candidate.id);
    if (to === 'up' || to === 'down') {
      const moved = movedOne(order, id, to);
      if (!moved) return;
      order = moved;
    } else {
      if (to === 'restore') {
        await checkNoteTemplate(trx, template, id);
        order.push(id);
      }
      await trx
        .updateTable('noteTemplate')
        .set((eb) => ({ archivedAt: to === 'archive' ? ctx.clock() : null, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    }
    await sql`UPDATE note_template t SET position = o.position
      FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = t.id`.execute(trx);
    await audit(trx, actor, { action: `note_template.${to}`, subjectType: 'note_template', subjectId: id });
  });
}
