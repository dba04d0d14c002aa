import type { Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { SeriesEditPlan } from './plan-series-edit.server.ts';
import type { EditSeriesInput } from './series.schema.ts';
import { listMembers, type SeriesRow } from './series-rows.server.ts';

/** The row of the changed series, of a cut the new one with its members, and the days left out on their days of the new rule. */
export async function writeEditedSeries(
  trx: Transaction<DB>,
  actor: Actor,
  plan: SeriesEditPlan,
  { editId, change }: EditSeriesInput,
): Promise<SeriesRow> {
  const { series, effects } = plan;
  const target = await writeRow(trx, actor, plan, { editId, change });
  if (effects.cut) await handOverMembers(trx, series.id, target, effects.from);
  if (effects.skips.some(({ from, to }) => effects.cut || from !== to)) {
    const former = await trx
      .deleteFrom('seriesSkip')
      .where('seriesId', '=', series.id)
      .where('originalDate', '>=', effects.from)
      .returningAll()
      .execute();
    const rows = effects.skips.flatMap(({ from, to }) => {
      const skip = former.find(({ originalDate }) => originalDate === from);
      return skip && to !== null ? [{ ...skip, seriesId: target.id, originalDate: to }] : [];
    });
    if (rows.length > 0) await trx.insertInto('seriesSkip').values(rows).execute();
  }
  return target;
}

async function writeRow(
  trx: Transaction<DB>,
  actor: Actor,
  { series, effects, facts, roomId, placeId }: SeriesEditPlan,
  { editId, change }: Pick<EditSeriesInput, 'editId' | 'change'>,
): Promise<SeriesRow> {
  const rule = {
    ...effects.recurrence,
    startMinute: effects.startMinute,
    durationMinutes: effects.durationMinutes,
    rolledTo: effects.rolledTo,
    tutorId: facts.tutor.id,
    roomId,
    placeId,
    title: change.title ?? series.title,
    description: change.description ?? series.description,
    location: change.location ?? series.location,
  };
  if (!effects.cut)
    return trx
      .updateTable('series')
      .set((eb) => ({ ...rule, version: eb('version', '+', 1) }))
      .where('id', '=', series.id)
      .returningAll()
      .executeTakeFirstOrThrow();
  await trx
    .updateTable('series')
    .set((eb) => ({ untilOn: addDays(effects.from, -1), occurrences: null, version: eb('version', '+', 1) }))
    .where('id', '=', series.id)
    .execute();
  const { id: _, ref: _ref, createdAt: _created, updatedAt: _updated, version: _version, ...common } = series;
  return trx
    .insertInto('series')
    .values({ ...common, ...rule, id: editId, cutFromId: series.id, createdBy: actor.userId })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Who is in the series goes along: up to the cut in the former one, from its first day in the new. */
async function handOverMembers(trx: Transaction<DB>, formerId: string, target: SeriesRow, from: string): Promise<void> {
  const members = await listMembers(trx, formerId);
  const last = addDays(from, -1);
  const later = members
    .filter(({ toOn }) => toOn === null || toOn >= from)
    .map((member) => ({ ...member, seriesId: target.id, fromOn: member.fromOn < from ? target.startsOn : member.fromOn }))
    .filter(({ fromOn, toOn }) => toOn === null || toOn >= fromOn);
  if (later.length > 0) await trx.insertInto('seriesStudent').values(later).execute();
  await trx.deleteFrom('seriesStudent').where('seriesId', '=', formerId).where('fromOn', '>=', from).execute();
  await trx
    .updateTable('seriesStudent')
    .set({ toOn: last })
    .where('seriesId', '=', formerId)
    .where((eb) => eb.or([eb('toOn', 'is', null), eb('toOn', '>=', from)]))
    .execute();
}
