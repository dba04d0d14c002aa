import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { planSeriesEdit } from '#app/domain/series/plan-series-edit.server.ts';
import type { EditSeriesInput } from '#app/domain/series/series.schema.ts';
import { getSeries } from '#app/domain/series/series-rows.server.ts';
import { anOrganisation, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { actor, aSeriesWorld, sessionsOf, skipsOf, wallsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
beforeAll(() => anOrganisation(db));
beforeEach(() => ctx.setNow('2026-03-02T09:00:00Z'));

const edit = async (seriesId: string, over: Partial<EditSeriesInput>) => {
  const { version } = await getSeries(db, seriesId);
  return editSeries(db, ctx, actor, {
    seriesId,
    version,
    editId: randomUUID(),
    scope: 'all',
    from: '2026-03-03',
    change: {},
    ...over,
  });
};
const preview = async (seriesId: string, over: Partial<EditSeriesInput>) =>
  planSeriesEdit(db, ctx, await getSeries(db, seriesId), { scope: 'all', from: '2026-03-03', change: {}, ...over });

const at = async (seriesId: string, date: string) => {
  const session = (await sessionsOf(db, seriesId)).find((row) => row.date === date);
  if (!session) throw new Error(`no session on ${date}`);
  return session;
};
const moveAlone = async (sessionId: string, wallStart: string) => {
  const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
  await rescheduleSession(db, ctx, actor, { sessionId, version, wallStart, durationMinutes: 60 });
};
const WEDNESDAYS = 'FREQ=WEEKLY;BYDAY=WE';

describe('this and following', () => {
  it('includes this one (odoo 79906), and leaves what is before it in its series', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 6 });
    const made = await sessionsOf(db, seriesId);
    const next = await edit(seriesId, { scope: 'following', from: '2026-03-17', change: { time: '17:30' } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-10T16:00']);
    expect(await wallsOf(db, next.seriesId)).toEqual([
      '2026-03-17T17:30',
      '2026-03-24T17:30',
      '2026-03-31T17:30',
      '2026-04-07T17:30',
    ]);
    // The rows are the same: their story, their credits, their rooms.
    expect((await sessionsOf(db, next.seriesId)).map(({ id }) => id)).toEqual(made.slice(2).map(({ id }) => id));
    expect(await getSeries(db, seriesId)).toMatchObject({ untilOn: '2026-03-16', occurrences: null });
    expect(await getSeries(db, next.seriesId)).toMatchObject({ startsOn: '2026-03-17', occurrences: 4, cutFromId: seriesId });
  });

  it('of the first one is all of them, in one series', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 3 });
    expect(await edit(seriesId, { scope: 'following', change: { time: '15:00' } })).toEqual({ seriesId });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T15:00', '2026-03-10T15:00', '2026-03-17T15:00']);
  });

  it('of an open one goes on being open, and its students go along', async () => {
    const { create, student } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: null, untilOn: null });
    const next = await edit(seriesId, { scope: 'following', from: '2026-03-17', change: { rrule: WEDNESDAYS } });
    expect(await getSeries(db, next.seriesId)).toMatchObject({ untilOn: null, occurrences: null, startsOn: '2026-03-18' });
    const members = await db
      .selectFrom('seriesStudent')
      .selectAll()
      .where('studentId', '=', student.id)
      .orderBy('fromOn')
      .execute();
    expect(members.map(({ seriesId: id, fromOn, toOn }) => [id, fromOn, toOn])).toEqual([
      [seriesId, '2026-03-03', '2026-03-16'],
      [next.seriesId, '2026-03-18', null],
    ]);
  });

  it('a course is not cut', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 4 });
    await db.insertInto('course').values({ seriesId, name: 'Exam prep', capacity: 4 }).execute();
    await expect(edit(seriesId, { scope: 'following', from: '2026-03-17', change: { time: '17:30' } })).rejects.toThrow(
      /A course stays one series/,
    );
    await edit(seriesId, { change: { time: '17:30' } });
    expect((await wallsOf(db, seriesId))[3]).toBe('2026-03-24T17:30');
  });
});

