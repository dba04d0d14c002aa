import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { StudentValues } from './student.schema.ts';

/** Adds a student under a client. Throws unknown_reference (field `clientId`) for a client that is not there or is archived. */
export async function createStudent(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: WithCustom<StudentValues>,
): Promise<{ id: string; ref: string }> {
  const { tags, ...columns } = input;
  return inTransaction(db, async (trx) => {
    await checkPayer(trx, input.clientId);
    const student = await trx
      .insertInto('student')
      .values({ ...columns, custom: newCustom(input.custom) })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    if (tags) await setTags(trx, { studentId: student.id }, tags);
    await audit(trx, actor, {
      action: 'student.create',
      subjectType: 'student',
      subjectId: student.id,
      after: { ref: student.ref, clientId: input.clientId },
    });
    return student;
  });
}

export async function checkPayer(db: Kysely<DB>, clientId: string): Promise<void> {
  const client = await db.selectFrom('client').select('archivedAt').where('id', '=', clientId).executeTakeFirst();
  if (!client) throw new DomainError('unknown_reference', 'This client is not there. Choose who pays.', { field: 'clientId' });
  if (client.archivedAt)
    throw new DomainError('unknown_reference', 'This client is archived. Bring them back first, or choose another.', {
      field: 'clientId',
    });
}
