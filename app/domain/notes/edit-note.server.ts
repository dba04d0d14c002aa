import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { aboutOfRow, aboutTypeOf } from '#app/domain/people/about.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkVisibility } from './add-note.server.ts';
import type { NoteEdit } from './note.schema.ts';

/**
 * Saves what a note says, who sees it and whether it is pinned.
 * @throws DomainError not_found, conflict when somebody saved since `version`, invalid_value at `visibility`
 */
export async function editNote(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: NoteEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('note').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This note is not there any more.');
    const about = aboutTypeOf(aboutOfRow(before));
    checkVisibility(about.type, columns.visibility);
    if (before.version !== version) {
      const details = { version: before.version, by: 'Somebody else', at: before.updatedAt.toISOString() };
      throw new DomainError('conflict', 'Somebody else changed this note while you were editing it.', { details });
    }
    const changes = changedFields(before, columns, ['body']);
    if (!changes) return;
    await trx
      .updateTable('note')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    // Who saw it stands there in any case: whoever doesn't see the note is not told of the change either.
    const said = { before: { noteId: id, visibility: before.visibility, ...changes.before }, after: changes.after };
    await audit(trx, actor, { action: 'note.edit', subjectType: about.type, subjectId: about.id, ...said });
  });
}
