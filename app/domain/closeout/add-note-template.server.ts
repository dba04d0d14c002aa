import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NoteTemplateValues } from './note-template.schema.ts';

/** Adds a template at the end of the list. @throws DomainError invalid_value (name taken), unknown_reference at the field */
export async function addNoteTemplate(db: Kysely<DB>, actor: Actor, input: NoteTemplateValues): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await checkNoteTemplate(trx, input);
    const template = await trx
      .insertInto('noteTemplate')
      .values({ ...input, position: sql`(SELECT coalesce(max(position), 0) + 1 FROM note_template)` })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { programId, subjectId } = input;
    const after = { programId, subjectId };
    await audit(trx, actor, { action: 'note_template.add', subjectType: 'note_template', subjectId: template.id, after });
    return template;
  });
}

/** The list changes under one lock, so that two who add the same at once don't. */
export async function checkNoteTemplate(trx: Kysely<DB>, input: NoteTemplateValues, exceptId?: string): Promise<void> {
  await sql`LOCK TABLE note_template IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
  const same = await trx
    .selectFrom('noteTemplate')
    .select('id')
    .where('archivedAt', 'is', null)
    .where(sql<boolean>`lower(name) = lower(${input.name})`)
    .executeTakeFirst();
  if (same && same.id !== exceptId)
    throw new DomainError('invalid_value', `There is a template called “${input.name}” already.`, { field: 'name' });
  for (const [field, table] of [['programId', 'program'] as const, ['subjectId', 'subject'] as const]) {
    const id = input[field];
    if (id === null) continue;
    const found = await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
    if (!found) throw new DomainError('unknown_reference', 'Choose one of the list.', { field });
  }
}
