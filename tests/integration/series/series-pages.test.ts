import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { rollSeries } from '#app/domain/series/roll-series.server.ts';
import { loader as today } from '#app/routes/office._index/route.tsx';
import { loader as list } from '#app/routes/office.series._index/route.tsx';
import { action as page, loader as showPage } from '#app/routes/office.series.$id._index/route.tsx';
import { loader as showStop, action as stop } from '#app/routes/office.series.$id.cancel/route.tsx';
import { action as change, loader as showChange } from '#app/routes/office.series.$id.edit/route.tsx';
import { action as pause } from '#app/routes/office.series.$id.pause/route.tsx';
import { loader as sessionPage } from '#app/routes/office.sessions.$id._index/route.tsx';
import { loader as cancelOne } from '#app/routes/office.sessions.$id.cancel/route.tsx';
import { action as editOne } from '#app/routes/office.sessions.$id.edit/route.tsx';
import { action as moveOne } from '#app/routes/office.sessions.$id.reschedule/route.tsx';
import { action as book } from '#app/routes/office.sessions.new/route.tsx';
import { anOrganisation, aRate, aStudent, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aSeriesWorld, sessionsOf, skipsOf, wallsOf } from './world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
let scheduler: { id: string };

beforeAll(async () => {
  await anOrganisation(db);
  await aRate(db);
  scheduler = await aUser(db, { roles: ['scheduler'] });
});
beforeEach(() => ctx.setNow('2026-03-02T09:00:00Z'));

type Form = [string, string][] | Record<string, string>;

