import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { cancelSeries } from '#app/domain/series/cancel-series.server.ts';
import { pauseSeries } from '#app/domain/series/pause-series.server.ts';
import { previewSeriesCancellation } from '#app/domain/series/preview-series-cancellation.server.ts';
import { rollAllSeries, rollSeries } from '#app/domain/series/roll-series.server.ts';
import { getSeries } from '#app/domain/series/series-rows.server.ts';
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
const mailsSince = async (before: number) =>
  (await db.selectFrom('mailMessage').select('template').execute()).slice(before).map(({ template }) => template);
const mailCount = async () => (await db.selectFrom('mailMessage').select('id').execute()).length;

describe('a series is cancelled', () => {
  it('from one session on: that one and those after it, each told once, and it carries on no more', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    const before = await mailCount();
    await cancelSeries(db, ctx, actor, { seriesId, scope: 'following', from: '2026-03-17', by: 'office', reason: 'moves away' });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-10T16:00']);
    expect(await mailsSince(before)).toEqual(['schedule-changed', 'schedule-changed']);
    expect(await getSeries(db, seriesId)).toMatchObject({ untilOn: '2026-03-16', endedAt: ctx.clock() });
    ctx.setNow('2026-06-02T09:00:00Z');
    await rollAllSeries(ctx);
    expect(await wallsOf(db, seriesId)).toHaveLength(2);
  });

  it('all of it that is still to come; again it changes nothing', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create();
    ctx.setNow('2026-03-11T09:00:00Z');
    const input = { seriesId, scope: 'all', from: '2026-03-03', by: 'office', reason: '' } as const;
    expect(await cancelSeries(db, ctx, actor, input)).toEqual({ cancelled: 8 });
    expect(await cancelSeries(db, ctx, actor, input)).toEqual({ cancelled: 0 });
    expect((await sessionsOf(db, seriesId)).map(({ status }) => status)).toEqual([
      'scheduled',
      'scheduled',
      ...Array(8).fill('cancelled'),
    ]);
  });

  it('by the family: which are too late and what they cost is said before, and is what is charged', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create();
    ctx.setNow('2026-03-10T10:00:00Z');
    const input = { seriesId, scope: 'all', from: '2026-03-03', by: 'client', reason: '' } as const;
    const preview = await previewSeriesCancellation(db, ctx, input);
    expect(preview.sessions).toHaveLength(9);
    expect(preview.late.map(({ session, fee }) => [session.originalDate, fee])).toEqual([['2026-03-10', preview.fee]]);
    expect(preview.fee).toBeGreaterThan(0n);
    await cancelSeries(db, ctx, actor, input);
    const charged = await db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .innerJoin('session', 'session.id', 'attendance.sessionId')
      .select('charge.net')
      .where('session.seriesId', '=', seriesId)
      .execute();
    expect(charged).toEqual([{ net: preview.fee }]);
  });

  it('of a course to which nobody came too: the tutor is free again', async () => {
    const { create, tutor } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ studentIds: [] });
    await cancelSeries(db, ctx, actor, { seriesId, scope: 'all', from: '2026-03-03', by: 'office', reason: '' });
    expect(
      await db
        .selectFrom('sessionResource')
        .select('sessionId')
        .where('resourceId', '=', tutor.id)
        .where('blocking', '=', true)
        .execute(),
    ).toEqual([]);
  });
});

describe('a pause', () => {
  it('over holidays cancels what is planned, leaves out what is not yet made, and then it goes on by itself', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    // The horizon ends on 26 May.
    const pause = { seriesId, from: '2026-05-19', to: '2026-06-09', by: 'office', reason: 'Summer' } as const;
    expect(await pauseSeries(db, ctx, actor, pause)).toEqual({ cancelled: 2, skipped: 2 });
    expect(await pauseSeries(db, ctx, actor, pause)).toEqual({ cancelled: 0, skipped: 0 });
    ctx.setNow('2026-03-26T09:00:00Z');
    await rollAllSeries(ctx);
    expect((await wallsOf(db, seriesId)).slice(-3)).toEqual(['2026-05-12T16:00', '2026-06-16T16:00', '2026-06-23T16:00']);
    expect(await skipsOf(db, seriesId)).toEqual([
      ['2026-06-02', 'pause'],
      ['2026-06-09', 'pause'],
    ]);
  });
});

