import type { Transaction } from 'kysely';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { listMembers } from './series-rows.server.ts';

/**
 * Who comes to a series, from which day of its rule to which: what it is carried on and changed with. Whoever joins or
 * leaves changes the series, so that a page read before is told, and what is being made of it is made anew. Under the
 * lock of its row.
 */
interface Member {
  seriesId: string;
  studentId: string;
}

/** A student comes from a day on, until further notice. Who is in it from then on already stays so: then it is no change. */
export async function joinSeries(
  trx: Transaction<DB>,
  { seriesId, studentId, fromOn }: Member & { fromOn: string },
): Promise<void> {
  const own = (await listMembers(trx, seriesId)).filter((member) => member.studentId === studentId);
  if (own.some((span) => span.fromOn <= fromOn && span.toOn === null)) return;
  await spansOf(trx, { seriesId, studentId }).where('fromOn', '>', fromOn).execute();
  const before = own.find((span) => span.fromOn <= fromOn && span.toOn !== null && span.toOn >= addDays(fromOn, -1));
  if (before)
    await trx
      .updateTable('seriesStudent')
      .set({ toOn: null })
      .where('seriesId', '=', seriesId)
      .where('studentId', '=', studentId)
      .where('fromOn', '=', before.fromOn)
      .execute();
  else await trx.insertInto('seriesStudent').values({ seriesId, studentId, fromOn }).execute();
  await bumpSeries(trx, seriesId);
}

/** A student comes no more from a day on. @returns whether they would have */
export async function leaveSeries(
  trx: Transaction<DB>,
  { seriesId, studentId, from }: Member & { from: string },
): Promise<boolean> {
  const gone = await spansOf(trx, { seriesId, studentId }).where('fromOn', '>=', from).executeTakeFirst();
  const ended = await trx
    .updateTable('seriesStudent')
    .set({ toOn: addDays(from, -1) })
    .where('seriesId', '=', seriesId)
    .where('studentId', '=', studentId)
    .where((eb) => eb.or([eb('toOn', 'is', null), eb('toOn', '>=', from)]))
    .executeTakeFirst();
  if (gone.numDeletedRows + ended.numUpdatedRows === 0n) return false;
  await bumpSeries(trx, seriesId);
  return true;
}

const spansOf = (trx: Transaction<DB>, { seriesId, studentId }: Member) =>
  trx.deleteFrom('seriesStudent').where('seriesId', '=', seriesId).where('studentId', '=', studentId);

async function bumpSeries(trx: Transaction<DB>, seriesId: string): Promise<void> {
  await trx
    .updateTable('series')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', seriesId)
    .execute();
}
