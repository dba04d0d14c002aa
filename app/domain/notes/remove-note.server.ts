import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { aboutOfRow, aboutTypeOf } from '#app/domain/people/about.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Takes a note away for good; one that is gone already is no error. */
export async function removeNote(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const note = await trx.deleteFrom('note').where('id', '=', input.id).returningAll().executeTakeFirst();
    if (!note) return;
    const { type, id } = aboutTypeOf(aboutOfRow(note));
    const before = { noteId: note.id, visibility: note.visibility, pinned: note.pinned };
    await audit(trx, actor, { action: 'note.remove', subjectType: type, subjectId: id, before });
  });
}
