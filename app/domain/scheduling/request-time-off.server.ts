import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TimeOffInput } from './availability.schema.ts';
import { lockTutor } from './lock-tutor.server.ts';
import { addDays, startOfDay, wallToInstant } from './wall-time.ts';

const LONGEST_DAYS = 366;

/**
 * Asks for time off in the tutor's zone, every day from the first to the last; said by the office it is approved at once.
 * What is booked in it stays booked until somebody moves or cancels it. With an `id` that is there already nothing happens.
 * @throws DomainError invalid_value (over already, longer than a year, or over time off that is asked for or approved),
 *   nonexistent_time, not_found
 */
export async function requestTimeOff(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: TimeOffInput,
  by: 'tutor' | 'office',
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { timezone } = await lockTutor(trx, input.tutorId, ctx.clock());
    const there = await trx.selectFrom('timeOff').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return;
    const when = timesOf(input, timezone);
    if (when.endsAt <= ctx.clock()) throw new DomainError('invalid_value', 'These days are over.', { field: 'fromDate' });
    if (input.toDate >= addDays(input.fromDate, LONGEST_DAYS))
      throw new DomainError('invalid_value', 'Ask for a year at most.', { field: 'toDate' });
    const other = await trx
      .selectFrom('timeOff')
      .select('status')
      .where('tutorId', '=', input.tutorId)
      .where('status', 'in', ['requested', 'approved'])
      .where('startsAt', '<', when.endsAt)
      .where('endsAt', '>', when.startsAt)
      .executeTakeFirst();
    if (other) {
      const word = other.status === 'approved' ? 'is approved' : 'is asked for';
      throw new DomainError('invalid_value', `Time off ${word} already in these days.`, { field: 'fromDate' });
    }
    const approved = by === 'office';
    await trx
      .insertInto('timeOff')
      .values({
        ...when,
        id: input.id,
        tutorId: input.tutorId,
        zone: timezone,
        reason: input.reason,
        status: approved ? 'approved' : 'requested',
        requestedBy: actor.userId,
        decidedBy: approved ? actor.userId : null,
        decidedAt: approved ? ctx.clock() : null,
      })
      .execute();
    await audit(trx, actor, {
      action: approved ? 'time_off.give' : 'time_off.request',
      subjectType: 'time_off',
      subjectId: input.id,
      after: { tutorId: input.tutorId, startsAt: when.startsAt, endsAt: when.endsAt },
    });
  });
}

function timesOf(input: TimeOffInput, zone: string) {
  const { fromDate, toDate, fromTime, toTime } = input;
  if (fromTime === null || toTime === null) {
    const after = addDays(toDate, 1);
    return {
      allDay: true,
      startsAt: startOfDay(fromDate, zone),
      endsAt: startOfDay(after, zone),
      wallStart: `${fromDate}T00:00`,
      wallEnd: `${after}T00:00`,
    };
  }
  const [wallStart, wallEnd] = [`${fromDate}T${fromTime}`, `${toDate}T${toTime}`];
  const startsAt = wallToInstant(wallStart, zone);
  if (!startsAt) throw skipped('fromTime');
  const endsAt = wallToInstant(wallEnd, zone);
  if (!endsAt) throw skipped('toTime');
  if (endsAt <= startsAt) throw new DomainError('invalid_value', 'The end has to be after the start.', { field: 'toTime' });
  return { allDay: false, startsAt, endsAt, wallStart, wallEnd };
}

const skipped = (field: string) =>
  new DomainError('nonexistent_time', 'This time does not exist: the clocks go forward over it.', { field });
