import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { addToBoard, compactBoard, findBoard } from '#app/domain/classroom/board-store.server.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { classroomGround, type Lesson, openPage, type Page, until } from './ground.ts';

const ground = await classroomGround(await testDatabase());
const { db, ctx, cookieOf } = ground;
await db
  .updateTable('organisation')
  .set({ meetings: JSON.stringify({ lobby: false }) })
  .execute();
let one: Awaited<ReturnType<typeof ground.aProcess>>;
let two: Awaited<ReturnType<typeof ground.aProcess>>;
beforeAll(async () => {
  [one, two] = [await ground.aProcess(), await ground.aProcess()];
});
const pages: Page[] = [];
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(() => ground.stop());

async function enter(lesson: Lesson, who: { id: string }, process: { port: number }): Promise<Page> {
  const page = openPage(process.port, lesson.sessionId, await cookieOf(who));
  pages.push(page);
  await page.next('welcome');
  return page;
}

const lines = (page: { doc: Doc }) => page.doc.getArray<string>('lines').toArray();
const drawn = (page: Page, text: string) => page.doc.getArray<string>('lines').push([text]);
const same = (a: Page, b: Page, count: number) =>
  until(`both have ${count} lines`, () => lines(a).length === count && JSON.stringify(lines(a)) === JSON.stringify(lines(b)));

async function kept(lesson: Lesson): Promise<string[]> {
  const board = await findBoard(db, lesson.sessionId);
  const doc = new Doc();
  if (board) applyUpdate(doc, board);
  return doc.getArray<string>('lines').toArray().sort();
}

describe('the whiteboard', () => {
  test('of two at two processes is one, and is kept as it is drawn', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = [await enter(lesson, lesson.tutor, one), await enter(lesson, lesson.student, two)];
    const large = 'x'.repeat(20_000);
    drawn(tutor, 'a');
    drawn(student, large);
    await same(tutor, student, 2);
    await until('it is kept', async () => (await kept(lesson)).length === 2);
    expect(await kept(lesson)).toEqual(['a', large]);
  });

  test('who is cut off draws on, and so does the other: nothing is lost when they are back', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = [await enter(lesson, lesson.tutor, one), await enter(lesson, lesson.student, one)];
    drawn(tutor, 'before');
    await same(tutor, student, 1);
    student.cut();
    await until('the line is gone', () => student.links.includes('away'));
    drawn(student, 'offline');
    const said = randomUUID();
    student.send({ t: 'chat', id: said, body: 'Are you there?', fileId: null });
    drawn(tutor, 'meanwhile');
    await same(tutor, student, 3);
    expect((await tutor.next('chat')).message).toMatchObject({ id: said, body: 'Are you there?' });
    expect(await db.selectFrom('meetingPresence').select('leftAt').where('sessionId', '=', lesson.sessionId).execute()).toEqual([
      { leftAt: null },
      { leftAt: null },
    ]);
  });

  test('a server that starts anew finds it as it was, and both carry on', async () => {
    const lesson = await ground.aLesson();
    const old = await ground.aProcess();
    const [tutor, student] = [await enter(lesson, lesson.tutor, old), await enter(lesson, lesson.student, old)];
    drawn(tutor, 'before');
    await same(tutor, student, 1);
    const next = await ground.aProcess();
    tutor.port = next.port;
    student.port = next.port;
    drawn(student, 'at the last moment');
    await old.sockets.stop();
    drawn(tutor, 'while it was away');
    await same(tutor, student, 3);
    await until('it is kept', async () => (await kept(lesson)).length === 3);
  });

  test('a process that dies takes nothing with it', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = [await enter(lesson, lesson.tutor, one), await enter(lesson, lesson.student, two)];
    drawn(tutor, 'before');
    await same(tutor, student, 1);
    // What a process leaves that died without a word: somebody connected who is not heard of again.
    student.close();
    await tutor.next('people', ({ people }) => people.some(({ role, online }) => role === 'guest' && !online));
    await db
      .updateTable('classroomPerson')
      .set({ connection: randomUUID(), seenAt: ctx.clock() })
      .where('sessionId', '=', lesson.sessionId)
      .where('role', '=', 'guest')
      .execute();
    await db
      .updateTable('meetingPresence')
      .set({ leftAt: null })
      .where('sessionId', '=', lesson.sessionId)
      .where('userId', '=', lesson.student.id)
      .execute();
    lesson.at(1);
    await Promise.all([one, two].map(({ sockets }) => sockets.look()));
    const stays = () =>
      db
        .selectFrom('meetingPresence')
        .select(['userId', 'joinedAt', 'leftAt'])
        .where('sessionId', '=', lesson.sessionId)
        .orderBy('name')
        .execute();
    expect(await stays()).toEqual([
      { userId: lesson.tutor.id, joinedAt: lesson.startsAt, leftAt: null },
      { userId: lesson.student.id, joinedAt: lesson.startsAt, leftAt: lesson.startsAt },
    ]);
    lesson.at(2);
    const back = await enter(lesson, lesson.student, one);
    await same(tutor, back, 1);
    expect(await stays()).toHaveLength(3);
  });

  test('what was drawn and rubbed out again is not carried for ever, and what comes meanwhile is not lost', async () => {
    const lesson = await ground.aLesson();
    const tutor = await enter(lesson, lesson.tutor, one);
    const text = tutor.doc.getMap<string>('page');
    for (let n = 0; n < 30; n++) text.set('freehand', `${n} ${'x'.repeat(3_000)}`);
    await until('it is kept', async () => {
      const doc = new Doc();
      const board = await findBoard(db, lesson.sessionId);
      if (board) applyUpdate(doc, board);
      return doc.getMap<string>('page').get('freehand')?.startsWith('29 ') ?? false;
    });
    const other = new Doc();
    other.getArray('lines').push(['meanwhile']);
    const [size] = await Promise.all([
      compactBoard(db, ctx, lesson.sessionId),
      addToBoard(db, ctx, lesson.sessionId, encodeStateAsUpdate(other)),
    ]);
    expect(size).toBeLessThan(6_000);
    expect(await kept(lesson)).toEqual(['meanwhile']);
    expect(await compactBoard(db, ctx, lesson.sessionId)).toBeLessThan(7_000);
    expect(await kept(lesson)).toEqual(['meanwhile']);
    expect(await db.selectFrom('classroomUpdate').select('id').where('sessionId', '=', lesson.sessionId).execute()).toEqual([]);
  });

  test('pointers of one are seen by the other, over processes and after a break; nobody moves another’s', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = [await enter(lesson, lesson.tutor, one), await enter(lesson, lesson.student, two)];
    const seen = (page: Page, of: Page) => page.awareness.getStates().get(of.doc.clientID)?.x;
    tutor.awareness.setLocalState({ x: 1 });
    await until('the student sees it', () => seen(student, tutor) === 1);
    student.awareness.setLocalState({ x: 2 });
    await until('the tutor sees it', () => seen(tutor, student) === 2);
    student.cut();
    await until('it is gone', () => seen(tutor, student) === undefined);
    await until('it is back', () => seen(tutor, student) === 2);
    tutor.close();
    await until('the tutor’s is gone', () => !student.awareness.getStates().has(tutor.doc.clientID));
  });

  test('is waited for when the line between the processes breaks', async () => {
    const lesson = await ground.aLesson();
    const [tutor, student] = [await enter(lesson, lesson.tutor, one), await enter(lesson, lesson.student, two)];
    await ground.breakLines();
    drawn(tutor, 'while it was broken');
    await same(tutor, student, 1);
  });
});
