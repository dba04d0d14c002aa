import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { writeGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { BinaryKind } from '#app/domain/classroom/protocol.ts';
import { guestToken } from '#app/domain/meetings/guest-link.server.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { classroomGround, type Lesson, openPage, type Page, until } from './ground.ts';

const ground = await classroomGround(await testDatabase());
const { db, ctx, cookieOf } = ground;
await db
  .updateTable('organisation')
  .set({ meetings: JSON.stringify({ lobby: false }) })
  .execute();
const one = await ground.aProcess();
const two = await ground.aProcess();
const open: { close(): void }[] = [];
afterEach(() => {
  for (const page of open.splice(0)) page.close();
});
afterAll(() => ground.stop());

async function enter(lesson: Lesson, who: { id: string }, process: { port: number }): Promise<Page> {
  const page = openPage(process.port, lesson.sessionId, await cookieOf(who));
  open.push(page);
  await page.next('welcome');
  return page;
}

/** A browser that was tampered with: it says what it likes, and keeps on. */
async function aTamperedOne(lesson: Lesson, cookie: string, process: { port: number } = one) {
  const socket = new WebSocket(`ws://127.0.0.1:${process.port}/classroom/${lesson.sessionId}/socket`, {
    headers: { cookie, origin: 'http://lectern.test' },
  });
  const ended = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const came = new Promise<void>((resolve) => {
    socket.once('message', () => resolve());
    socket.once('close', () => resolve());
  });
  /** The pointers of those who are there have come. */
  const pointed = new Promise<void>((resolve) =>
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary && data[0] === BinaryKind.awareness) resolve();
    }),
  );
  socket.on('error', () => {});
  open.push(socket);
  await came;
  return { socket, ended, pointed };
}

function pointers(...states: [client: number, state: unknown][]): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, states.length);
  for (const [client, state] of states) {
    encoding.writeVarUint(update, client);
    encoding.writeVarUint(update, 1_000_000);
    encoding.writeVarString(update, JSON.stringify(state));
  }
  const message = encoding.createEncoder();
  encoding.writeUint8(message, BinaryKind.awareness);
  encoding.writeVarUint8Array(message, encoding.toUint8Array(update));
  return encoding.toUint8Array(message);
}

function ofBoard(step: number, content: Uint8Array): Uint8Array {
  const message = encoding.createEncoder();
  encoding.writeUint8(message, BinaryKind.sync);
  encoding.writeVarUint(message, step);
  encoding.writeVarUint8Array(message, content);
  return encoding.toUint8Array(message);
}

describe('pointers', () => {
  test('are shown under the name of whoever they are of, whatever the browser says', async () => {
    const lesson = await ground.aLesson();
    const tutor = await enter(lesson, lesson.tutor, one);
    const student = await enter(lesson, lesson.student, two);
    student.awareness.setLocalState({ key: lesson.tutor.id, board: { name: 'Ana Núñez', pageId: 'first' } });
    const seen = () =>
      tutor.awareness.getStates().get(student.doc.clientID) as { key: string; board: { name: string } } | undefined;
    await until('the tutor sees it', () => seen() !== undefined);
    expect(seen()).toMatchObject({ key: lesson.student.id, board: { name: 'Mia Vale', pageId: 'first' } });
  });

  test('of others stay where they are, at another process too, and nobody sends a crowd of them', async () => {
    const lesson = await ground.aLesson();
    const tutor = await enter(lesson, lesson.tutor, two);
    tutor.awareness.setLocalState({ x: 1 });
    const { socket, ended, pointed } = await aTamperedOne(lesson, await cookieOf(lesson.student));
    await pointed;
    const theirs = tutor.doc.clientID;
    socket.send(pointers([7, { x: 7 }]));
    socket.send(pointers([theirs, { x: 2 }]));
    socket.send(pointers([theirs, null]));
    for (let client = 100; client < 110; client++) socket.send(pointers([client, { x: client }]));
    await until('the tutor sees the student’s', () => tutor.awareness.getStates().has(102));
    socket.send(pointers(...Array.from({ length: 101 }, (_, n): [number, unknown] => [n === 100 ? theirs : 200 + n, { x: 3 }])));
    expect(await ended).toBe(1007);
    await until('the student’s are gone', () => !tutor.awareness.getStates().has(7));
    expect([...tutor.awareness.getStates()]).toEqual([[theirs, expect.objectContaining({ x: 1 })]]);
  });
});

