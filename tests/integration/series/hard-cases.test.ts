import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addStudent } from '#app/domain/groups/add-student.server.ts';
import { archiveRecord } from '#app/domain/people/archive-record.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { pauseSeries } from '#app/domain/series/pause-series.server.ts';
import { checkPlan, planSeries } from '#app/domain/series/plan-series.server.ts';
import { planSeriesEdit } from '#app/domain/series/plan-series-edit.server.ts';
import { removeStudentFromSeries } from '#app/domain/series/remove-student-from-series.server.ts';
import { rollSeries } from '#app/domain/series/roll-series.server.ts';
import type { EditSeriesInput } from '#app/domain/series/series.schema.ts';
import { getSeries, listMembers } from '#app/domain/series/series-rows.server.ts';
import { anOrganisation, aRate, aStudent } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { actor, aSeriesWorld, sessionsOf, skipsOf, wallsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
beforeAll(async () => {
  await anOrganisation(db);
  await aRate(db);
});
beforeEach(() => ctx.setNow('2026-03-02T09:00:00Z'));

const open = { occurrences: null, untilOn: null };
const edit = async (seriesId: string, over: Partial<EditSeriesInput>) =>
  editSeries(db, ctx, actor, {
    seriesId,
    version: (await getSeries(db, seriesId)).version,
    editId: randomUUID(),
    scope: 'all',
    from: '2026-03-03',
    change: {},
    ...over,
  });
const at = async (seriesId: string, date: string) => {
  const session = (await sessionsOf(db, seriesId)).find((row) => row.date === date);
  if (!session) throw new Error(`no session on ${date}`);
  return session;
};
const moveAlone = async (sessionId: string, wallStart: string) => {
  const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
  await rescheduleSession(db, ctx, actor, { sessionId, version, wallStart, durationMinutes: 60 });
};
const comingTo = async (seriesId: string, studentId: string) =>
  (
    await db
      .selectFrom('attendance')
      .innerJoin('session', 'session.id', 'attendance.sessionId')
      .select('session.originalDate')
      .where('session.seriesId', '=', seriesId)
      .where('attendance.studentId', '=', studentId)
      .where('attendance.outcome', '=', 'planned')
      .orderBy('session.originalDate')
      .execute()
  ).map((row) => row.originalDate);

describe('days', () => {
  it('every two weeks over the end of the year keeps its weeks, cut there and moved to another day too', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({
      rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      startsOn: '2026-12-08',
      untilOn: '2027-02-28',
    });
    expect((await wallsOf(db, seriesId)).map((wall) => wall.slice(0, 10))).toEqual([
      '2026-12-08',
      '2026-12-22',
      '2027-01-05',
      '2027-01-19',
      '2027-02-02',
      '2027-02-16',
    ]);
    const next = await edit(seriesId, {
      scope: 'following',
      from: '2027-01-05',
      change: { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' },
    });
    expect((await wallsOf(db, next.seriesId)).map((wall) => wall.slice(0, 10))).toEqual([
      '2027-01-04',
      '2027-01-18',
      '2027-02-01',
      '2027-02-15',
    ]);
  });

  it('on the 31st there is one in the months that have it; moved to the last day of each it is in all', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=31', startsOn: '2026-03-31', untilOn: '2026-08-31' });
    expect((await wallsOf(db, seriesId)).map((wall) => wall.slice(0, 10))).toEqual([
      '2026-03-31',
      '2026-05-31',
      '2026-07-31',
      '2026-08-31',
    ]);
    await edit(seriesId, { from: '2026-03-31', change: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' } });
    expect((await wallsOf(db, seriesId)).map((wall) => wall.slice(5, 10))).toEqual([
      '03-31',
      '04-30',
      '05-31',
      '06-30',
      '07-31',
      '08-31',
    ]);
  });

  it('an evening in New York on the last of a month is of the next month in Dublin, whose books it is in', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({
      rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1',
      startsOn: '2026-03-31',
      time: '20:00',
      zone: 'America/New_York',
      occurrences: 2,
    });
    const rows = await db
      .selectFrom('session')
      .select('localDate')
      .where('seriesId', '=', seriesId)
      .orderBy('startsAt')
      .execute();
    expect(rows.map((row) => row.localDate)).toEqual(['2026-04-01', '2026-05-01']);
  });

  it('16:00 stays 16:00 over both clock changes of a year', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ startsOn: '2026-10-20', untilOn: '2027-04-06' });
    const sessions = await sessionsOf(db, seriesId);
    expect(new Set(sessions.map((session) => session.wall.slice(11)))).toEqual(new Set(['16:00']));
    const utc = (date: string) =>
      sessions
        .find((session) => session.date === date)
        ?.startsAt.toISOString()
        .slice(11, 16);
    expect(['2026-10-20', '2026-10-27', '2027-03-23', '2027-03-30'].map(utc)).toEqual(['15:00', '16:00', '16:00', '15:00']);
  });

  it('two cuts in a row and a change of the middle leave every lesson once', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create();
    const second = await edit(seriesId, { scope: 'following', from: '2026-03-24', change: { time: '17:00' } });
    const third = await edit(second.seriesId, { scope: 'following', from: '2026-04-14', change: { time: '18:00' } });
    await edit(second.seriesId, { from: '2026-03-24', change: { rrule: 'FREQ=WEEKLY;BYDAY=WE' } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-10T16:00', '2026-03-17T16:00']);
    expect(await wallsOf(db, second.seriesId)).toEqual(['2026-03-25T17:00', '2026-04-01T17:00', '2026-04-08T17:00']);
    expect(await wallsOf(db, third.seriesId)).toEqual([
      '2026-04-14T18:00',
      '2026-04-21T18:00',
      '2026-04-28T18:00',
      '2026-05-05T18:00',
    ]);
  });
});

