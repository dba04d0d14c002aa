import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { readBoard } from '#app/routes/office.board._index/board-data.ts';
import { loader as page } from '#app/routes/office.board._index/route.tsx';
import { action as book } from '#app/routes/office.board.book/route.ts';
import { action as cancel, loader as cancelPreview } from '#app/routes/office.board.cancel/route.ts';
import { action as check } from '#app/routes/office.board.check/route.ts';
import { action as copy } from '#app/routes/office.board.copy/route.ts';
import { loader as data } from '#app/routes/office.board.data/route.ts';
import { action as move } from '#app/routes/office.board.move/route.ts';
import { action as restore } from '#app/routes/office.board.restore/route.ts';
import { loader as facts } from '#app/routes/office.board.session.$id/route.ts';
import { action as views } from '#app/routes/office.board.views/route.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { aPlace } from '#tests/factories/places.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 'board', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db, { meeting: 'meeting-jitsi' });
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const colleague = await aUser(db, { name: 'Noor Khan', roles: ['scheduler'] });
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db, { name: 'One-to-one' });
await aRate(db);
await aRate(db, { side: 'pay', amountPerHour: 3000n });

const system = { userId: null, kind: 'system' } as const;
let tutor: { id: string };
let other: { id: string };
let students: { id: string; clientId: string }[];

beforeEach(async () => {
  tutor = await aTutor(db, { firstName: 'Tess', lastName: 'Marsh', bufferMinutes: 15, subjectIds: [maths.id] });
  other = await aTutor(db, { firstName: 'Sid', lastName: 'Reed', subjectIds: [maths.id] });
  const client = await aClient(db);
  students = await Promise.all(
    ['Ann', 'Ben', 'Cem'].map((firstName) => aStudent(db, { clientId: client.id, firstName, lastName: 'Lee' })),
  );
});

async function aSession(
  wallStart: string,
  student = 0,
  tutorId = tutor.id,
  minutes = 60,
): Promise<{ id: string; version: number }> {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId,
    studentIds: [students[student]?.id ?? ''],
    programId: program.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: minutes,
    mode: 'online',
    billable: true,
  });
  return { id: sessionId, version: 1 };
}

async function argsOf(path: string, body?: unknown, user = scheduler) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const form = body instanceof URLSearchParams ? body : new URLSearchParams({ json: JSON.stringify(body) });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(body === undefined ? {} : { method: 'POST', body: form }),
  });
  const id = path.split(/[/?]/).find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

interface Said {
  ok: boolean;
  code: string;
  message: string;
  clashes: { href: string; text: string }[];
  moved: { sessionId: string; version: number }[];
  booked: string[];
  version: number;
  problems: { severity: string; message: string; clashes: string[] }[];
}

async function answered(response: Promise<Response>): Promise<Said & { status: number }> {
  const answer = await response;
  return { status: answer.status, ...((await answer.json()) as Said) };
}

const moved = async (
  moves: { session: { id: string; version: number }; wallStart: string; tutorId?: string; minutes?: number }[],
  user = scheduler,
) =>
  answered(
    move(
      await argsOf(
        '/office/board/move',
        {
          moves: moves.map(({ session, wallStart, tutorId = tutor.id, minutes = 60 }) => ({
            sessionId: session.id,
            version: session.version,
            tutorId,
            wallStart,
            durationMinutes: minutes,
          })),
        },
        user,
      ),
    ),
  );