async function args(path: string, form?: Form) {
  const token = await startSession(db, ctx.clock(), scheduler.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}

/** What an action answered: its data and status, or where it led. */
async function answerOf(work: Promise<unknown>) {
  const answer = (await work) as { data: Record<string, never>; init: { status: number } } | Response;
  if (answer instanceof Response) return { to: answer.headers.get('location') ?? '' };
  // biome-ignore lint/suspicious/noExplicitAny: each page answers otherwise
  return { ...(answer.data as any), status: answer.init.status };
}

const bookingForm = (
  world: Awaited<ReturnType<typeof aSeriesWorld>>,
  over: Record<string, string> = {},
): Record<string, string> => ({
  id: randomUUID(),
  programId: world.program.id,
  subjectId: world.subject.id,
  tutorId: world.tutor.id,
  studentIds: world.student.id,
  date: '2026-03-03',
  time: '16:00',
  durationMinutes: '60',
  mode: 'in_person',
  location: 'Room 4',
  billable: 'on',
  repeat: 'weekly',
  ends: 'count',
  count: '4',
  intent: 'book',
  ...over,
});

describe('a series is booked from the booking form', () => {
  it('after its days were seen: what is in the way is decided there, and nothing is written before', async () => {
    const world = await aSeriesWorld(db, ctx);
    await world.book('2026-03-10T16:30', { studentIds: [(await aStudent(db)).id] });
    const form = bookingForm(world);
    const seen = await answerOf(book(await args('/office/sessions/new', form)));
    expect(seen.series).toMatchObject({ rule: expect.stringMatching(/^Every Tuesday at 16:00, 4 times/), plain: { length: 3 } });
    expect(seen.series.days).toMatchObject([
      { date: '2026-03-10', choice: 'skip', choices: [{ value: 'skip' }, { value: 'move' }] },
    ]);
    expect(seen.series.days[0].marks[0].clashes).toHaveLength(1);
    expect(
      await db
        .selectFrom('series')
        .select('id')
        .where('id', '=', form.id ?? '')
        .execute(),
    ).toEqual([]);

    const fields = Object.fromEntries(seen.series.fields);
    const decided = {
      ...fields,
      'decision.2026-03-10': 'move',
      'moveTo.2026-03-10': '2026-03-11T09:00',
      intent: 'create-series',
    };
    const [one, two] = [
      await answerOf(book(await args('/office/sessions/new', decided))),
      await answerOf(book(await args('/office/sessions/new', decided))),
    ];
    expect([one.to, two.to]).toEqual([`/office/series/${form.id}`, `/office/series/${form.id}`]);
    expect(await wallsOf(db, form.id ?? '')).toEqual([
      '2026-03-03T16:00',
      '2026-03-11T09:00',
      '2026-03-17T16:00',
      '2026-03-24T16:00',
    ]);
  });

  it('what is wrong stands at its field, with everything that was typed', async () => {
    const world = await aSeriesWorld(db, ctx);
    const none = await answerOf(book(await args('/office/sessions/new', bookingForm(world, { tutorId: '', count: 'many' }))));
    expect(none).toMatchObject({
      status: 400,
      series: null,
      problem: { errors: { tutorId: expect.anything(), count: 'Enter how many sessions' } },
    });
    expect(none).toMatchObject({ repeat: { repeat: 'weekly', count: 'many' }, values: { location: 'Room 4' } });
    const many = await answerOf(book(await args('/office/sessions/new', bookingForm(world, { count: '10000' }))));
    expect(many).toMatchObject({ status: 400, problem: { errors: { count: expect.stringContaining('leave the end open') } } });
    const rate = await answerOf(book(await args('/office/sessions/new', bookingForm(world, { plan: 'Fractions' }))));
    expect(rate).toMatchObject({ status: 400, problem: { errors: { plan: expect.stringContaining('one session') } } });
  });

  it('a clash that came meanwhile brings the days back, with what was decided', async () => {
    const world = await aSeriesWorld(db, ctx);
    const form = bookingForm(world);
    await world.book('2026-03-17T16:30', { studentIds: [(await aStudent(db)).id] });
    const answer = await answerOf(book(await args('/office/sessions/new', { ...form, intent: 'create-series' })));
    expect(answer).toMatchObject({ status: 409, problem: { message: expect.stringContaining('One day of the series clashes') } });
    expect(answer.series.days).toMatchObject([{ date: '2026-03-17' }]);
    expect((await answerOf(book(await args('/office/sessions/new', { ...form, intent: 'edit' })))).series).toBeNull();
  });
});

describe('the page of a series', () => {
  it('says its rule, its next sessions, exceptions, days left out and history', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({
      occurrences: 5,
      decisions: [
        { date: '2026-03-10', action: 'skip' },
        { date: '2026-03-17', action: 'move', wallStart: '2026-03-18T10:00' },
      ],
    });
    const shown = await showPage(await args(`/office/series/${seriesId}`));
    expect(shown).toMatchObject({
      rule: 'Every Tuesday at 16:00, 5 times',
      members: [{ studentId: world.student.id }],
      skips: [{ date: '2026-03-10' }],
    });
    expect(shown.sessions.map(({ instead }) => instead !== null)).toEqual([false, true, false, false]);
    expect(shown.history).toMatchObject([{ what: 'Planned', changes: ['4 sessions'] }]);
    const { rows } = await list(await args('/office/series'));
    expect(rows.find(({ id }) => id === seriesId)).toMatchObject({ left: 4, tutor: expect.stringContaining('Tess') });
  });

  it('a day that the carrying on left out is counted for the office until somebody decides', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({ occurrences: null, untilOn: null });
    const other = (await aStudent(db)).id;
    await world.book('2026-06-02T16:30', { studentIds: [other] });
    await world.book('2026-06-09T16:30', { studentIds: [other] });
    ctx.setNow('2026-03-16T09:00:00Z');
    await rollSeries(db, ctx, seriesId);
    const waiting = async () => (await today(await args('/office'))).waiting.find(({ label }) => label === 'left-out')?.count;
    expect(await waiting()).toBe(2);
    const { rows } = await list(await args('/office/series?decide=1'));
    expect(rows).toMatchObject([{ id: seriesId, toDecide: 2 }]);
    const formId = randomUUID();
    const planned = { intent: 'book-skip', date: '2026-06-02', formId, wallStart: '2026-06-03T10:00' };
    expect(await answerOf(page(await args(`/office/series/${seriesId}`, planned)))).toEqual({ to: `/office/series/${seriesId}` });
    expect(await answerOf(page(await args(`/office/series/${seriesId}`, planned)))).toEqual({ to: `/office/series/${seriesId}` });
    await page(await args(`/office/series/${seriesId}`, { intent: 'accept-skip', date: '2026-06-09' }));
    expect(await waiting()).toBe(0);
    expect(await skipsOf(db, seriesId)).toEqual([['2026-06-09', 'clash']]);
    expect((await sessionsOf(db, seriesId)).find(({ date }) => date === '2026-06-02')).toMatchObject({
      wall: '2026-06-03T10:00',
      seriesException: true,
    });
  });
});

describe('on the page of one session', () => {
  it('its series is named, and what is meant for more leads to the change of the series', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({ occurrences: 4 });
    const [, second] = await sessionsOf(db, seriesId);
    const id = second?.id ?? '';
    expect((await sessionPage(await args(`/office/sessions/${id}`))).series).toMatchObject({
      id: seriesId,
      date: '2026-03-10',
      instead: null,
    });

    const typed = {
      scope: 'following',
      date: '2026-03-12',
      time: '17:00',
      durationMinutes: '60',
      tutorId: world.tutor.id,
      version: '1',
    };
    const { to } = await answerOf(moveOne(await args(`/office/sessions/${id}/reschedule`, typed)));
    expect(to).toContain(`/office/series/${seriesId}/edit?scope=following&from=2026-03-10&day=2026-03-12`);
    const shown = await showChange(await args(to));
    expect(shown.values).toMatchObject({
      scope: 'following',
      from: '2026-03-10',
      time: '17:00',
      repeat: { repeat: 'weekly', weekdays: ['TH'] },
    });

    const leads = await answerOf(
      cancelOne(await args(`/office/sessions/${id}/cancel?scope=following&by=client`)).catch((answer: unknown) => answer),
    );
    expect(leads.to).toBe(`/office/series/${seriesId}/cancel?scope=following&by=client&from=2026-03-10`);
    const edited = {
      scope: 'all',
      version: '1',
      title: 'Algebra',
      subjectId: world.subject.id,
      location: '',
      description: '',
      plan: '',
      billable: 'on',
    };
    expect((await answerOf(editOne(await args(`/office/sessions/${id}/edit`, edited)))).to).toContain('title=Algebra');
  });

  it('moved by itself it is an exception', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({ occurrences: 4 });
    const [, second] = await sessionsOf(db, seriesId);
    const typed = {
      scope: 'this',
      date: '2026-03-12',
      time: '17:00',
      durationMinutes: '60',
      tutorId: world.tutor.id,
      version: '1',
    };
    await moveOne(await args(`/office/sessions/${second?.id}/reschedule`, typed));
    expect((await sessionsOf(db, seriesId))[1]).toMatchObject({ wall: '2026-03-12T17:00', seriesException: true });
  });
});

