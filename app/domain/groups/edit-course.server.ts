import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { EditCourse } from './course.schema.ts';

/**
 * Changes what a course is called and sold as, for who enrols from now on; its sessions still to come take as many as it
 * does. Who is in it keeps their place and their price.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field capacity) below who is in it
 */
export async function editCourse(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: EditCourse): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('course').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This course does not exist.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'course', id, word: 'course', version: before.version });
    const changes = changedFields(before, columns);
    if (!changes) return;
    const { count } = await trx
      .selectFrom('courseEnrolment')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('courseId', '=', id)
      .where('leftAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (BigInt(columns.capacity) < count)
      throw new DomainError('invalid_value', `${count} are in it already.`, { field: 'capacity' });
    await trx
      .updateTable('course')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    if (columns.capacity !== before.capacity) await resize(trx, before.seriesId, columns.capacity, ctx.clock());
    await audit(trx, actor, { action: 'course.edit', subjectType: 'course', subjectId: id, ...changes });
  });
}

async function resize(trx: Kysely<DB>, seriesId: string, capacity: number, now: Date): Promise<void> {
  await trx.updateTable('series').set({ capacity }).where('id', '=', seriesId).execute();
  await trx
    .updateTable('session')
    .set((eb) => ({ capacity, version: eb('version', '+', 1) }))
    .where('seriesId', '=', seriesId)
    .where('startsAt', '>', now)
    .where('status', '=', 'scheduled')
    .execute();
}

/** Takes a course off the lists, or brings it back; its sessions stay. Done already: nothing happens. @throws DomainError not_found */
export async function archiveCourse(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, archived }: { id: string; archived: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('course').select('archivedAt').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This course does not exist.');
    if ((before.archivedAt !== null) === archived) return;
    await trx
      .updateTable('course')
      .set((eb) => ({ archivedAt: archived ? ctx.clock() : null, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: archived ? 'course.archive' : 'course.restore',
      subjectType: 'course',
      subjectId: id,
    });
  });
}
