import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ReminderStep } from './reminder-queries.server.ts';

/**
 * A step more, from the next morning on.
 * @throws DomainError already_done at `daysAfterDue` where there is one on this day, invalid_value for a fee before the day
 */
export async function addReminderStep(db: Kysely<DB>, actor: Actor, input: Omit<ReminderStep, 'id'>): Promise<void> {
  if (input.daysAfterDue <= 0 && (input.fee > 0n || Number(input.feePercent) > 0))
    throw new DomainError('invalid_value', 'Before it is overdue there is no late fee.', { field: 'fee' });
  await inTransaction(db, async (trx) => {
    const added = await trx
      .insertInto('reminderStep')
      .values(input)
      .onConflict((conflict) => conflict.column('daysAfterDue').where('archivedAt', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) throw new DomainError('already_done', 'There is a reminder on this day.', { field: 'daysAfterDue' });
    await audit(trx, actor, {
      action: 'reminder_step.create',
      subjectType: 'reminder_step',
      subjectId: added.id,
      after: { ...input },
    });
  });
}
