import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { addStudent } from './add-student.server.ts';
import { enrolInCourse } from './enrol-in-course.server.ts';

export interface TakePlaceInput {
  waitingId: string;
  /** Of a course that has begun. Default: the whole price. */
  price?: 'full' | 'pro_rata' | undefined;
  /** Who takes it: a family only what was offered to them. Default: the office. */
  by?: 'office' | 'family' | undefined;
}

/**
 * Gives who waits their place: in the session, in all of the series that is still to come, or in the course. Placed
 * already: nothing happens.
 * @throws DomainError not_found; conflict (left, or not offered to the family); as addStudent and enrolInCourse: full, clashes
 */
export async function takePlace(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: TakePlaceInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const entry = await trx.selectFrom('waitingList').selectAll().where('id', '=', input.waitingId).executeTakeFirst();
    if (!entry) throw new DomainError('not_found', 'This entry of a waiting list is not there.');
    if (entry.status === 'placed') return;
    if (entry.status === 'left') throw new DomainError('conflict', 'They don’t wait for it any more.');
    if (input.by === 'family' && entry.status !== 'offered')
      throw new DomainError('conflict', 'This place is not offered to you. Ask the office.');
    const { studentId, sessionId, seriesId } = entry;
    const course = seriesId
      ? await trx.selectFrom('course').select('id').where('seriesId', '=', seriesId).executeTakeFirst()
      : undefined;
    if (course) {
      await enrolInCourse(trx, ctx, actor, { courseId: course.id, studentId, price: input.price });
      return;
    }
    const first = sessionId ?? (await nextOf(trx, seriesId ?? '', ctx.clock()));
    if (!first) throw new DomainError('locked', 'Nothing of it is left to come.');
    await addStudent(trx, ctx, actor, { sessionId: first, studentId, scope: sessionId ? 'one' : 'future' });
  });
}

async function nextOf(db: Kysely<DB>, seriesId: string, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM session WHERE series_id = ${seriesId} AND starts_at > ${now} AND status = 'scheduled' ORDER BY starts_at LIMIT 1`.execute(
    db,
  );
  return rows[0]?.id;
}
