import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { createSeries, type RefusedOccurrence } from '#app/domain/series/create-series.server.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { previewSeries } from '#app/domain/series/preview-series.server.ts';
import { recordStatements } from '#tests/bench/recorder.ts';
import { anOrganisation, aStudent } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { actor, aSeriesWorld, sessionsOf, skipsOf, wallsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
beforeAll(() => anOrganisation(db));

const refusedOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isDomainError(error)) throw error ?? new Error('it was not refused');
  return { error, occurrences: (error.details as { occurrences: RefusedOccurrence[] }).occurrences };
};

describe('a series is made', () => {
  it('with all its sessions, at 16:00 before and after the clocks change', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ occurrences: 6 });
    const sessions = await sessionsOf(db, seriesId);
    expect(sessions.map((session) => session.wall.slice(11))).toEqual(Array(6).fill('16:00'));
    expect(sessions.map((session) => session.startsAt.toISOString().slice(0, 16))).toEqual([
      '2026-03-03T16:00',
      '2026-03-10T16:00',
      '2026-03-17T16:00',
      '2026-03-24T16:00',
      '2026-03-31T15:00',
      '2026-04-07T15:00',
    ]);
  });

  it('an open one as far as the horizon, a count and a last day to their end', async () => {
    const world = await aSeriesWorld(db, ctx);
    const open = await world.create({ occurrences: null, untilOn: null });
    // 90 days from 2 March.
    expect((await wallsOf(db, open.seriesId)).at(-1)).toBe('2026-05-26T16:00');
    const until = await world.create({ time: '18:00', untilOn: '2026-03-24' });
    expect(await wallsOf(db, until.seriesId)).toHaveLength(4);
  });

  it('once, however often the form is sent', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const id = randomUUID();
    const [one, two, three] = await Promise.all([create({ id }), create({ id }), create({ id })]);
    expect([one.seriesId, two.seriesId, three.seriesId]).toEqual([id, id, id]);
    expect(await sessionsOf(db, id)).toHaveLength(10);
  });

  it('and everybody is told of it in one mail', async () => {
    const { create, tutor, client } = await aSeriesWorld(db, ctx);
    await create();
    for (const address of [tutor.email ?? '', client.email ?? '']) {
      const mails = await db.selectFrom('mailMessage').select('template').where('toAddress', '=', address).execute();
      expect(mails).toEqual([{ template: 'schedule-changed' }]);
    }
  });

  it('a series of 10,000 is refused plainly', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    await expect(create({ occurrences: 10_000 })).rejects.toThrow(/1 to 1000 sessions.*leave the end open/);
  });

  it('a course may have nobody in it yet', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({ studentIds: [], capacity: 6 });
    expect((await sessionsOf(db, seriesId)).map(({ status }) => status)).toEqual(Array(10).fill('scheduled'));
  });
});

