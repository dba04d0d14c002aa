import { beforeAll, beforeEach, expect, it } from 'vitest';
import { addStudent } from '#app/domain/groups/add-student.server.ts';
import { removeStudentFromSeries } from '#app/domain/series/remove-student-from-series.server.ts';
import { rollSeries } from '#app/domain/series/roll-series.server.ts';
import { getSeries } from '#app/domain/series/series-rows.server.ts';
import { anOrganisation, aStudent } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { actor, aSeriesWorld, sessionsOf, wallsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
beforeAll(() => anOrganisation(db));
beforeEach(() => ctx.setNow('2026-03-02T09:00:00Z'));

const open = { occurrences: null, untilOn: null };

async function comingTo(seriesId: string, studentId: string) {
  const rows = await db
    .selectFrom('attendance')
    .innerJoin('session', 'session.id', 'attendance.sessionId')
    .select('session.originalDate')
    .where('session.seriesId', '=', seriesId)
    .where('attendance.studentId', '=', studentId)
    .where('attendance.outcome', '=', 'planned')
    .orderBy('session.originalDate')
    .execute();
  return rows.map((row) => row.originalDate);
}

it('a student joins for what is to come, and what the series is carried on with has them too', async () => {
  const { create } = await aSeriesWorld(db, ctx);
  const { seriesId } = await create(open);
  const friend = await aStudent(db);
  const third = (await sessionsOf(db, seriesId))[2];
  await addStudent(db, ctx, actor, { sessionId: third?.id ?? '', studentId: friend.id, scope: 'future' });
  ctx.setNow('2026-03-16T09:00:00Z');
  await rollSeries(db, ctx, seriesId);
  const dates = await comingTo(seriesId, friend.id);
  expect([dates[0], dates.at(-1)]).toEqual(['2026-03-17', '2026-06-09']);
});

it('a student leaves from a session on: their places are cancelled, the others come as before', async () => {
  const { create, student } = await aSeriesWorld(db, ctx);
  const friend = await aStudent(db);
  const { seriesId } = await create({ ...open, studentIds: [student.id, friend.id] });
  const input = { seriesId, studentId: friend.id, from: '2026-03-17', by: 'client', reason: 'too far' } as const;
  expect((await removeStudentFromSeries(db, ctx, actor, input)).cancelled).toBe(11);
  expect((await removeStudentFromSeries(db, ctx, actor, input)).cancelled).toBe(0);
  ctx.setNow('2026-03-16T09:00:00Z');
  await rollSeries(db, ctx, seriesId);
  expect(await comingTo(seriesId, friend.id)).toEqual(['2026-03-03', '2026-03-10']);
  expect((await comingTo(seriesId, student.id)).at(-1)).toBe('2026-06-09');
});

it('with the last student the series ends', async () => {
  const { create, student } = await aSeriesWorld(db, ctx);
  const { seriesId } = await create(open);
  await removeStudentFromSeries(db, ctx, actor, {
    seriesId,
    studentId: student.id,
    from: '2026-03-17',
    by: 'office',
    reason: '',
  });
  expect(await getSeries(db, seriesId)).toMatchObject({ untilOn: '2026-03-16', endedAt: ctx.clock() });
  expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-10T16:00']);
});