describe('all', () => {
  it('is what is still to come: the past, the cancelled and the billed stay as they were', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 5 });
    await cancelSession(db, ctx, actor, { sessionId: (await at(seriesId, '2026-03-24')).id, by: 'office', reason: '' });
    ctx.setNow('2026-03-11T09:00:00Z');
    const plan = await preview(seriesId, { change: { time: '18:00' } });
    expect(plan.effects.kept.map(({ session, why }) => [session.originalDate, why])).toEqual([['2026-03-24', 'cancelled']]);
    await edit(seriesId, { change: { time: '18:00' } });
    expect((await sessionsOf(db, seriesId)).map(({ wall, status }) => [wall, status])).toEqual([
      ['2026-03-03T16:00', 'scheduled'],
      ['2026-03-10T16:00', 'scheduled'],
      ['2026-03-17T18:00', 'scheduled'],
      ['2026-03-24T16:00', 'cancelled'],
      ['2026-03-31T18:00', 'scheduled'],
    ]);
  });

  it('to another day moves each in its week, and leaves hand-made exceptions and days left out as they are', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 5, decisions: [{ date: '2026-03-24', action: 'skip' }] });
    const exception = await at(seriesId, '2026-03-17');
    await moveAlone(exception.id, '2026-03-19T10:00');
    const plan = await preview(seriesId, { change: { rrule: WEDNESDAYS } });
    expect(plan.effects.kept.map(({ session, date, why }) => [session.originalDate, date, why])).toEqual([
      ['2026-03-17', '2026-03-18', 'exception'],
    ]);
    await edit(seriesId, { change: { rrule: WEDNESDAYS } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-04T16:00', '2026-03-11T16:00', '2026-03-19T10:00', '2026-04-01T16:00']);
    expect(await skipsOf(db, seriesId)).toEqual([['2026-03-25', 'removed']]);
    expect(await at(seriesId, '2026-03-18')).toMatchObject({ id: exception.id, seriesException: true });
  });

  it('to a day that is over this week keeps this week’s where it is', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 3 });
    ctx.setNow('2026-03-03T12:00:00Z');
    await edit(seriesId, { change: { rrule: 'FREQ=WEEKLY;BYDAY=MO' } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-09T16:00', '2026-03-16T16:00']);
  });

  it('to every second week lets the others go, to twice a week adds some', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: null, untilOn: '2026-03-31' });
    await edit(seriesId, { change: { rrule: 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU' } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-17T16:00', '2026-03-31T16:00']);
    await edit(seriesId, { change: { rrule: 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,FR' } });
    expect(await wallsOf(db, seriesId)).toEqual([
      '2026-03-03T16:00',
      '2026-03-06T16:00',
      '2026-03-17T16:00',
      '2026-03-20T16:00',
      '2026-03-31T16:00',
    ]);
  });

  it('a later end adds, an earlier one takes away, an open one goes to the horizon', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 4 });
    await edit(seriesId, { change: { end: { occurrences: 6 } } });
    expect(await wallsOf(db, seriesId)).toHaveLength(6);
    await edit(seriesId, { change: { end: { untilOn: '2026-03-12' } } });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-03T16:00', '2026-03-10T16:00']);
    await edit(seriesId, { change: { end: {} } });
    expect((await wallsOf(db, seriesId)).at(-1)).toBe('2026-05-26T16:00');
    // Those that were taken away are not revived: a family was told.
    expect((await wallsOf(db, seriesId))[2]).toBe('2026-04-14T16:00');
    await expect(edit(seriesId, { change: { end: { untilOn: '2029-03-12' } } })).rejects.toThrow(/two years/);
  });

  it('words go along where they are the series’ own', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 3, title: 'Algebra' });
    await db
      .updateTable('session')
      .set({ title: 'Exam' })
      .where('id', '=', (await at(seriesId, '2026-03-10')).id)
      .execute();
    await edit(seriesId, { change: { title: 'Algebra II' } });
    expect((await sessionsOf(db, seriesId)).map(({ title }) => title)).toEqual(['Algebra II', 'Exam', 'Algebra II']);
  });
});