describe('a series is changed', () => {
  const form = (world: Awaited<ReturnType<typeof aSeriesWorld>>, over: Record<string, string> = {}): Record<string, string> => ({
    version: '1',
    editId: randomUUID(),
    day: '2026-03-10',
    scope: 'following',
    from: '2026-03-10',
    time: '17:00',
    durationMinutes: '60',
    tutorId: world.tutor.id,
    title: '',
    location: '',
    description: '',
    repeat: '',
    ends: '',
    until: '',
    count: '',
    intent: 'preview',
    ...over,
  });

  it('after it was seen what moves, what clashes and what stays', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({ occurrences: 4 });
    await world.book('2026-03-17T17:30', { studentIds: [(await aStudent(db)).id] });
    const typed = form(world);
    const seen = await answerOf(change(await args(`/office/series/${seriesId}/edit`, typed)));
    expect(seen.preview).toMatchObject({ cut: true, moved: { length: 2 }, days: [{ date: '2026-03-17', choice: 'keep' }] });
    expect(await wallsOf(db, seriesId)).toHaveLength(4);
    const fields = Object.fromEntries(seen.fields);
    const undecided = await answerOf(change(await args(`/office/series/${seriesId}/edit`, { ...fields, intent: 'apply' })));
    expect(undecided).toMatchObject({ status: 409, preview: { days: [{ date: '2026-03-17' }] } });
    const done = await answerOf(
      change(await args(`/office/series/${seriesId}/edit`, { ...fields, 'decision.2026-03-17': 'keep', intent: 'apply' })),
    );
    expect(done.to).toBe(`/office/series/${typed.editId}`);
    expect(await wallsOf(db, typed.editId ?? '')).toEqual(['2026-03-10T17:00', '2026-03-17T16:00', '2026-03-24T17:00']);
  });

  it('a wrong time stands at its field, and going back keeps what was typed', async () => {
    const world = await aSeriesWorld(db, ctx);
    const { seriesId } = await world.create({ occurrences: 4 });
    const wrong = await answerOf(change(await args(`/office/series/${seriesId}/edit`, form(world, { time: '', ends: 'until' }))));
    expect(wrong).toMatchObject({ status: 400, problem: { errors: { time: 'Choose a time', until: 'Enter the last day' } } });
    const back = await answerOf(change(await args(`/office/series/${seriesId}/edit`, form(world, { intent: 'edit' }))));
    expect(back).toMatchObject({ preview: null, values: { time: '17:00' } });
  });
});

it('stopping says the fee of what is too late before, and does it once', async () => {
  const world = await aSeriesWorld(db, ctx);
  const { seriesId } = await world.create({ occurrences: 4 });
  ctx.setNow('2026-03-03T10:00:00Z');
  const shown = await showStop(await args(`/office/series/${seriesId}/cancel?by=client`));
  expect(shown.view).toMatchObject({ count: 4, late: { length: 1 }, fee: expect.stringContaining('€') });
  const typed = { scope: 'all', from: '2026-03-03', by: 'client', reason: 'moves away', reasonId: '' };
  expect(await answerOf(stop(await args(`/office/series/${seriesId}/cancel`, typed)))).toEqual({
    to: `/office/series/${seriesId}`,
  });
  expect(await answerOf(stop(await args(`/office/series/${seriesId}/cancel`, typed)))).toEqual({
    to: `/office/series/${seriesId}`,
  });
  expect((await sessionsOf(db, seriesId)).map(({ status }) => status)).toEqual([
    'late_cancelled',
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
});

it('a pause that ends before it begins is refused at its field', async () => {
  const world = await aSeriesWorld(db, ctx);
  const { seriesId } = await world.create({ occurrences: 4 });
  const typed = { from: '2026-03-20', to: '2026-03-10', by: 'office', reason: '' };
  const answer = await answerOf(pause(await args(`/office/series/${seriesId}/pause`, typed)));
  expect(answer).toMatchObject({ status: 400, problem: { errors: { to: expect.stringContaining('before the first') } } });
});
