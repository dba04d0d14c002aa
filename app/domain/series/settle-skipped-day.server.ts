import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { makeUpOf } from '#app/domain/groups/course-credits.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getSeries, listMembers, membersOn } from './series-rows.server.ts';

interface Day {
  seriesId: string;
  /** The day of the rule that was left out. */
  date: string;
}

/** The office has seen that a day was left out, and leaves it so. Again changes nothing. */
export async function acceptSkippedDay(db: Kysely<DB>, actor: Actor, { seriesId, date }: Day): Promise<void> {
  await inTransaction(db, async (trx) => {
    const seen = await trx
      .updateTable('seriesSkip')
      .set({ toDecide: false })
      .where('seriesId', '=', seriesId)
      .where('originalDate', '=', date)
      .where('toDecide', '=', true)
      .returning('originalDate')
      .executeTakeFirst();
    if (seen)
      await audit(trx, actor, { action: 'series.accept_skip', subjectType: 'series', subjectId: seriesId, after: { date } });
  });
}

/**
 * Plans a session for a day that was left out, at a time that suits: an exception of its series. By the session's id it
 * is booked once. @throws DomainError as bookSession; already_done when the day is not left out any more
 */
export async function bookSkippedDay(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Day & { id: string; wallStart: string },
): Promise<{ sessionId: string }> {
  return inTransaction(db, async (trx) => {
    const series = await getSeries(trx, input.seriesId);
    if (series.endedAt) throw new DomainError('locked', 'This series has ended.');
    const there = await trx.selectFrom('session').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return { sessionId: there.id };
    const members = await listMembers(trx, series.id);
    const { sessionId } = await bookSession(trx, ctx, actor, {
      id: input.id,
      tutorId: series.tutorId,
      programId: series.programId,
      subjectId: series.subjectId,
      studentIds: membersOn(members, input.date),
      wallStart: input.wallStart,
      zone: series.zone,
      durationMinutes: series.durationMinutes,
      mode: series.mode === 'online' ? 'online' : 'in_person',
      location: series.location,
      roomId: series.roomId,
      placeId: series.placeId,
      billable: series.billable,
      title: series.title,
      description: series.description,
      capacity: series.capacity,
      seriesId: series.id,
      originalDate: input.date,
      billingOf: await makeUpOf(trx, ctx, series.id),
      ...(series.meetingInstallId ? { meetingInstallId: series.meetingInstallId } : {}),
      ...(series.engagementId ? { engagementId: series.engagementId } : {}),
    });
    await trx.updateTable('session').set({ seriesException: true }).where('id', '=', sessionId).execute();
    const skip = await trx
      .deleteFrom('seriesSkip')
      .where('seriesId', '=', series.id)
      .where('originalDate', '=', input.date)
      .returning('originalDate')
      .executeTakeFirst();
    if (!skip) throw new DomainError('already_done', 'Something is planned for this day already.');
    await audit(trx, actor, {
      action: 'series.book_skip',
      subjectType: 'series',
      subjectId: series.id,
      after: { date: input.date, wallStart: input.wallStart },
    });
    return { sessionId };
  });
}
