import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CreateCourse } from './course.schema.ts';

/**
 * Makes a course: a dated series without students yet, whose sessions keep the tutor and the room free for it, and what it
 * is sold as. Days of closures and of the tutor's time off are left out. With an `id` that is there already it answers
 * with that course.
 * @throws DomainError as createSeries
 */
export async function createCourse(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CreateCourse,
): Promise<{ courseId: string; skipped: string[] }> {
  return inTransaction(db, async (trx) => {
    const there = await trx.selectFrom('course').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return { courseId: there.id, skipped: [] };
    const { seriesId, skipped } = await createSeries(trx, ctx, actor, {
      // One form, one series: the second click finds it.
      id: input.id,
      tutorId: input.tutorId,
      studentIds: [],
      programId: input.programId,
      subjectId: input.subjectId,
      durationMinutes: input.durationMinutes,
      mode: input.mode,
      roomId: input.roomId,
      location: input.location,
      // Free sessions would leave the credits of a course that was paid untouched.
      billable: true,
      title: input.name,
      description: input.description,
      rrule: `FREQ=WEEKLY;BYDAY=${input.weekdays.join(',')}`,
      startsOn: input.startsOn,
      time: input.time,
      occurrences: input.occurrences,
      capacity: input.capacity,
      silent: true,
    });
    await trx
      .insertInto('course')
      .values({
        id: input.id,
        seriesId,
        name: input.name,
        description: input.description,
        price: input.price,
        capacity: input.capacity,
        enrolUntil: input.enrolUntil,
        inStorefront: input.inStorefront,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await audit(trx, actor, {
      action: 'course.create',
      subjectType: 'course',
      subjectId: input.id,
      after: { name: input.name, price: input.price, capacity: input.capacity, seriesId },
    });
    return { courseId: input.id, skipped };
  });
}
