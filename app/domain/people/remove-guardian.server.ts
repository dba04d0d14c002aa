import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** They see nothing of the student from their next click on. Somebody who is none any more is no error. */
export async function removeGuardian(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { studentId: string; clientId: string },
): Promise<void> {
  const { studentId, clientId } = input;
  await inTransaction(db, async (trx) => {
    const removed = await trx
      .deleteFrom('studentGuardian')
      .where('studentId', '=', studentId)
      .where('clientId', '=', clientId)
      .returning('getsMails')
      .executeTakeFirst();
    if (!removed) return;
    const before = { clientId, getsMails: removed.getsMails };
    await audit(trx, actor, { action: 'guardian.remove', subjectType: 'student', subjectId: studentId, before });
  });
}
