import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { AddException } from './availability.schema.ts';
import { lockTutor } from './lock-tutor.server.ts';
import { addDays, localDateOf } from './wall-time.ts';

const DAYS_AHEAD = 730;

/**
 * One day that differs from the weekly hours: free at other times, or not free at some of them. What is booked then stays.
 * @throws DomainError invalid_value at `localDate` for a day that is over or years ahead, not_found
 */
export async function addAvailabilityException(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: AddException,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { timezone } = await lockTutor(trx, input.tutorId, ctx.clock());
    const today = localDateOf(ctx.clock(), timezone);
    if (input.localDate < today) throw new DomainError('invalid_value', 'Choose today or a later day.', { field: 'localDate' });
    if (input.localDate > addDays(today, DAYS_AHEAD))
      throw new DomainError('invalid_value', 'Choose a day within the next two years.', { field: 'localDate' });
    const { note, id, tutorId, ...when } = input;
    const same = await trx
      .selectFrom('availabilityException')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('id', '=', id),
          eb.and([
            eb('tutorId', '=', tutorId),
            eb('localDate', '=', when.localDate),
            eb('open', '=', when.open),
            eb('startMinute', '=', when.startMinute),
            eb('endMinute', '=', when.endMinute),
          ]),
        ]),
      )
      .executeTakeFirst();
    if (same) return;
    await trx
      .insertInto('availabilityException')
      .values({ id, tutorId, note, ...when })
      .execute();
    await audit(trx, actor, {
      action: 'availability.add_day',
      subjectType: 'availability',
      subjectId: tutorId,
      after: when,
    });
  });
}
