import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { mustExist } from '#app/domain/people/about.server.ts';
import { type About, type AboutType, aboutTypeOf, type Visibility, visibilitiesFor } from '#app/domain/people/about.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NoteValues } from './note.schema.ts';

/**
 * Writes a note about a person or a request. The same words of the same author within a minute are a double click.
 * @throws DomainError not_found (whom it is about), invalid_value at `visibility`
 */
export async function addNote(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: NoteValues & { about: About },
): Promise<{ id: string }> {
  const { about, ...note } = input;
  const { type, id } = aboutTypeOf(about);
  checkVisibility(type, note.visibility);
  return inTransaction(db, async (trx) => {
    await mustExist(trx, about);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`note ${id}`}, 0))`.execute(trx);
    const same = await trx
      .selectFrom('note')
      .select('id')
      .where(`${type}Id`, '=', id)
      .where('body', '=', note.body)
      .where('visibility', '=', note.visibility)
      .where('authorId', 'is not distinct from', actor.userId)
      .where('createdAt', '>', new Date(ctx.clock().getTime() - 60_000))
      .executeTakeFirst();
    if (same) return same;
    const added = await trx
      .insertInto('note')
      .values({ ...about, ...note, authorId: actor.userId, createdAt: actor.at ?? ctx.clock() })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { noteId: added.id, visibility: note.visibility, pinned: note.pinned };
    await audit(trx, actor, { action: 'note.add', subjectType: type, subjectId: id, after });
    return added;
  });
}

/** @throws DomainError invalid_value at `visibility` */
export function checkVisibility(type: AboutType, visibility: Visibility): void {
  if (!visibilitiesFor(type).includes(visibility))
    throw new DomainError('invalid_value', 'Choose who sees this note.', { field: 'visibility' });
}