const startOf = async (id: string) => {
  const session = await db
    .selectFrom('session')
    .select(['wallStart', 'tutorId', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...session, wallStart: String(session.wallStart).replace(' ', 'T').slice(0, 16) };
};

describe('the week of the board', () => {
  it('has every tutor and every session of its days at its time on the company’s clock, and none of other days', async () => {
    const inside = await aSession('2026-03-04T16:30');
    const last = await aSession('2026-03-08T23:30', 1, other.id);
    const after = await aSession('2026-03-09T00:00', 2);
    const { board, firstDay, days, dayNames } = await page(await argsOf('/office/board?date=2026-03-05'));
    expect([firstDay, days, dayNames.length]).toEqual(['2026-03-02', 7, 7]);
    const { sessions, tutors } = readBoard(board);
    const found = (id: string) => sessions.find((session) => session.id === id);
    expect(found(inside.id)).toMatchObject({
      tutorId: tutor.id,
      day: 2,
      start: 16 * 60 + 30,
      minutes: 60,
      students: ['Ann Lee'],
    });
    expect(found(last.id)).toMatchObject({ tutorId: other.id, day: 6, start: 23 * 60 + 30 });
    expect(found(after.id)).toBeUndefined();
    expect(tutors.find(({ id }) => id === tutor.id)).toMatchObject({ name: 'Tess Marsh', buffer: 15, subjectIds: [maths.id] });
  });

  it('keeps 16:00 at 16:00 in the week of a clock change', async () => {
    const before = await aSession('2026-03-28T16:00');
    const onTheDay = await aSession('2026-03-29T16:00');
    const { sessions } = readBoard((await page(await argsOf('/office/board?date=2026-03-29'))).board);
    for (const { id } of [before, onTheDay]) expect(sessions.find((session) => session.id === id)?.start).toBe(16 * 60);
  });

  it('shows hours, time off and closures where they lie, and a tutor without hours as the company reads that', async () => {
    await db
      .insertInto('availabilityRule')
      .values({ tutorId: tutor.id, weekday: 2, startMinute: 900, endMinute: 1080 })
      .execute();
    await db
      .insertInto('timeOff')
      .values({
        tutorId: tutor.id,
        startsAt: new Date('2026-03-05T00:00:00Z'),
        endsAt: new Date('2026-03-06T00:00:00Z'),
        wallStart: '2026-03-05T00:00',
        wallEnd: '2026-03-06T00:00',
        zone: 'Europe/Dublin',
        status: 'approved',
        reason: 'Dentist',
      })
      .execute();
    const { shades } = readBoard((await page(await argsOf('/office/board?date=2026-03-05'))).board);
    expect(shades.get(tutor.id)?.open).toEqual([{ day: 1, from: 900, to: 1080 }]);
    expect(shades.get(tutor.id)?.away).toEqual([{ day: 3, from: 0, to: 1440, kind: 'time_off', label: 'Dentist' }]);
    expect(shades.get(other.id)?.open).toBeNull();
  });

  it('shows the way from one place to the next, with a warning where it takes too long, and a time somebody is booking', async () => {
    const [near, far] = [
      await aPlace(db, { name: 'Study room' }),
      await aPlace(db, { name: 'Kitchen table', latitude: '53.39' }),
    ];
    const [fromPlaceId = '', toPlaceId = ''] = [near.id, far.id].sort();
    await db.insertInto('travelTime').values({ fromPlaceId, toPlaceId, minutes: 25 }).execute();
    const there = [
      { wallStart: '2026-03-03T10:00', place: near, student: 0 },
      { wallStart: '2026-03-03T11:45', place: far, student: 1 },
      { wallStart: '2026-03-03T13:00', place: near, student: 2 },
    ];
    for (const { wallStart, place, student } of there) {
      const { id } = await aSession(wallStart, student);
      await db.updateTable('session').set({ mode: 'in_person', placeId: place.id }).where('id', '=', id).execute();
    }
    const [startsAt, endsAt] = [new Date('2026-03-04T15:00:00Z'), new Date('2026-03-04T16:00:00Z')];
    const { id: holdId } = await db
      .insertInto('hold')
      .values({ tokenHash: randomUUID(), tutorId: tutor.id, startsAt, endsAt, expiresAt: new Date('2199-01-01T00:00:00Z') })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('sessionResource')
      .values({ holdId, resourceId: tutor.id, busy: `[${startsAt.toISOString()},${endsAt.toISOString()})` })
      .execute();
    const { shades } = readBoard((await page(await argsOf('/office/board?date=2026-03-05'))).board);
    expect(shades.get(tutor.id)?.travel).toEqual([
      { day: 1, from: 660, to: 705, minutes: 25, short: false },
      { day: 1, from: 765, to: 780, minutes: 25, short: true },
    ]);
    expect(shades.get(tutor.id)?.away).toEqual([{ day: 2, from: 900, to: 960, kind: 'held', label: 'Being booked' }]);
  });

  it('sends nothing again while nothing has changed, and the newest once somebody changed something', async () => {
    const session = await aSession('2026-03-03T10:00');
    const ask = async (etag?: string) => {
      const args = (await argsOf('/office/board/data?date=2026-03-03')) as { request: Request };
      if (etag) args.request.headers.set('If-None-Match', etag);
      return data(args as never);
    };
    const first = await ask();
    const etag = first.headers.get('ETag') ?? '';
    expect(readBoard(await first.text()).sessions.some(({ id }) => id === session.id)).toBe(true);
    expect((await ask(etag)).status).toBe(304);
    await moved([{ session, wallStart: '2026-03-03T11:00' }]);
    const changed = await ask(etag);
    expect(changed.status).toBe(200);
    expect(readBoard(await changed.text()).sessions.find(({ id }) => id === session.id)).toMatchObject({
      start: 660,
      version: 2,
    });
  });

  it('a request that nobody answered and a match with nothing planned wait beside it, until something is planned', async () => {
    const [ann, ben] = students;
    if (!ann || !ben) throw new Error('no students');
    await db
      .insertInto('bookingRequest')
      .values({
        kind: 'new',
        source: 'family',
        clientId: ann.clientId,
        studentId: ann.id,
        programId: program.id,
        subjectId: maths.id,
        zone: 'Europe/Dublin',
        wallStart: '2026-03-12T17:00',
        startsAt: new Date('2026-03-12T17:00:00Z'),
        durationMinutes: 60,
      })
      .execute();
    const match = { tutorId: tutor.id, studentId: ben.id, programId: program.id, subjectId: maths.id, startsOn: '2026-03-01' };
    await db.insertInto('engagement').values(match).execute();
    const waiting = async () => {
      const all = (await page(await argsOf('/office/board'))).waiting;
      return all.filter(({ studentId }) => studentId === ann.id || studentId === ben.id);
    };
    expect(await waiting()).toMatchObject([
      { kind: 'request', student: 'Ann Lee', wish: '2026-03-12T17:00', minutes: 60 },
      { kind: 'engagement', student: 'Ben Lee', tutor: 'Tess Marsh', wish: null },
    ]);
    await aSession('2026-03-20T10:00', 1);
    expect((await waiting()).map(({ kind }) => kind)).toEqual(['request']);
  });
});

describe('moving on the board', () => {
  it('to another time, tutor and length at once; back again with the version it then has', async () => {
    const session = await aSession('2026-03-03T09:00');
    const there = await moved([{ session, wallStart: '2026-03-04T10:30', tutorId: other.id, minutes: 90 }]);
    expect(there).toMatchObject({ status: 200, ok: true, moved: [{ sessionId: session.id, version: 2 }] });
    expect(await startOf(session.id)).toMatchObject({ wallStart: '2026-03-04T10:30', tutorId: other.id });
    const back = await moved([{ session: { ...session, version: 2 }, wallStart: '2026-03-03T09:00' }]);
    expect(back.ok).toBe(true);
    expect(await startOf(session.id)).toMatchObject({ wallStart: '2026-03-03T09:00', tutorId: tutor.id });
  });

  it('three back to back move an hour on together, and the family reads of all of them in one mail', async () => {
    const all = [];
    for (const [n, hour] of ['09:00', '10:15', '11:30'].entries()) all.push(await aSession(`2026-03-03T${hour}`, n));
    const [a, b, c] = all;
    if (!a || !b || !c) throw new Error('no sessions');
    const answer = await moved([
      { session: a, wallStart: '2026-03-03T10:15' },
      { session: b, wallStart: '2026-03-03T11:30' },
      { session: c, wallStart: '2026-03-03T12:45' },
    ]);
    expect(answer).toMatchObject({ ok: true });
    expect((await startOf(b.id)).wallStart).toBe('2026-03-03T11:30');
    const client = await db
      .selectFrom('client')
      .select('email')
      .where('id', '=', students[0]?.clientId ?? '')
      .executeTakeFirstOrThrow();
    const mails = await db
      .selectFrom('mailMessage')
      .select('template')
      .where('toAddress', '=', client.email ?? '')
      .where('template', 'in', ['schedule-changed', 'session-changed'])
      .execute();
    expect(mails.map(({ template }) => template)).toEqual(['schedule-changed']);
  });

  it('all of them or none', async () => {
    const [a, b] = [await aSession('2026-03-03T09:00'), await aSession('2026-03-03T11:00', 1)];
    await aSession('2026-03-04T11:00', 2);
    const answer = await moved([
      { session: a, wallStart: '2026-03-04T08:00' },
      { session: b, wallStart: '2026-03-04T11:30' },
    ]);
    expect(answer).toMatchObject({ status: 409, code: 'tutor_conflict' });
    expect(answer.clashes[0]?.text).toContain('Cem Lee');
    expect((await startOf(a.id)).wallStart).toBe('2026-03-03T09:00');
  });

  it('who comes too late is told who was faster, and where the session is now', async () => {
    const session = await aSession('2026-03-03T09:00');
    await moved([{ session, wallStart: '2026-03-03T12:00' }], colleague);
    const late = await moved([{ session, wallStart: '2026-03-03T15:00' }]);
    expect(late).toMatchObject({ status: 409, code: 'conflict' });
    expect(late.clashes[0]?.text).toMatch(/Noor Khan changed it first.*Ann Lee with Tess Marsh is now Tomorrow, 12:00/);
    expect((await startOf(session.id)).wallStart).toBe('2026-03-03T12:00');
  });

  it('bad input is refused with its reason and changes nothing', async () => {
    const session = await aSession('2026-03-03T09:00');
    const nonsense = await answered(move(await argsOf('/office/board/move', { moves: [] })));
    expect(nonsense).toMatchObject({ status: 400, ok: false });
    expect(await moved([{ session, wallStart: '2026-03-29T01:30' }])).toMatchObject({ status: 400, code: 'nonexistent_time' });
    expect(await moved([{ session: { id: randomUUID(), version: 1 }, wallStart: '2026-03-03T10:00' }])).toMatchObject({
      status: 404,
    });
    expect((await startOf(session.id)).wallStart).toBe('2026-03-03T09:00');
  });
});

describe('what a move would break, before it is let go', () => {
  const checked = async (body: unknown) => (await answered(check(await argsOf('/office/board/check', body)))).problems;
  const to = (session: { id: string }, wallStart: string, tutorId = tutor.id) => ({
    sessionId: session.id,
    tutorId,
    wallStart,
    durationMinutes: 60,
  });

  it('nothing, over itself; a buffer and a student’s other session, by name; and nothing was changed by asking', async () => {
    const session = await aSession('2026-03-03T09:00');
    await aSession('2026-03-03T11:00', 1);
    await aSession('2026-03-03T15:00', 0, other.id);
    expect(await checked({ kind: 'move', moves: [to(session, '2026-03-03T09:15')] })).toEqual([]);
    const buffer = await checked({ kind: 'move', moves: [to(session, '2026-03-03T09:50')] });
    expect(buffer.map(({ severity }) => severity)).toContain('blocking');
    const near = await checked({ kind: 'move', moves: [to(session, '2026-03-03T10:00')] });
    expect(near[0]).toMatchObject({ severity: 'blocking' });
    expect(near[0]?.clashes[0]).toContain('Ben Lee');
    const student = await checked({ kind: 'move', moves: [to(session, '2026-03-03T15:00')] });
    expect(student[0]?.message).toMatch(/student already has a session/);
    expect(await startOf(session.id)).toMatchObject({ wallStart: '2026-03-03T09:00' });
  });

  it('outside hours and time off are said, and don’t keep the office from it', async () => {
    await db
      .insertInto('availabilityRule')
      .values({ tutorId: tutor.id, weekday: 2, startMinute: 900, endMinute: 1080 })
      .execute();
    const session = await aSession('2026-03-03T15:00');
    const problems = await checked({ kind: 'move', moves: [to(session, '2026-03-04T10:00')] });
    expect(problems.map(({ severity }) => severity)).toEqual(['warning']);
    expect((await moved([{ session, wallStart: '2026-03-04T10:00' }])).ok).toBe(true);
  });

  it('what is moved along stands in nobody’s way, except where it goes', async () => {
    const [a, b] = [await aSession('2026-03-03T09:00'), await aSession('2026-03-03T10:15', 1)];
    expect(await checked({ kind: 'move', moves: [to(a, '2026-03-03T10:15'), to(b, '2026-03-03T11:30')] })).toEqual([]);
    const both = await checked({ kind: 'move', moves: [to(a, '2026-03-03T13:00'), to(b, '2026-03-03T13:30')] });
    expect(both.map(({ message }) => message)).toContain('Two of the sessions would be at the same time.');
  });
});

describe('copying, cancelling and taking it back', () => {
  it('a copy books the same again; the same request twice books once; a lost place is told', async () => {
    const session = await aSession('2026-03-03T09:00');
    const id = randomUUID();
    const copies = [{ id, sessionId: session.id, tutorId: other.id, wallStart: '2026-03-10T09:00', durationMinutes: 60 }];
    const send = async (body: unknown) => answered(copy(await argsOf('/office/board/copy', body)));
    expect(await send({ copies })).toMatchObject({ ok: true, booked: [id] });
    expect(await send({ copies })).toMatchObject({ ok: true, booked: [id] });
    const again = await send({ copies: [{ ...copies[0], id: randomUUID() }] });
    expect(again).toMatchObject({ status: 409, code: 'tutor_conflict' });
  });

  it('says the consequence, cancels with a reason, and is undone while the time is free', async () => {
    const session = await aSession('2026-03-03T09:00');
    const preview = await cancelPreview(await argsOf(`/office/board/cancel?session=${session.id}&by=client`));
    const { consequence, reasons } = (await preview.json()) as { consequence: { title: string }; reasons: unknown[] };
    expect(consequence.title).toMatch(/late|in time/i);
    expect(reasons.length).toBeGreaterThan(0);
    const body = { sessionId: session.id, by: 'client', reason: 'Ill' };
    const done = await answered(cancel(await argsOf('/office/board/cancel', body)));
    expect(done.ok).toBe(true);
    expect((await startOf(session.id)).status).toMatch(/cancelled/);
    expect(await answered(cancel(await argsOf('/office/board/cancel', body)))).toMatchObject({ status: 409 });
    expect(await answered(restore(await argsOf('/office/board/restore', { sessionId: session.id })))).toMatchObject({ ok: true });
    expect((await startOf(session.id)).status).toBe('scheduled');
  });

  it('the drawer has the facts of a session and how to make the same again', async () => {
    const session = await aSession('2026-03-03T09:00');
    const view = (await (await facts(await argsOf(`/office/board/session/${session.id}`))).json()) as Record<string, unknown>;
    expect(view).toMatchObject({ title: 'Maths', date: '2026-03-03', time: '09:00', stuck: null, over: false, version: 1 });
    expect(String(view.again)).toContain(`student=${students[0]?.id}`);
  });
});

describe('booking in the drawer', () => {
  const form = (over: Record<string, string> = {}) =>
    new URLSearchParams({
      id: randomUUID(),
      programId: program.id,
      subjectId: maths.id,
      tutorId: tutor.id,
      studentIds: students[0]?.id ?? '',
      date: '2026-03-12',
      time: '17:00',
      durationMinutes: '60',
      mode: 'online',
      billable: 'on',
      ...over,
    });
  const send = async (body: URLSearchParams) =>
    (await book(await argsOf('/office/board/book', body))) as unknown as {
      data: { booked: string | null; problem?: { errors: Record<string, string> }; values: Record<string, unknown> };
      init: { status?: number } | null;
    };

  it('answers with the session, or with what is wrong and all that was typed', async () => {
    const booked = await send(form());
    expect(booked.data.booked).toMatch(/^[\da-f-]{36}$/);
    const refused = await send(form({ title: 'Kept' }));
    expect(refused.init?.status).toBe(409);
    expect(refused.data).toMatchObject({ booked: null, values: { title: 'Kept' } });
    expect(refused.data.problem?.errors.tutorId).toMatch(/taken/);
  });

  it('accepts the request that was dragged in, at the time it was put, and only for what was asked', async () => {
    const [ann, ben] = students;
    if (!ann || !ben) throw new Error('no students');
    const { id: requestId } = await db
      .insertInto('bookingRequest')
      .values({
        kind: 'new',
        source: 'family',
        clientId: ann.clientId,
        studentId: ann.id,
        programId: program.id,
        subjectId: maths.id,
        zone: 'America/New_York',
        wallStart: '2026-03-12T12:00',
        startsAt: new Date('2026-03-12T16:00:00Z'),
        durationMinutes: 60,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const another = await send(form({ requestId, studentIds: ben.id }));
    expect(another.data.problem?.errors.studentIds).toMatch(/asked for something else/);
    const accepted = await send(form({ requestId, tutorId: other.id, time: '18:00' }));
    expect(accepted.data.booked).not.toBeNull();
    const request = await db.selectFrom('bookingRequest').selectAll().where('id', '=', requestId).executeTakeFirstOrThrow();
    expect(request).toMatchObject({ status: 'accepted', resultSessionId: accepted.data.booked });
    const session = await db
      .selectFrom('session')
      .select(['startsAt', 'tutorId'])
      .where('id', '=', accepted.data.booked ?? '')
      .executeTakeFirstOrThrow();
    expect(session).toEqual({ startsAt: new Date('2026-03-12T18:00:00Z'), tutorId: other.id });
  });
});

describe('saved views', () => {
  const tell = async (body: unknown, user = scheduler) => {
    const response = await views(await argsOf('/office/board/views', body, user));
    return {
      status: response.status,
      ...((await response.json()) as {
        error: string | null;
        views: { id: string; name: string; own: boolean; search: string; shared: boolean }[];
      }),
    };
  };

  it('are kept without the day, shared with the office when asked, and changed by their owner alone', async () => {
    const saved = await tell({ intent: 'save', name: 'Maths', search: 'subject=x&date=2026-03-02&session=y', shared: false });
    const [view] = saved.views;
    if (!view) throw new Error('no view');
    expect(view).toMatchObject({ name: 'Maths', search: 'subject=x', own: true });
    expect((await tell({ intent: 'delete', id: randomUUID() }, colleague)).views).toEqual([]);
    await tell({ intent: 'change', id: view.id, name: 'Maths only', shared: true });
    expect((await tell({ intent: 'change', id: view.id, name: 'Mine now', shared: true }, colleague)).status).toBe(400);
    const theirs = await tell({ intent: 'delete', id: view.id }, colleague);
    expect(theirs.views).toMatchObject([{ name: 'Maths only', own: false, shared: true }]);
    expect((await tell({ intent: 'save', name: '', search: '', shared: false })).error).toBe('Give the view a name');
    expect((await tell({ intent: 'delete', id: view.id })).views).toEqual([]);
  });
});