describe('who is in it', () => {
  it('a student who joined later is in what a change adds from that day on, and in none before', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 4 });
    const friend = await aStudent(db);
    await addStudent(db, ctx, actor, {
      sessionId: (await at(seriesId, '2026-03-17')).id,
      studentId: friend.id,
      scope: 'future',
    });
    await edit(seriesId, { change: { rrule: 'FREQ=WEEKLY;BYDAY=TU,TH', end: { untilOn: '2026-03-26', occurrences: null } } });
    expect(await comingTo(seriesId, friend.id)).toEqual(['2026-03-17', '2026-03-19', '2026-03-24', '2026-03-26']);
  });

  it('who joins is a change of the series: a page read before is told', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 4 });
    const { version } = await getSeries(db, seriesId);
    await addStudent(db, ctx, actor, {
      sessionId: (await at(seriesId, '2026-03-17')).id,
      studentId: (await aStudent(db)).id,
      scope: 'future',
    });
    await expect(edit(seriesId, { version, change: { time: '17:00' } })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('who leaves, comes back and joins earlier than that is in it once', async () => {
    const { create, student } = await aSeriesWorld(db, ctx);
    const friend = await aStudent(db);
    const { seriesId } = await create({ ...open, studentIds: [student.id, friend.id] });
    const join = async (date: string) =>
      addStudent(db, ctx, actor, { sessionId: (await at(seriesId, date)).id, studentId: friend.id, scope: 'future' });
    await removeStudentFromSeries(db, ctx, actor, {
      seriesId,
      studentId: friend.id,
      from: '2026-03-10',
      by: 'office',
      reason: '',
    });
    await join('2026-04-07');
    await join('2026-03-24');
    const spans = (await listMembers(db, seriesId)).filter((member) => member.studentId === friend.id);
    expect(spans.map(({ fromOn, toOn }) => [fromOn, toOn]).sort()).toEqual([
      ['2026-03-03', '2026-03-09'],
      ['2026-03-24', null],
    ]);
  });

  it('whoever joins while the series is carried on is in what is made', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    const third = await at(seriesId, '2026-03-17');
    ctx.setNow('2026-03-16T09:00:00Z');
    const friend = await aStudent(db);
    await Promise.all([
      rollSeries(db, ctx, seriesId),
      rollSeries(db, ctx, seriesId),
      addStudent(db, ctx, actor, { sessionId: third.id, studentId: friend.id, scope: 'future' }),
    ]);
    await rollSeries(db, ctx, seriesId);
    const dates = (await sessionsOf(db, seriesId)).map(({ date }) => date).filter((date) => date >= '2026-03-17');
    expect(await comingTo(seriesId, friend.id)).toEqual(dates);
    expect(new Set(dates).size).toBe(dates.length);
  });
});