describe('an open series is carried on', () => {
  it('to the horizon, and once, however often the job comes', async () => {
    const { create, student } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    const before = await mailCount();
    ctx.setNow('2026-03-16T09:00:00Z');
    await Promise.all([rollSeries(db, ctx, seriesId), rollSeries(db, ctx, seriesId)]);
    expect(await rollSeries(db, ctx, seriesId)).toEqual({ booked: 0, skipped: 0 });
    const walls = await wallsOf(db, seriesId);
    expect(walls.at(-1)).toBe('2026-06-09T16:00');
    expect(new Set(walls).size).toBe(15);
    const last = (await sessionsOf(db, seriesId)).at(-1);
    const places = await db
      .selectFrom('attendance')
      .select('studentId')
      .where('sessionId', '=', last?.id ?? '')
      .execute();
    expect(places).toEqual([{ studentId: student.id }]);
    expect(await mailsSince(before)).toEqual([]);
  });

  it('past a clash: that day is left out and waits for the office', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    await book('2026-06-02T16:30', { studentIds: [(await aStudent(db)).id] });
    ctx.setNow('2026-03-16T09:00:00Z');
    expect(await rollSeries(db, ctx, seriesId)).toEqual({ booked: 1, skipped: 1 });
    const skips = await db.selectFrom('seriesSkip').selectAll().where('seriesId', '=', seriesId).execute();
    expect(skips).toMatchObject([
      { originalDate: '2026-06-02', reason: 'clash', toDecide: true, note: expect.stringContaining('already taken') },
    ]);
  });

  it('past a closure, which nobody has to look at', async () => {
    const { create, program } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    await db
      .insertInto('closure')
      .values({ name: 'June holiday', startsOn: '2026-06-01', endsOn: '2026-06-03', programId: program.id })
      .execute();
    ctx.setNow('2026-03-16T09:00:00Z');
    await rollSeries(db, ctx, seriesId);
    const skips = await db.selectFrom('seriesSkip').selectAll().where('seriesId', '=', seriesId).execute();
    expect(skips).toMatchObject([
      { originalDate: '2026-06-02', reason: 'closure', toDecide: false, note: expect.stringContaining('June holiday') },
    ]);
  });

  it('without credits that day is left out, and the days for which there are some are planned', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create(open);
    const { installs } = await anOrganisation(db);
    await db
      .updateTable('pluginInstall')
      .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'refuse' }) })
      .where('id', '=', installs['billing-credits'])
      .execute();
    await db
      .updateTable('client')
      .set({ billingInstallId: installs['billing-credits'] })
      .where('id', '=', world.client.id)
      .execute();
    ctx.setNow('2026-03-09T09:00:00Z');
    expect(await rollSeries(db, ctx, seriesId)).toEqual({ booked: 0, skipped: 1 });
    const skips = await db.selectFrom('seriesSkip').selectAll().where('seriesId', '=', seriesId).execute();
    expect(skips).toMatchObject([{ originalDate: '2026-06-02', toDecide: true, note: expect.stringMatching(/credit/i) }]);
  });

  it('a cancelled session of it is not made again', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    const last = (await sessionsOf(db, seriesId)).at(-1);
    await cancelSession(db, ctx, actor, { sessionId: last?.id ?? '', by: 'office', reason: '' });
    ctx.setNow('2026-03-16T09:00:00Z');
    await rollSeries(db, ctx, seriesId);
    expect((await wallsOf(db, seriesId)).slice(-3)).toEqual(['2026-05-19T16:00', '2026-06-02T16:00', '2026-06-09T16:00']);
  });
});

describe('a series whose tutor', () => {
  it('takes a break or has left stands still, and goes on when they are back', async () => {
    const { create, tutor } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create(open);
    const made = (await wallsOf(db, seriesId)).length;
    const stands = (status: string) => db.updateTable('tutor').set({ status }).where('id', '=', tutor.id).execute();
    ctx.setNow('2026-03-26T09:00:00Z');
    for (const away of ['dormant', 'left']) {
      await stands(away);
      await rollAllSeries(ctx);
      expect(await wallsOf(db, seriesId)).toHaveLength(made);
    }
    await stands('active');
    await rollAllSeries(ctx);
    expect((await wallsOf(db, seriesId)).length).toBeGreaterThan(made);
  });
});
