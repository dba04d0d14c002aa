import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkNoteTemplate } from './add-note-template.server.ts';
import type { noteTemplateEditSchema } from './note-template.schema.ts';

/** Changes what notes begin with; notes that were written stay. @throws DomainError not_found, conflict, invalid_value */
export async function editNoteTemplate(
  db: Kysely<DB>,
  actor: Actor,
  input: z.output<typeof noteTemplateEditSchema>,
): Promise<void> {
  const { id, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('noteTemplate').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This template is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'note_template', id, word: 'template', version: before.version });
    await checkNoteTemplate(trx, values, id);
    await trx
      .updateTable('noteTemplate')
      .set({ ...values, version: version + 1 })
      .where('id', '=', id)
      .execute();
    const of = { subjectType: 'note_template', subjectId: id };
    const scope = ({ programId, subjectId }: typeof values) => ({ programId, subjectId });
    await audit(trx, actor, { action: 'note_template.edit', ...of, before: scope(before), after: scope(values) });
  });
}
