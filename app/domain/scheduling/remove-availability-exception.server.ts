import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockTutor } from './lock-tutor.server.ts';

/** The weekly hours hold on that day again. Of one that is gone already, nothing happens. */
export async function removeAvailabilityException(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { tutorId: string; id: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockTutor(trx, input.tutorId, ctx.clock());
    const removed = await trx
      .deleteFrom('availabilityException')
      .where('id', '=', input.id)
      .where('tutorId', '=', input.tutorId)
      .returning(['localDate', 'open', 'startMinute', 'endMinute'])
      .executeTakeFirst();
    if (!removed) return;
    await audit(trx, actor, {
      action: 'availability.remove_day',
      subjectType: 'availability',
      subjectId: input.tutorId,
      before: removed,
    });
  });
}
