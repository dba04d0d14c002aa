import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CloseCode } from '#app/domain/classroom/protocol.ts';
import { action } from '#app/routes/classroom.$id_.reopen/route.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { classroomGround, type Lesson, openPage, type Page, until } from './ground.ts';

const ground = await classroomGround(await testDatabase());
const { db, ctx, cookieOf } = ground;
const one = await ground.aProcess();
const two = await ground.aProcess();
const pages: Page[] = [];
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(() => ground.stop());

async function enter(lesson: Lesson, who: { id: string }, process: { port: number } = one): Promise<Page> {
  const page = openPage(process.port, lesson.sessionId, await cookieOf(who));
  pages.push(page);
  return page;
}

/** Tutor and student in the room, each at a process of their own unless told. */
async function both(lesson: Lesson, at: { port: number } = two): Promise<[Page, Page]> {
  const tutor = await enter(lesson, lesson.tutor);
  await tutor.next('welcome');
  const student = await enter(lesson, lesson.student, at);
  await student.next('welcome');
  await tutor.next('people', ({ people }) => people.some(({ key, state }) => key === lesson.student.id && state === 'waiting'));
  tutor.send({ t: 'admit', key: lesson.student.id, yes: true });
  await student.next('admitted');
  await student.next('welcome');
  await tutor.next('people', ({ people }) => people.some(({ key, state }) => key === lesson.student.id && state === 'admitted'));
  return [tutor, student];
}

const status = (url: string, headers: Record<string, string>) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => resolve(101));
    socket.on('error', () => {});
  });

describe('the door', () => {
  test('is shut to another site, whoever is signed in', async () => {
    const lesson = await ground.aLesson();
    const cookie = await cookieOf(lesson.tutor);
    const url = `ws://127.0.0.1:${one.port}/classroom/${lesson.sessionId}/socket`;
    expect(await status(url, { cookie, origin: 'https://evil.test' })).toBe(403);
    expect(await status(url, { cookie })).toBe(403);
    expect(await status(`ws://127.0.0.1:${one.port}/elsewhere`, { cookie, origin: 'http://lectern.test' })).toBe(404);
  });

  test('is shut to whoever is not signed in, or not of this session', async () => {
    const lesson = await ground.aLesson();
    const other = await ground.aLesson();
    lesson.at(0);
    const nobody = openPage(one.port, lesson.sessionId, '');
    expect(await nobody.end()).toMatchObject({ code: CloseCode.refused, reason: expect.stringMatching(/^signed_out /) });
    for (const who of [other.student, other.parent, other.tutor]) {
      const stranger = await enter(lesson, who);
      expect(await stranger.end()).toMatchObject({ code: CloseCode.refused, reason: expect.stringMatching(/^not_found /) });
      expect(stranger.heard).toEqual([]);
    }
  });

  test('opens with the join window and closes with the session, but for who was in', async () => {
    const lesson = await ground.aLesson();
    lesson.at(-30);
    expect(await (await enter(lesson, lesson.tutor)).end()).toMatchObject({ reason: expect.stringMatching(/^too_early /) });
    lesson.at(-5);
    const tutor = await enter(lesson, lesson.tutor);
    await tutor.next('welcome');
    lesson.at(70);
    tutor.cut();
    await tutor.next('welcome');
    const late = await enter(lesson, lesson.student);
    expect(await late.end()).toMatchObject({ code: CloseCode.ended, reason: expect.stringMatching(/^over /) });
    lesson.at(80);
    await one.sockets.look();
    expect(await tutor.end()).toMatchObject({ code: CloseCode.ended });
  });
});