describe('one act', () => {
  it('a back-to-back series is shifted by an hour in one edit', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    await db
      .updateTable('organisation')
      .set({ durations: [60, 1440] })
      .execute();
    // A camp from ten to ten, day after day: each new time overlaps the old one of the next.
    const { seriesId } = await create({ rrule: 'FREQ=DAILY', time: '10:00', durationMinutes: 1440, occurrences: 7 });
    await edit(seriesId, { change: { time: '11:00' } });
    expect((await wallsOf(db, seriesId)).map((wall) => wall.slice(11))).toEqual(Array(7).fill('11:00'));
    await edit(seriesId, { change: { time: '10:00' } });
    expect((await wallsOf(db, seriesId)).map((wall) => wall.slice(11))).toEqual(Array(7).fill('10:00'));
    await anOrganisation(db);
  });

  it('says every clash, and keeps those where they are that one decides to', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 4 });
    await book('2026-03-10T18:30');
    await book('2026-03-24T17:30');
    const change = { time: '18:00' };
    await expect(edit(seriesId, { change })).rejects.toMatchObject({
      code: 'tutor_conflict',
      details: { occurrences: [{ date: '2026-03-10' }, { date: '2026-03-24' }] },
    });
    await edit(seriesId, {
      change,
      decisions: [
        { date: '2026-03-10', action: 'keep' },
        { date: '2026-03-24', action: 'move', wallStart: '2026-03-25T09:00' },
      ],
    });
    expect((await sessionsOf(db, seriesId)).map(({ wall, seriesException }) => [wall, seriesException])).toEqual([
      ['2026-03-03T18:00', false],
      ['2026-03-10T16:00', true],
      ['2026-03-17T18:00', false],
      ['2026-03-25T09:00', true],
    ]);
  });

  it('sent twice it is done once; on an old reading it is refused', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 6 });
    const { version } = await getSeries(db, seriesId);
    const input = {
      seriesId,
      version,
      editId: randomUUID(),
      scope: 'following',
      from: '2026-03-17',
      change: { time: '17:30' },
    } as const;
    const [one, two] = await Promise.all([editSeries(db, ctx, actor, input), editSeries(db, ctx, actor, input)]);
    expect(one).toEqual({ seriesId: input.editId });
    expect(two).toEqual(one);
    await expect(editSeries(db, ctx, actor, { ...input, editId: randomUUID() })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('another tutor takes them all over: the former is free again, and each is told once', async () => {
    const { create, tutor, client, subject } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 3 });
    const other = await aTutor(db, { subjectIds: [subject.id] });
    const before = await db.selectFrom('mailMessage').select('id').execute();
    await edit(seriesId, { change: { tutorId: other.id } });
    const busy = await db
      .selectFrom('sessionResource')
      .select('sessionId')
      .where('resourceId', '=', tutor.id)
      .where('blocking', '=', true)
      .execute();
    expect(busy).toEqual([]);
    const mails = await db
      .selectFrom('mailMessage')
      .select(['toAddress', 'template'])
      .where(
        'id',
        'not in',
        before.map(({ id }) => id),
      )
      .orderBy('toAddress')
      .execute();
    expect(mails.map(({ toAddress }) => toAddress).sort()).toEqual(
      [tutor.email ?? '', other.email ?? '', client.email ?? ''].sort(),
    );
  });

  it('credits stay with their sessions', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { installs } = await anOrganisation(db);
    await db
      .updateTable('client')
      .set({ billingInstallId: installs['billing-credits'] })
      .where('id', '=', world.client.id)
      .execute();
    await sellPackage(db, ctx, actor, { clientId: world.client.id, credits: 1000n, price: 100n, purchasedOn: '2026-03-01' });
    const balances = async () =>
      (
        await db
          .selectFrom('account')
          .select(['code', 'balance'])
          .where('clientId', '=', world.client.id)
          .where('commodity', '=', 'CREDIT')
          .orderBy('code')
          .execute()
      )
        .filter(({ code }) => code.endsWith(':booked'))
        .map(({ balance }) => balance);
    const { seriesId } = await world.create({ occurrences: 6 });
    expect(await balances()).toEqual([600n]);
    await edit(seriesId, { scope: 'following', from: '2026-03-17', change: { time: '17:30' } });
    expect(await balances()).toEqual([600n]);
  });
});
