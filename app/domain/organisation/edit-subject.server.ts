import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refuseSameName } from './create-subject.server.ts';
import type { SubjectEdit } from './subject.schema.ts';

/** Renames a subject. Throws conflict (details: ChangedMeanwhile) when somebody saved since `version`. */
export async function editSubject(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: SubjectEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('subject').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This subject is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'subject', id, word: 'subject', version: before.version });
    const changes = changedFields(before, columns);
    if (!changes) return;
    await refuseSameName(trx, columns.name, id);
    await trx
      .updateTable('subject')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'subject.edit', subjectType: 'subject', subjectId: id, ...changes });
  });
}
