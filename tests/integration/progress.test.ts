import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listEarlierSessions } from '#app/domain/scheduling/earlier-sessions.server.ts';
import { loader as home } from '#app/routes/family._index/route.tsx';
import { loader as progress, action as tick } from '#app/routes/family.progress/route.tsx';
import { loader as familySession, action as tickAtSession } from '#app/routes/family.sessions.$id/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-10T12:00:00Z' });
const system = { userId: null, kind: 'system' } as const;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
let session: string;

async function signedIn(name: string, roles: ('client' | 'student')[]) {
  const user = await aUser(db, { name, roles });
  cookies[name] = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null })}`;
  return user.id;
}

async function closedOut(wallStart: string, studentIds: string[], words: { notes?: string; homework?: string } = {}) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: ids.tutor ?? '',
    studentIds,
    programId: ids.program ?? '',
    subjectId: ids.subject ?? '',
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  await submitCloseOut(
    db,
    ctx,
    system,
    {
      sessionId,
      actualWallStart: wallStart,
      actualMinutes: 60,
      notes: words.notes ?? 'Fractions went well',
      privateNote: 'canary-private',
      homework: words.homework ?? 'Page 12',
      nextTopics: 'Decimals',
      attendance: studentIds.map((studentId) => ({ studentId, outcome: 'attended' as const, note: `of ${studentId}` })),
    },
    { office: true },
  );
  return sessionId;
}

beforeAll(async () => {
  await anOrganisation(db);
  ids.subject = (await aSubject(db, { name: 'Maths' })).id;
  ids.program = (await aProgram(db, { kind: 'group', capacity: 4 })).id;
  ids.tutor = (await aTutor(db, { firstName: 'Tess', lastName: 'Marsh', subjectIds: [ids.subject] })).id;
  await aRate(db, { side: 'charge' });
  await aRate(db, { side: 'pay' });
  const payer = await aClient(db, { userId: await signedIn('payer', ['client']) });
  const other = await aClient(db, { userId: await signedIn('other', ['client']) });
  ids.guardian = (await aClient(db, { userId: await signedIn('guardian', ['client']) })).id;
  ids.anna = (
    await aStudent(db, { clientId: payer.id, firstName: 'Anna', lastName: 'Hall', userId: await signedIn('anna', ['student']) })
  ).id;
  ids.ben = (await aStudent(db, { clientId: payer.id, firstName: 'Ben', lastName: 'Hall' })).id;
  ids.zoe = (await aStudent(db, { clientId: other.id, firstName: 'Zoe', lastName: 'canary-other' })).id;
  await db.insertInto('studentGuardian').values({ studentId: ids.anna, clientId: ids.guardian }).execute();
  session = await closedOut('2026-03-09T16:00', [ids.anna, ids.ben, ids.zoe]);
  await db.updateTable('closeOut').set({ homeworkDueOn: '2026-03-12' }).execute();
});

const place = async (student: string) =>
  db
    .selectFrom('attendance')
    .selectAll()
    .where('sessionId', '=', session)
    .where('studentId', '=', ids[student] ?? '')
    .executeTakeFirstOrThrow();

const read = (who: string, student = '') =>
  visit(ctx, progress, { cookie: cookies[who], path: `/family/progress${student && `?student=${ids[student]}`}` });

const send = async (who: string, student: string, form: { done: string; answer?: string }) =>
  visit(ctx, tick, {
    cookie: cookies[who],
    path: '/family/progress',
    form: { intent: 'homework', attendanceId: (await place(student)).id, answer: '', ...form },
  });

describe('what a family reads of how it goes', () => {
  it('is of their own children alone, one at a time, and never the office’s private note', async () => {
    const own = await read('payer', 'ben');
    const text = JSON.stringify(own.body);
    expect(text).toContain('Fractions went well');
    expect(text).toContain(`of ${ids.ben}`);
    expect(text).not.toContain(`of ${ids.anna}`);
    expect(text).not.toContain('canary');
    expect((await read('payer', 'zoe')).status).toBe(404);
    expect((await read('anna', 'ben')).status).toBe(404);
    expect((await read('guardian', 'anna')).status).toBe(200);
    expect((await read('guardian', 'ben')).status).toBe(404);
  });

  it('a student’s own homework stands in place of everybody’s', async () => {
    await db
      .updateTable('attendance')
      .set({ homework: 'Only page 3' })
      .where('id', '=', (await place('ben')).id)
      .execute();
    expect(JSON.stringify((await read('payer', 'ben')).body)).toContain('Only page 3');
    expect(JSON.stringify((await read('payer', 'anna')).body)).toContain('Page 12');
  });

  it('counts who came among those who were expected, and not what is still open', async () => {
    await closedOut('2026-03-08T16:00', [ids.ben ?? '']);
    const { body } = await read('payer', 'ben');
    expect((body as { attendance: unknown[] }).attendance).toEqual([{ outcome: 'attended', lessons: 2, minutes: 120 }]);
  });
});

describe('homework', () => {
  it('is ticked off with an answer, once, by whoever of the family did it, and the tick can be taken back', async () => {
    expect((await send('anna', 'anna', { done: 'yes', answer: 'Number 4 was hard' })).status).toBe(302);
    const first = await place('anna');
    ctx.setNow('2026-03-10T13:00:00Z');
    await send('payer', 'anna', { done: 'yes', answer: 'Number 4 was hard' });
    expect(await place('anna')).toEqual(first);
    expect(first.homeworkDoneAt).not.toBeNull();
    expect(JSON.stringify((await read('payer', 'anna')).body)).toContain('Done today by anna');
    await send('payer', 'anna', { done: 'no', answer: 'Number 4 was hard' });
    expect(await place('anna')).toMatchObject({ homeworkDoneAt: null, homeworkAnswer: 'Number 4 was hard' });
    const log = await db.selectFrom('auditLog').select('action').where('subjectId', '=', first.id).orderBy('id').execute();
    expect(log.map(({ action }) => action)).toEqual(['homework.tick', 'homework.untick']);
  });

  it('of another family is nowhere to be found, at the session’s page neither', async () => {
    expect((await send('payer', 'zoe', { done: 'yes' })).status).toBe(404);
    expect((await send('anna', 'ben', { done: 'yes' })).status).toBe(404);
    const there = await visit(ctx, tickAtSession, {
      cookie: cookies.payer,
      params: { id: session },
      form: { intent: 'homework', attendanceId: (await place('zoe')).id, done: 'yes' },
    });
    expect(there.status).toBe(404);
    expect((await place('zoe')).homeworkDoneAt).toBeNull();
  });

  it('keeps a long answer in the form, with what is wrong with it', async () => {
    const answer = await send('anna', 'anna', { done: 'yes', answer: 'x'.repeat(5001) });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ problem: { errors: { answer: 'At most 5,000 characters' } } });
  });
});

describe('goals', () => {
  it('are drawn day by day, those that are shared alone and where families see goals at all', async () => {
    const of = { studentId: ids.anna ?? '', subjectId: ids.subject ?? null };
    const goals = await db
      .insertInto('goal')
      .values([
        { ...of, title: 'Adds them', position: 0 },
        { ...of, title: 'canary-kept', shared: false, position: 1 },
        { ...of, title: 'canary-dropped', status: 'dropped', position: 2 },
      ])
      .returning('id')
      .execute();
    const rating = (ratedOn: string, rating: number) => ({ goalId: goals[0]?.id ?? '', ratedOn, rating });
    await db
      .insertInto('goalRating')
      .values([rating('2026-03-02', 2), rating('2026-03-09', 3), rating('2024-01-01', 1)])
      .execute();
    const { body } = await read('guardian', 'anna');
    expect(JSON.stringify(body)).not.toContain('canary');
    expect((body as { goals: unknown }).goals).toMatchObject({
      goals: [{ title: 'Adds them', stands: '3 of 5, half way' }],
      rows: [{ date: '2026-03-02' }, { date: '2026-03-09', label: 'Yesterday' }],
    });
    await saveCloseOutRules(db, system, { families_see_goals: false });
    expect(JSON.stringify((await read('anna', 'anna')).body)).not.toContain('Adds them');
    await saveCloseOutRules(db, system, { families_see_goals: true });
  });
});

describe('files of a session', () => {
  const pdf = new File(['%PDF-1.7\nhomework'], 'page 12.pdf');
  const hand = (who: string, form: Record<string, string>, file = pdf) =>
    visit(ctx, tickAtSession, { cookie: cookies[who], params: { id: session }, form, files: { file: [file] } });
  const filesOf = async (who: string) => {
    const { body } = await visit(ctx, familySession, { cookie: cookies[who], params: { id: session } });
    return (body as { files: { files: { id: string; name: string; mine: boolean }[] } }).files.files;
  };

  it('homework is handed in as a file for a child of one’s own, once, and read by that child’s family alone', async () => {
    const answer = { intent: 'add-file', studentId: ids.anna ?? '' };
    expect((await hand('anna', answer)).status).toBe(302);
    expect((await hand('anna', answer)).status).toBe(302);
    expect((await hand('payer', { ...answer, studentId: ids.zoe ?? '' })).status).toBe(403);
    const kept = await db.selectFrom('sessionFile').select(['kind', 'studentId', 'mediaType']).execute();
    expect(kept).toEqual([{ kind: 'answer', studentId: ids.anna, mediaType: 'application/pdf' }]);
    expect(await filesOf('anna')).toMatchObject([{ name: 'page 12.pdf', mine: true }]);
    expect(await filesOf('payer')).toMatchObject([{ name: 'page 12.pdf', mine: false }]);
    expect(await filesOf('other')).toEqual([]);
  });

  it('is taken away by who put it there and by nobody else of the family', async () => {
    const [file] = await filesOf('anna');
    const form = { intent: 'remove-file', fileId: file?.id ?? '' };
    await visit(ctx, tickAtSession, { cookie: cookies.payer, params: { id: session }, form });
    expect(await filesOf('anna')).toHaveLength(1);
    await visit(ctx, tickAtSession, { cookie: cookies.anna, params: { id: session }, form });
    expect(await filesOf('anna')).toEqual([]);
  });

  it('a page is none of what is taken, and is refused at the field', async () => {
    const refused = await hand('anna', { intent: 'add-file' }, new File(['<script>alert(1)</script>'], 'sums.pdf'));
    expect(refused).toMatchObject({
      status: 400,
      body: { problem: { errors: { file: expect.stringContaining('none of the types') } } },
    });
  });
});

describe('what the company keeps to itself', () => {
  it('stands on no page of the family: notes with what comes next, or homework', async () => {
    const words = ['Fractions went well', 'Decimals', 'Page 12', `of ${ids.anna}`];
    const seen = async () => {
      const pages = JSON.stringify([
        (await read('payer', 'anna')).body,
        (await visit(ctx, home, { cookie: cookies.payer, path: '/family' })).body,
        (await visit(ctx, familySession, { cookie: cookies.payer, params: { id: session } })).body,
      ]);
      return words.filter((word) => pages.includes(word));
    };
    expect(await seen()).toEqual(words);
    await saveCloseOutRules(db, system, { families_see_notes: false });
    expect(await seen()).toEqual(['Page 12']);
    await saveCloseOutRules(db, system, { families_see_notes: true, families_see_homework: false });
    expect(await seen()).toEqual(words.filter((word) => word !== 'Page 12'));
    expect((await send('anna', 'anna', { done: 'yes' })).status).toBe(404);
    await saveCloseOutRules(db, system, { families_see_homework: true });
  });

  it('a close-out that the office sent back is read by nobody until it is sent anew', async () => {
    await sendBackCloseOut(db, ctx, system, { sessionId: session, reason: 'Wrong student' });
    expect(JSON.stringify((await read('payer', 'anna')).body)).not.toContain('Fractions went well');
    expect(await listEarlierSessions(db, { studentIds: [ids.anna ?? ''], before: ctx.clock() })).toEqual([]);
  });
});
