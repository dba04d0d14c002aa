import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { aboutOfRow, aboutTypeOf } from '#app/domain/people/about.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Takes a file away for good; one that is gone already is no error.
 * @throws DomainError invalid_value while a checked clearance rests on it
 */
export async function removeFile(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: { id: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const file = await trx.selectFrom('file').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst();
    if (!file) return;
    const clearance = await trx
      .selectFrom('clearance')
      .select('id')
      .where('fileId', '=', file.id)
      .where('status', '=', 'valid')
      .executeTakeFirst();
    if (clearance)
      throw new DomainError('invalid_value', 'A clearance that was found valid rests on this file. Remove the clearance first.');
    await trx.deleteFrom('file').where('id', '=', file.id).execute();
    const { type, id } = aboutTypeOf(aboutOfRow(file));
    const before = { fileId: file.id, mediaType: file.mediaType, bytes: file.bytes, visibility: file.visibility };
    await audit(trx, actor, { action: 'file.remove', subjectType: type, subjectId: id, before });
  });
}
