import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { leaveOffers } from '#app/domain/offers/leave-offers.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ExcludeTutor } from './exclusion.schema.ts';

/**
 * A tutor is no longer proposed for a student, nor asked by an offer that is out. What is engaged and planned stays. Once
 * however often it is sent; another reason takes the place of the former one.
 * @throws DomainError not_found for the student; unknown_reference at tutorId
 */
export async function excludeTutor(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { studentId, tutorId, reason }: ExcludeTutor & { studentId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    // Whoever accepts, or is offered the student, just now is waited for.
    await lockResources(trx, [studentId, tutorId], ctx.clock());
    const student = await trx.selectFrom('student').select('id').where('id', '=', studentId).forUpdate().executeTakeFirst();
    if (!student) throw new DomainError('not_found', 'This student is not there.');
    const tutor = await trx.selectFrom('tutor').select('id').where('id', '=', tutorId).executeTakeFirst();
    if (!tutor) throw new DomainError('unknown_reference', 'This tutor is not there any more.', { field: 'tutorId' });
    const before = await trx
      .selectFrom('tutorExclusion')
      .select('reason')
      .where('studentId', '=', studentId)
      .where('tutorId', '=', tutorId)
      .executeTakeFirst();
    if (before?.reason === reason) return;
    await trx
      .insertInto('tutorExclusion')
      .values({ studentId, tutorId, reason, createdBy: actor.userId })
      .onConflict((there) => there.columns(['studentId', 'tutorId']).doUpdateSet({ reason }))
      .execute();
    if (before) return;
    await audit(trx, actor, {
      action: 'student.exclude_tutor',
      subjectType: 'student',
      subjectId: studentId,
      after: { tutorId },
    });
    await leaveOffers(trx, ctx, actor, [tutorId], { studentId });
  });
}
