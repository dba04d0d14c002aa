import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, describe, expect, test } from 'vitest';
import { writeGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { addToBoard } from '#app/domain/classroom/board-store.server.ts';
import { guestToken } from '#app/domain/meetings/guest-link.server.ts';
import { action as sendFile } from '#app/routes/classroom.$id_.files._index/route.ts';
import { loader as readFile } from '#app/routes/classroom.$id_.files.$file/route.ts';
import { loader as readPage } from '#app/routes/sessions.$id.board/route.tsx';
import { loader as readBoard } from '#app/routes/sessions.$id.board_.data/route.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { classroomGround, type Lesson, openPage } from './ground.ts';

const ground = await classroomGround(await testDatabase());
const { db, ctx, cookieOf } = ground;
await db
  .updateTable('organisation')
  .set({ meetings: JSON.stringify({ lobby: false }) })
  .execute();
const web = await ground.aProcess();
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' } as unknown as AppLoadContext;
afterAll(() => ground.stop());

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const bytes = (text: string) => new TextEncoder().encode(text);

async function enter(lesson: Lesson, cookie: string) {
  const page = openPage(web.port, lesson.sessionId, cookie);
  const { you } = await page.next('welcome');
  return { page, cookie, you };
}

type Answer = Promise<Response>;
const orThrown = (answer: Promise<unknown>) => answer.catch((thrown: unknown) => thrown) as Answer;

function send(lesson: Lesson, cookie: string, content: Uint8Array<ArrayBuffer>, name: string, purpose = 'chat') {
  const form = new FormData();
  form.set('purpose', purpose);
  form.set('file', new File([content], name));
  const request = new Request('http://lectern.test/', { method: 'POST', body: form, headers: { cookie } });
  return orThrown(sendFile({ context, params: { id: lesson.sessionId }, request } as never));
}

const read = (lesson: Lesson, cookie: string, file: string) =>
  orThrown(
    readFile({
      ...{
        context,
        params: { id: lesson.sessionId, file },
        request: new Request('http://lectern.test/', { headers: { cookie } }),
      },
    } as never),
  );

const page = (lesson: Lesson, cookie: string) =>
  readPage({
    ...{ context, params: { id: lesson.sessionId }, request: new Request('http://lectern.test/', { headers: { cookie } }) },
  } as never);

describe('a file shared in the chat', () => {
  test('is kept once, is there for both, and to save', async () => {
    const lesson = await ground.aLesson();
    const student = await enter(lesson, await cookieOf(lesson.student));
    const tutor = await enter(lesson, await cookieOf(lesson.tutor));
    const { file } = await (await send(lesson, student.cookie, bytes('1 + 1'), '../Sums <1>.txt')).json();
    expect(file).toEqual({ id: expect.any(String), name: 'Sums <1>.txt', mediaType: 'text/plain', bytes: 5 });
    expect((await (await send(lesson, student.cookie, bytes('1 + 1'), 'again.txt')).json()).file.id).toBe(file.id);
    student.page.send({ t: 'chat', id: randomUUID(), body: '', fileId: file.id });
    expect((await tutor.page.next('chat')).message).toMatchObject({ body: '', file });
    const saved = await read(lesson, tutor.cookie, file.id);
    expect(await saved.text()).toBe('1 + 1');
    expect(saved.headers.get('Content-Disposition')).toMatch(/^attachment; /);
    const other = await ground.aLesson();
    other.at(0);
    const elsewhere = await enter(other, await cookieOf(other.tutor));
    expect((await read(other, elsewhere.cookie, file.id)).status).toBe(404);
    elsewhere.page.send({ t: 'chat', id: randomUUID(), body: '', fileId: file.id });
    expect(await elsewhere.page.next('refused')).toMatchObject({ what: 'chat' });
    for (const one of [student, tutor, elsewhere]) one.page.close();
  });

  test.each([
    ['a page', bytes('<!doctype html><script>alert(1)</script>'), 'sums.txt', 'chat'],
    ['a program', bytes('MZ\x90'), 'sums.pdf', 'chat'],
    ['nothing', bytes(''), 'sums.pdf', 'chat'],
    ['a text on the board', bytes('1 + 1'), 'sums.txt', 'board'],
    ['more than 10 MB', new Uint8Array(10_000_001).fill(65), 'sums.txt', 'chat'],
  ])('%s is not taken, in words', async (_what, content, name, purpose) => {
    const lesson = await ground.aLesson();
    const tutor = await enter(lesson, await cookieOf(lesson.tutor));
    const answer = await send(lesson, tutor.cookie, content, name, purpose);
    expect([answer.status, (await answer.json()).message]).toEqual([400, expect.stringMatching(/\.$/)]);
    tutor.page.close();
  });

  test('of who is not in the room is not taken', async () => {
    const lesson = await ground.aLesson();
    expect((await send(lesson, await cookieOf(lesson.student), png, 'a.png')).status).toBe(403);
    const office = await enter(lesson, await cookieOf(ground.office));
    expect((await send(lesson, office.cookie, png, 'a.png', 'board')).status).toBe(403);
    expect((await send(lesson, office.cookie, png, 'a.png')).status).toBe(200);
    lesson.at(-60);
    expect((await send(lesson, office.cookie, png, 'b.png')).status).toBe(403);
    expect((await send(lesson, '', png, 'a.png')).headers.get('Location')).toMatch(/^\/login/);
    office.page.close();
  });

  test('is read by a guest with a link while the link is good and they are in', async () => {
    const lesson = await ground.aLesson();
    const place = await db
      .selectFrom('attendance')
      .select(['id as attendanceId', 'joinPass'])
      .where('sessionId', '=', lesson.sessionId)
      .executeTakeFirstOrThrow();
    const cookie =
      writeGuestCookie(ctx.config, { token: guestToken(ctx.config, place), name: 'Mia on the phone' }).split(';')[0] ?? '';
    const tutor = await enter(lesson, await cookieOf(lesson.tutor));
    const { file } = await (await send(lesson, tutor.cookie, png, 'a.png')).json();
    expect((await read(lesson, cookie, file.id)).status).toBe(404);
    const guest = await enter(lesson, cookie);
    expect(guest.you).toMatchObject({ name: 'Mia on the phone', role: 'guest', key: place.attendanceId });
    expect((await read(lesson, cookie, file.id)).status).toBe(200);
    expect((await send(lesson, cookie, png, 'b.png', 'board')).status).toBe(200);
    await db.updateTable('attendance').set({ joinPass: 2 }).where('id', '=', place.attendanceId).execute();
    await web.sockets.look();
    expect(await guest.page.end()).toMatchObject({ reason: expect.stringMatching(/^signed_out /) });
    const gone = await read(lesson, cookie, file.id);
    expect(gone.headers.get('Location')).toMatch(/^\/login/);
    tutor.page.close();
  });
});

test('what was drawn and written is read afterwards by those of the session and the office, and by nobody else', async () => {
  const lesson = await ground.aLesson();
  const tutor = await enter(lesson, await cookieOf(lesson.tutor));
  tutor.page.send({ t: 'chat', id: randomUUID(), body: 'Well done', fileId: null });
  await tutor.page.next('chat');
  await addToBoard(db, ctx, lesson.sessionId, Uint8Array.from([0, 0]));
  tutor.page.close();
  lesson.at(24 * 60);
  const readers = [lesson.tutor, lesson.student, lesson.parent, ground.office];
  for (const reader of readers) {
    const seen = await page(lesson, await cookieOf(reader));
    expect(seen).toMatchObject({ drawn: true, messages: [{ name: 'Ana Núñez', body: 'Well done' }] });
  }
  expect((await page(lesson, await cookieOf(lesson.student))).back).toBe('/family');
  const other = await ground.aLesson();
  for (const stranger of [other.tutor, other.student, other.parent]) {
    const cookie = await cookieOf(stranger);
    const request = new Request('http://lectern.test/', { headers: { cookie } });
    expect(await orThrown(page(lesson, cookie))).toMatchObject({ status: 404 });
    expect(await orThrown(readBoard({ context, params: { id: lesson.sessionId }, request } as never))).toMatchObject({
      status: 404,
    });
  }
});