describe('the lobby', () => {
  test('the student waits, knows whether the tutor is there, and sees nothing until let in', async () => {
    const lesson = await ground.aLesson();
    const student = await enter(lesson, lesson.student);
    expect(await student.next('welcome')).toMatchObject({
      ...{ you: { state: 'waiting', role: 'guest', name: 'Mia Vale' }, people: [], messages: [], hostHere: false },
    });
    const tutor = await enter(lesson, lesson.tutor, two);
    await student.next('host', ({ here }) => here);
    tutor.doc.getMap('board').set('secret', 1);
    tutor.send({ t: 'chat', id: randomUUID(), body: 'Secret', fileId: null });
    await tutor.next('chat');
    student.doc.getMap('board').set('mine', 1);
    student.send({ t: 'admit', key: lesson.student.id, yes: true });
    expect(await student.next('refused')).toMatchObject({ what: 'admit' });
    student.send({ t: 'signal', to: lesson.tutor.id, data: { call: 'a' } });
    await student.next('refused');
    expect(JSON.stringify(student.heard)).not.toContain('Secret');
    expect(student.doc.getMap('board').has('secret')).toBe(false);
    expect(tutor.doc.getMap('board').has('mine')).toBe(false);
    tutor.send({ t: 'admit', key: lesson.student.id, yes: true });
    await student.next('admitted');
    expect((await student.next('welcome')).messages.map(({ body }) => body)).toEqual(['Secret']);
    await until('both have both', () => student.doc.getMap('board').has('secret') && tutor.doc.getMap('board').has('mine'));
  });

  test('who was let in is in again without asking, who was shown out stays out until let in again', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    student.cut();
    expect((await student.next('welcome')).you.state).toBe('admitted');
    tutor.send({ t: 'remove', key: lesson.student.id });
    expect(await student.end()).toMatchObject({ code: CloseCode.refused, reason: expect.stringMatching(/^refused /) });
    expect(await (await enter(lesson, lesson.student)).end()).toMatchObject({ reason: expect.stringMatching(/^refused /) });
    await tutor.next('people', ({ people }) => people.some(({ key, state }) => key === lesson.student.id && state === 'refused'));
    tutor.send({ t: 'admit', key: lesson.student.id, yes: true });
    await tutor.next('people', ({ people }) => !people.some(({ state }) => state === 'refused'));
    expect((await (await enter(lesson, lesson.student)).next('welcome')).you.state).toBe('admitted');
  });

  test('without it the student is in at once', async () => {
    const lesson = await ground.aLesson();
    await db
      .updateTable('organisation')
      .set({ meetings: JSON.stringify({ lobby: false }) })
      .execute();
    const student = await enter(lesson, lesson.student);
    expect((await student.next('welcome')).you.state).toBe('admitted');
    await db.updateTable('organisation').set({ meetings: '{}' }).execute();
  });
});

describe('one tutor and one student', () => {
  test('a third person is refused at the door, and the office looks on without drawing or calling', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    const third = await enter(lesson, lesson.parent, two);
    expect(await third.end()).toMatchObject({
      code: CloseCode.refused,
      reason: expect.stringMatching(/^full The classroom takes one/),
    });
    expect(third.heard).toEqual([]);

    const office = await enter(lesson, ground.office);
    const welcome = await office.next('welcome');
    expect(welcome.you).toMatchObject({ role: 'observer', state: 'admitted' });
    await student.next('people', ({ people }) => people.some(({ role }) => role === 'observer'));
    office.doc.getMap('board').set('office', 1);
    office.send({ t: 'signal', to: lesson.student.id, data: { call: 'office' } });
    tutor.send({ t: 'signal', to: lesson.student.id, data: { call: 'tutor' } });
    expect((await student.next('signal')).data).toEqual({ call: 'tutor' });
    tutor.doc.getMap('board').set('tutor', 1);
    await until('the office sees the board', () => office.doc.getMap('board').has('tutor'));
    expect(student.doc.getMap('board').has('office')).toBe(false);
  });

  test('the parent may sit there instead once the student has gone', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    student.close();
    await tutor.next('people', ({ people }) => people.some(({ key, online }) => key === lesson.student.id && !online));
    expect((await (await enter(lesson, lesson.parent)).next('welcome')).you.state).toBe('waiting');
  });

  test('the same person in another window takes the place of the first', async () => {
    const lesson = await ground.aLesson();
    const tutor = await enter(lesson, lesson.tutor);
    await tutor.next('welcome');
    await (await enter(lesson, lesson.tutor, two)).next('welcome');
    expect(await tutor.end()).toMatchObject({ code: CloseCode.replaced });
  });
});