it('a pause is of the days on which lessons are, wherever somebody has moved them', async () => {
  const { create } = await aSeriesWorld(db, ctx);
  const { seriesId } = await create();
  // Out of the holidays, and into them.
  await moveAlone((await at(seriesId, '2026-03-31')).id, '2026-03-27T16:00');
  await moveAlone((await at(seriesId, '2026-04-14')).id, '2026-04-09T16:00');
  const pause = { seriesId, from: '2026-03-30', to: '2026-04-10', by: 'office', reason: 'Easter' } as const;
  expect(await pauseSeries(db, ctx, actor, pause)).toMatchObject({ cancelled: 2 });
  expect(await wallsOf(db, seriesId)).toEqual([
    '2026-03-03T16:00',
    '2026-03-10T16:00',
    '2026-03-17T16:00',
    '2026-03-24T16:00',
    '2026-03-27T16:00',
    '2026-04-21T16:00',
    '2026-04-28T16:00',
    '2026-05-05T16:00',
  ]);
});

describe('the tutor’s limits', () => {
  const everyDay = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', startsOn: '2026-03-09', untilOn: '2026-03-20' };
  const limited = async (hours: string) => {
    const world = await aSeriesWorld(db, ctx);
    await db.updateTable('tutor').set({ maxHoursPerWeek: hours }).where('id', '=', world.tutor.id).execute();
    return world;
  };

  it('count the lessons of one series together: the fifth hour of a week is told at its day', async () => {
    const { input } = await limited('4');
    const plan = await planSeries(db, ctx, input(everyDay));
    const checked = await checkPlan(db, ctx, plan, input(everyDay));
    const over = checked.filter(({ findings }) => findings.problems.some((problem) => problem.code === 'over_limit'));
    expect(over.map(({ occurrence }) => occurrence.date)).toEqual(['2026-03-13', '2026-03-20']);
  });

  it('count a lesson that a change moves once', async () => {
    const { create } = await limited('5');
    const { seriesId } = await create(everyDay);
    const change = { scope: 'all', from: '2026-03-09', change: { time: '17:00' } } as const;
    const plan = await planSeriesEdit(db, ctx, await getSeries(db, seriesId), change);
    expect(plan.moves).toHaveLength(10);
    expect(plan.moves.flatMap(({ findings }) => findings.problems.map((problem) => problem.code))).toEqual([]);
  });
});

it('of a tutor who has left nothing more is planned: the days wait for the office', async () => {
  const { create, tutor } = await aSeriesWorld(db, ctx);
  const { seriesId } = await create(open);
  for (const { id } of await sessionsOf(db, seriesId))
    await cancelSession(db, ctx, actor, { sessionId: id, by: 'office', reason: '' });
  await archiveRecord(db, ctx, actor, { kind: 'tutor', id: tutor.id });
  ctx.setNow('2026-03-16T09:00:00Z');
  expect(await rollSeries(db, ctx, seriesId)).toMatchObject({ booked: 0 });
  expect((await skipsOf(db, seriesId)).length).toBeGreaterThan(0);
});