test('whoever was shown out is not back at once by a link to the same place', async () => {
  const lesson = await ground.aLesson();
  const tutor = await enter(lesson, lesson.tutor, one);
  const student = await enter(lesson, lesson.student, one);
  await tutor.next('people', ({ people }) => people.length === 2);
  tutor.send({ t: 'remove', key: lesson.student.id });
  expect(await student.end()).toMatchObject({ reason: expect.stringMatching(/^refused /) });
  const place = await db
    .selectFrom('attendance')
    .select(['id as attendanceId', 'joinPass'])
    .where('sessionId', '=', lesson.sessionId)
    .executeTakeFirstOrThrow();
  const cookie = writeGuestCookie(ctx.config, { token: guestToken(ctx.config, place), name: 'Somebody new' }).split(';')[0] ?? '';
  const guest = openPage(one.port, lesson.sessionId, cookie);
  open.push(guest);
  expect((await guest.next('welcome')).you).toMatchObject({ state: 'waiting', name: 'Somebody new' });
});

describe('the line ends', () => {
  test('of whoever asks for the whole board again and again', async () => {
    const lesson = await ground.aLesson();
    const { socket, ended } = await aTamperedOne(lesson, await cookieOf(lesson.student));
    const question = ofBoard(0, encodeStateVector(new Doc()));
    for (let n = 0; n < 40; n++) socket.send(question);
    expect(await ended).toBe(1008);
  });

  test('of whoever asks for the board in a way that can’t be read', async () => {
    const lesson = await ground.aLesson();
    const { socket, ended } = await aTamperedOne(lesson, await cookieOf(lesson.student));
    socket.send(ofBoard(0, Uint8Array.of(255, 255, 255, 255)));
    expect(await ended).toBe(1007);
  });

  test('of whoever draws what can only be drawn after what never comes', async () => {
    const lesson = await ground.aLesson();
    const { socket, ended } = await aTamperedOne(lesson, await cookieOf(lesson.student));
    const doc = new Doc();
    const text = doc.getText('lines');
    text.insert(0, 'never sent');
    for (let piece = 0; piece < 2; piece++) {
      const before = encodeStateVector(doc);
      text.insert(text.length, 'x'.repeat(2_500_000));
      socket.send(ofBoard(2, encodeStateAsUpdate(doc, before)));
    }
    expect(await ended).toBe(1007);
    expect(await db.selectFrom('classroomUpdate').select('id').where('sessionId', '=', lesson.sessionId).execute()).toEqual([]);
  });

  test('of whoever sends more than anybody says, before any of it is looked at', async () => {
    const lesson = await ground.aLesson();
    const { socket, ended } = await aTamperedOne(lesson, await cookieOf(lesson.student));
    const media = { t: 'media', media: { microphone: true, camera: true, screen: true } };
    for (let n = 0; n < 300; n++) socket.send(JSON.stringify(media));
    expect(await ended).toBe(1008);
    // Of the ones that came within the rate, no more than the twenty are done that one may change at once.
    const again = await aTamperedOne(lesson, await cookieOf(lesson.student));
    for (let n = 0; n < 4; n++) again.socket.send(Buffer.alloc(3_000_000));
    expect(await again.ended).toBe(1007);
  });

  test('of whoever comes in without end', async () => {
    const lesson = await ground.aLesson();
    const cookie = await cookieOf(lesson.student);
    const codes: number[] = [];
    for (let n = 0; n < 42; n++) {
      const { socket, ended } = await aTamperedOne(lesson, cookie);
      void ended.then((code) => codes.push(code));
      socket.close(1000);
    }
    await until('the last ones are sent away', () => codes.filter((code) => code === 1008).length === 2);
    await one.sockets.look();
    await enter(lesson, lesson.student, one);
  });
});