describe('a clash at the k-th occurrence (cal.com 16387)', () => {
  it('refuses all, and says all clashes with all they are with', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    const other = await aStudent(db);
    const third = await book('2026-03-17T16:30', { studentIds: [other.id] });
    const fifth = await book('2026-03-31T15:30', { studentIds: [other.id] });
    const { error, occurrences } = await refusedOf(create());
    expect(error).toMatchObject({ code: 'tutor_conflict', message: expect.stringContaining('2 days of the series clash') });
    expect(occurrences.map(({ date, problems }) => [date, problems[0]?.sessions?.map(({ id }) => id)])).toEqual([
      ['2026-03-17', [third]],
      ['2026-03-31', [fifth]],
    ]);
  });

  it('books the rest when told so, and keeps why a day was left out', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    await book('2026-03-17T16:30');
    const { seriesId } = await create({ clashes: 'skip' });
    expect(await wallsOf(db, seriesId)).toHaveLength(9);
    expect(await skipsOf(db, seriesId)).toEqual([['2026-03-17', 'clash']]);
  });

  it('moves a single one when told so: an exception of its day', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    await book('2026-03-17T16:30');
    const { seriesId } = await create({ decisions: [{ date: '2026-03-17', action: 'move', wallStart: '2026-03-18T17:00' }] });
    const moved = (await sessionsOf(db, seriesId)).find(({ date }) => date === '2026-03-17');
    expect(moved).toMatchObject({ wall: '2026-03-18T17:00', seriesException: true });
  });

  it('a day decided for that meanwhile clashes is told, not booked over', async () => {
    const { create, book } = await aSeriesWorld(db, ctx);
    const taken = await book('2026-03-18T17:00');
    const { occurrences } = await refusedOf(
      create({ decisions: [{ date: '2026-03-17', action: 'move', wallStart: '2026-03-18T17:00' }] }),
    );
    expect(occurrences).toMatchObject([{ date: '2026-03-17', wallStart: '2026-03-18T17:00' }]);
    expect(occurrences[0]?.problems[0]?.sessions?.[0]?.id).toBe(taken);
  });

  it('the office may overrule a student’s clash on all days, never a tutor’s', async () => {
    const { create, student, book } = await aSeriesWorld(db, ctx);
    const elsewhere = await aSeriesWorld(db, ctx);
    await elsewhere.book('2026-03-10T16:00', { studentIds: [student.id] });
    expect((await refusedOf(create())).error.code).toBe('student_conflict');
    const { seriesId } = await create({ overruleStudentConflict: true });
    expect(await wallsOf(db, seriesId)).toHaveLength(10);
    await book('2026-03-12T10:00');
    expect(
      (
        await refusedOf(
          create({ startsOn: '2026-03-12', rrule: 'FREQ=WEEKLY;BYDAY=TH', time: '10:30', overruleStudentConflict: true }),
        )
      ).error.code,
    ).toBe('tutor_conflict');
  });
});

describe('days on which nobody teaches', () => {
  it('are left out with their reason, unless somebody decides otherwise', async () => {
    const { create, tutor, input, program } = await aSeriesWorld(db, ctx);
    await db
      .insertInto('closure')
      .values({ name: 'St Patrick’s Day', startsOn: '2026-03-17', endsOn: '2026-03-17', programId: program.id })
      .execute();
    await db
      .insertInto('timeOff')
      .values({
        tutorId: tutor.id,
        startsAt: new Date('2026-03-24T00:00:00Z'),
        endsAt: new Date('2026-03-25T00:00:00Z'),
        wallStart: '2026-03-24T00:00',
        wallEnd: '2026-03-25T00:00',
        zone: 'Europe/Dublin',
        status: 'approved',
      })
      .execute();
    const preview = await previewSeries(db, ctx, input());
    const said = preview.occurrences.filter(({ action }) => action === 'skip');
    expect(said.map(({ occurrence, findings }) => [occurrence.date, findings.problems.map(({ code }) => code)])).toEqual([
      ['2026-03-17', ['closed']],
      ['2026-03-24', ['time_off']],
    ]);
    const { seriesId } = await create({ decisions: [{ date: '2026-03-24', action: 'book' }] });
    expect(await skipsOf(db, seriesId)).toEqual([['2026-03-17', 'closure']]);
    expect(await wallsOf(db, seriesId)).toContain('2026-03-24T16:00');
  });

  it('a time the clocks skip is told at its day, and the others are booked', async () => {
    const { create, input } = await aSeriesWorld(db, ctx);
    const sundays = { rrule: 'FREQ=WEEKLY;BYDAY=SU', startsOn: '2026-03-22', time: '01:30', occurrences: 3 };
    const preview = await previewSeries(db, ctx, input(sundays));
    expect(preview.occurrences.map(({ action }) => action)).toEqual(['book', 'skip', 'book']);
    expect(preview.occurrences[1]?.findings.problems[0]).toMatchObject({
      code: 'nonexistent_time',
      message: expect.stringContaining('01:30'),
    });
    const { seriesId } = await create(sundays);
    expect(await wallsOf(db, seriesId)).toEqual(['2026-03-22T01:30', '2026-04-05T01:30']);
  });

  it('where clocks go by half an hour a lesson at 02:10 has its gap too (Lord Howe)', async () => {
    const { create } = await aSeriesWorld(db, ctx);
    const { seriesId } = await create({
      rrule: 'FREQ=WEEKLY;BYDAY=SU',
      startsOn: '2026-09-27',
      time: '02:15',
      occurrences: 3,
      zone: 'Australia/Lord_Howe',
    });
    expect(await wallsOf(db, seriesId)).toEqual(['2026-09-27T02:15', '2026-10-11T02:15']);
    expect((await sessionsOf(db, seriesId)).map(({ startsAt }) => startsAt.toISOString().slice(0, 16))).toEqual([
      '2026-09-26T15:45',
      '2026-10-10T15:15',
    ]);
  });
});

