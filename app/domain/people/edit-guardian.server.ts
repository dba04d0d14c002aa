import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { GuardianEdit } from './guardian.schema.ts';

/** How they are related to the student, and whether mails about lessons go to them too. @throws DomainError not_found */
export async function editGuardian(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: GuardianEdit): Promise<void> {
  const { studentId, clientId, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx
      .selectFrom('studentGuardian')
      .selectAll()
      .where('studentId', '=', studentId)
      .where('clientId', '=', clientId)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This guardian is not there any more.');
    const changes = changedFields({ ...before }, columns, ['relation']);
    if (!changes) return;
    await trx
      .updateTable('studentGuardian')
      .set(columns)
      .where('studentId', '=', studentId)
      .where('clientId', '=', clientId)
      .execute();
    const said = { before: { clientId, ...changes.before }, after: changes.after };
    await audit(trx, actor, { action: 'guardian.edit', subjectType: 'student', subjectId: studentId, ...said });
  });
}