describe('in the room, over two processes', () => {
  test('signals, as large as they come, reach the one they are for, in order', async () => {
    const [lesson, large] = [await ground.aLesson(), 'x'.repeat(20_000)];
    const [tutor, student] = await both(lesson);
    for (const call of ['1', '2', '3']) student.send({ t: 'signal', to: lesson.tutor.id, data: { call, candidate: large } });
    for (const call of ['1', '2', '3'])
      expect(await tutor.next('signal')).toMatchObject({ from: lesson.student.id, data: { call } });
    expect(student.heard.filter(({ t }) => t === 'signal')).toEqual([]);
  });

  test('microphone and camera of one are seen by the other', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    const media = { microphone: true, camera: false, screen: true };
    tutor.send({ t: 'media', media });
    const { people } = await student.next('people', ({ people: all }) => all.some((person) => person.media.screen));
    expect(people.find(({ role }) => role === 'host')?.media).toEqual(media);
  });

  test('a chat message is there once, however often it is sent, and kept; one too long is given back', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    const id = randomUUID();
    for (let times = 0; times < 2; times++) student.send({ t: 'chat', id, body: ' Žluťoučký\0 kůň ', fileId: null });
    expect((await tutor.next('chat')).message).toMatchObject({ id, body: 'Žluťoučký kůň', from: { name: 'Mia Vale' } });
    const long = randomUUID();
    student.send({ t: 'chat', id: long, body: 'x'.repeat(4_001), fileId: null });
    expect(await student.next('refused')).toMatchObject({ what: 'chat', id: long });
    const stolen = randomUUID();
    tutor.send({ t: 'chat', id: stolen, body: 'Hello', fileId: null });
    await student.next('chat', ({ message }) => message.id === stolen);
    student.send({ t: 'chat', id: stolen, body: 'Mine', fileId: null });
    expect(await student.next('refused')).toMatchObject({ id: stolen });
    const kept = await db.selectFrom('classroomMessage').select('body').where('sessionId', '=', lesson.sessionId).execute();
    expect(kept.map(({ body }) => body).sort()).toEqual(['Hello', 'Žluťoučký kůň']);
  });

  test('ended for all is over for all, and nobody comes in any more', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    student.send({ t: 'end' });
    expect(await student.next('refused')).toMatchObject({ what: 'end' });
    tutor.send({ t: 'end' });
    for (const page of [tutor, student]) expect(await page.end()).toMatchObject({ code: CloseCode.ended });
    expect(await (await enter(lesson, lesson.student)).end()).toMatchObject({ code: CloseCode.ended });
    expect(
      await db
        .selectFrom('auditLog')
        .select(['actorUserId', 'action'])
        .where('sessionId', '=', lesson.sessionId)
        .where('action', 'like', 'classroom.%')
        .orderBy('id')
        .execute(),
    ).toEqual([
      { actorUserId: lesson.tutor.id, action: 'classroom.admit' },
      { actorUserId: lesson.tutor.id, action: 'classroom.end' },
    ]);
  });

  test('what is no message ends the line, and so does a flood', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = await both(lesson);
    student.send({ t: 'nonsense' } as never);
    await until('the line breaks', () => student.links.includes('away'));
    await student.next('welcome');
    for (let n = 0; n < 200; n++) student.send({ t: 'ping' });
    await until('it breaks again', () => student.links.filter((link) => link === 'away').length === 2);
    for (let n = 0; n < 9; n++) tutor.send({ t: 'chat', id: randomUUID(), body: String(n), fileId: null });
    expect(await tutor.next('refused')).toMatchObject({ what: 'chat', message: expect.stringContaining('too fast') });
  });
});

describe('whoever may not be here any more is cut off', () => {
  const cases: [string, (lesson: Lesson) => Promise<unknown>, string][] = [
    ['signed out', ({ student }) => db.deleteFrom('signInSession').where('userId', '=', student.id).execute(), 'signed_out'],
    [
      'disabled',
      ({ student }) => db.updateTable('users').set({ disabledAt: ctx.clock() }).where('id', '=', student.id).execute(),
      'signed_out',
    ],
    [
      'whose place was cancelled',
      ({ sessionId }) => db.updateTable('attendance').set({ outcome: 'cancelled' }).where('sessionId', '=', sessionId).execute(),
      'place_cancelled',
    ],
    [
      'whose session was cancelled',
      ({ sessionId }) => db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', sessionId).execute(),
      'cancelled',
    ],
  ];
  test.each(cases)('%s', async (_what, happens, reason) => {
    const lesson = await ground.aLesson();
    const [, student] = await both(lesson, one);
    await happens(lesson);
    await one.sockets.look();
    expect(await student.end()).toMatchObject({
      code: CloseCode.refused,
      reason: expect.stringMatching(new RegExp(`^${reason} `)),
    });
  });
});

test('ended by mistake it is opened again by the tutor, and by nobody of the family', async () => {
  const lesson = await ground.aLesson();
  const [tutor, student] = await both(lesson);
  tutor.send({ t: 'end' });
  await student.end();
  const reopen = async (who: { id: string }) => {
    const request = new Request('http://lectern.test/', { method: 'POST', headers: { cookie: await cookieOf(who) } });
    const context = { ...ctx, requestId: randomUUID(), cspNonce: '', clientIp: '' };
    return action({ context, params: { id: lesson.sessionId }, request } as never).catch((thrown: unknown) => thrown);
  };
  expect(await reopen(lesson.student)).toMatchObject({ status: 404 });
  expect(await (await enter(lesson, lesson.student)).end()).toMatchObject({ code: CloseCode.ended });
  expect(await reopen(lesson.tutor)).toMatchObject({ status: 302 });
  expect((await (await enter(lesson, lesson.student)).next('welcome')).you.state).toBe('admitted');
});