it('the preview says everything, and writes nothing', async () => {
  const { input, book, tutor } = await aSeriesWorld(db, ctx);
  await book('2026-03-17T16:30');
  await book('2026-04-07T16:00');
  const before = await db
    .selectFrom('session')
    .select(({ fn }) => fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  const preview = await previewSeries(db, ctx, input());
  expect(preview.occurrences.filter(({ action }) => action === 'undecided').map(({ occurrence }) => occurrence.date)).toEqual([
    '2026-03-17',
    '2026-04-07',
  ]);
  expect(preview.places).toHaveLength(1);
  expect(await db.selectFrom('series').select('id').where('tutorId', '=', tutor.id).execute()).toEqual([]);
  expect(
    await db
      .selectFrom('session')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow(),
  ).toEqual(before);
});

it('a series takes a credit for each session, all or nothing', async () => {
  const world = await aSeriesWorld(db, ctx);
  const { installs } = await anOrganisation(db);
  await db
    .updateTable('client')
    .set({ billingInstallId: installs['billing-credits'] })
    .where('id', '=', world.client.id)
    .execute();
  await db
    .updateTable('pluginInstall')
    .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'refuse' }) })
    .where('id', '=', installs['billing-credits'])
    .execute();
  await sellPackage(db, ctx, actor, { clientId: world.client.id, credits: 800n, price: 100n, purchasedOn: '2026-03-01' });
  const preview = await previewSeries(db, ctx, world.input());
  expect(preview.problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('has credits for 8 of the 10 sessions'),
  );
  await expect(world.create()).rejects.toMatchObject({ code: 'insufficient_credits' });
  expect(await db.selectFrom('series').select('id').where('tutorId', '=', world.tutor.id).execute()).toEqual([]);
  const { seriesId } = await world.create({ occurrences: 8 });
  expect(await wallsOf(db, seriesId)).toHaveLength(8);
});

it('two series for the same hours at once: one is made, the other is told every clash', async () => {
  const world = await aSeriesWorld(db, ctx);
  const others = await Promise.all([aStudent(db), aStudent(db)]);
  const results = await Promise.allSettled(
    others.map(({ id }) => createSeries(db, ctx, actor, world.input({ studentIds: [id] }))),
  );
  const lost = results.find((result) => result.status === 'rejected');
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(lost?.reason).toMatchObject({ code: 'tutor_conflict', details: { occurrences: { length: 10 } } });
});

it('two hundred sessions are planned and moved with a few statements each', async () => {
  const { create } = await aSeriesWorld(db, ctx);
  const daily = { rrule: 'FREQ=DAILY', occurrences: 200 };
  let seriesId = '';
  const made = await recordStatements(async () => {
    seriesId = (await create(daily)).seriesId;
  });
  expect(made.length).toBeLessThan(200 * 8);
  const moved = await recordStatements(() =>
    editSeries(db, ctx, actor, {
      seriesId,
      version: 1,
      editId: randomUUID(),
      scope: 'all',
      from: '2026-03-03',
      change: { time: '17:00' },
    }),
  );
  expect(moved.length).toBeLessThan(200 * 8);
});
