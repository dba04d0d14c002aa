import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** A tutor may be proposed for a student again; nothing happens where they may already. */
export async function readmitTutor(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { studentId, tutorId }: { studentId: string; tutorId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom('tutorExclusion')
      .where('studentId', '=', studentId)
      .where('tutorId', '=', tutorId)
      .returning('tutorId')
      .executeTakeFirst();
    if (!gone) return;
    await audit(trx, actor, {
      action: 'student.readmit_tutor',
      subjectType: 'student',
      subjectId: studentId,
      before: { tutorId },
    });
  });
}
