import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { withCustomChanges } from '#app/domain/fields/save-custom.server.ts';
import { bothChanges, retag } from '#app/domain/tags/retag.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { changedMeanwhile } from './changed-meanwhile.server.ts';
import { checkPayer } from './create-student.server.ts';
import type { StudentEdit } from './student.schema.ts';

const personal = ['firstName', 'lastName', 'email', 'grade', 'notes'];

/**
 * Saves a student's facts. With another client, sessions already booked stay with the one who was to pay for them.
 * Throws conflict (details: ChangedMeanwhile) when somebody saved since `version`.
 */
export async function editStudent(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: WithCustom<StudentEdit>,
): Promise<void> {
  const { id, version, custom, tags, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('student').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This student is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'student', id, word: 'student', version: before.version });
    const more = withCustomChanges(before.custom, custom, changedFields(before, columns, personal));
    const retagged = await retag(trx, { studentId: id }, tags);
    const changes = bothChanges(more.changes, retagged);
    if (!changes) return;
    if ('clientId' in changes.after) await checkPayer(trx, columns.clientId);
    await trx
      .updateTable('student')
      .set({ ...columns, ...more.columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'student.edit', subjectType: 'student', subjectId: id, ...changes });
  });
}
