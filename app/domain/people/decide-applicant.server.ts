import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { settleTasks } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkbox, freeText, recordId } from './fields.ts';
import { setTutorStatus } from './set-tutor-status.server.ts';

export const decideApplicantSchema = z.object({
  tutorId: recordId,
  to: z.enum(['onboarding', 'active', 'left']),
  /** Why they were turned down, for the office. */
  reason: freeText(500),
  /** With taking on: a link to sign in. */
  invite: checkbox,
});
export type DecideApplicant = z.output<typeof decideApplicantSchema>;

/**
 * The next step of somebody who applied: taken on, at work, or turned down. Whoever waits for a look at the application has
 * had it. Twice is once.
 * @throws DomainError not_found; already_done for who is past it; as setTutorStatus
 */
export async function decideApplicant(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { tutorId, to, reason }: DecideApplicant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const tutor = await trx.selectFrom('tutor').select('status').where('id', '=', tutorId).forUpdate().executeTakeFirst();
    if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
    if (tutor.status === to) return;
    if (tutor.status !== 'applicant' && tutor.status !== 'onboarding')
      throw new DomainError('already_done', 'Somebody has decided on this already. See where they stand now.');
    await setTutorStatus(trx, ctx, actor, { ids: [tutorId], status: to, reason });
    await settleTasks(trx, ctx, actor, { events: ['application_received'], about: { tutorId } });
  });
}
