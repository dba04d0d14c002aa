import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { askForFeedback } from '#app/domain/feedback/ask-for-feedback.server.ts';
import { rateTutors } from '#app/domain/feedback/feedback-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as home } from '#app/routes/family._index/route.tsx';
import { loader as familySession, action as say } from '#app/routes/family.sessions.$id/route.tsx';
import { loader as office, action as see } from '#app/routes/office.feedback/route.tsx';
import { action as tutorSays, loader as tutorSession } from '#app/routes/tutor.sessions.$id._index/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-10T12:00:00Z' });
const system = { userId: null, kind: 'system' } as const;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
let day = 1;

async function signedIn(name: string, roles: ('client' | 'student' | 'tutor' | 'scheduler')[]) {
  const user = await aUser(db, { name, roles, email: `${name}@example.test` });
  cookies[name] = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null })}`;
  ids[`user ${name}`] = user.id;
  return user.id;
}

/** Closed out at its end, a lesson a day from 1 March on. */
async function aLesson(students: string[]) {
  const wallStart = `2026-03-${String(day++).padStart(2, '0')}T16:00`;
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: ids.tutor ?? '',
    studentIds: students.map((name) => ids[name] ?? ''),
    programId: ids.program ?? '',
    subjectId: ids.subject ?? '',
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  ctx.setNow(`${wallStart.slice(0, 10)}T18:00:00Z`);
  const texts = { notes: '', privateNote: '', homework: '', nextTopics: '' };
  await submitCloseOut(
    db,
    ctx,
    system,
    {
      ...{ sessionId, actualWallStart: wallStart, actualMinutes: 60, ...texts },
      attendance: students.map((name) => ({ studentId: ids[name] ?? '', outcome: 'attended' as const })),
    },
    { office: true },
  );
  return sessionId;
}

beforeAll(async () => {
  await anOrganisation(db, { timezone: 'Etc/UTC' });
  ids.subject = (await aSubject(db, { name: 'Maths' })).id;
  ids.program = (await aProgram(db, { kind: 'group', capacity: 4 })).id;
  const tutor = await aTutor(db, {
    ...{ firstName: 'Tess', lastName: 'Marsh', userId: await signedIn('tess', ['tutor']), subjectIds: [ids.subject] },
  });
  ids.tutor = tutor.id;
  await aRate(db, { side: 'charge' });
  await aRate(db, { side: 'pay' });
  await signedIn('office', ['scheduler']);
  const payer = await aClient(db, { name: 'Paul', email: 'paul@example.test', userId: await signedIn('paul', ['client']) });
  const other = await aClient(db, { name: 'Olga', email: null, userId: await signedIn('olga', ['client']) });
  const anna = { clientId: payer.id, firstName: 'Anna', lastName: 'Hall', userId: await signedIn('anna', ['student']) };
  ids.anna = (await aStudent(db, anna)).id;
  ids.zoe = (await aStudent(db, { clientId: other.id, firstName: 'Zoe', lastName: 'Other' })).id;
});

beforeEach(async () => {
  await db.deleteFrom('feedback').execute();
  await db.deleteFrom('mailMessage').execute();
});

async function send(who: string, session: string, student: string, form: { rating?: string; body?: string }) {
  ctx.setNow(new Date(ctx.clock().getTime() + 60_000));
  return visit(ctx, who === 'tess' ? tutorSays : say, {
    cookie: cookies[who],
    params: { id: session },
    form: { intent: 'feedback', studentId: ids[student] ?? '', body: '', ...form },
  });
}

const given = () => db.selectFrom('feedback').selectAll().orderBy('createdAt').execute();

const readOf = async (who: string, session: string) =>
  JSON.stringify(
    (await visit(ctx, who === 'tess' ? tutorSession : familySession, { cookie: cookies[who], params: { id: session } })).body,
  );

describe('how a lesson was', () => {
  it('is said by the payer, the student and the tutor, each once, and read by none of the others', async () => {
    const session = await aLesson(['anna', 'zoe']);
    for (const [who, student] of [
      ['paul', 'anna'],
      ['anna', 'anna'],
      ['olga', 'zoe'],
      ['tess', 'anna'],
      ['tess', 'zoe'],
    ] as const) {
      const words = { rating: '4', body: `said by ${who} of ${student}` };
      expect((await send(who, session, student, words)).status).toBe(302);
      expect((await send(who, session, student, words)).status).toBe(302);
    }
    expect((await given()).map(({ side, body }) => [side, body])).toEqual([
      ['client', 'said by paul of anna'],
      ['student', 'said by anna of anna'],
      ['client', 'said by olga of zoe'],
      ['tutor', 'said by tess of anna'],
      ['tutor', 'said by tess of zoe'],
    ]);
    for (const who of ['paul', 'anna', 'olga', 'tess']) {
      const said = (await readOf(who, session)).match(/said by \w+/g);
      expect(new Set(said)).toEqual(new Set([`said by ${who}`]));
    }
  });

  it('is nothing to be said of another family’s child, before the end, or without a rating', async () => {
    const session = await aLesson(['anna', 'zoe']);
    expect((await send('paul', session, 'zoe', { rating: '1' })).status).toBe(403);
    const unrated = await send('paul', session, 'anna', { body: 'Kept' });
    expect(unrated).toMatchObject({
      status: 400,
      body: { problem: { errors: { rating: 'Choose how it was' } }, values: { body: 'Kept' } },
    });
    ctx.setNow('2026-03-02T09:00:00Z');
    const early = await aLessonAhead();
    expect(await send('paul', early, 'anna', { rating: '5' })).toMatchObject({ status: 400 });
    expect(await readOf('paul', early)).toContain('"feedback":[]');
    expect(await given()).toEqual([]);
  });

  it('may be changed for a week; what was changed the office sees anew', async () => {
    const session = await aLesson(['anna']);
    await send('paul', session, 'anna', { rating: '2', body: 'Late' });
    const seen = async () => {
      const { body } = await visit(ctx, office, { cookie: cookies.office, path: '/office/feedback' });
      return (body as { items: { id: string; version: string; seen: string; rating: number }[] }).items;
    };
    const [item] = await seen();
    const read = `${item?.id} ${item?.version}`;
    const mark = () => visit(ctx, see, { cookie: cookies.office, path: '/office/feedback?show=low', form: { read } });
    expect((await mark()).location).toBe('/office/feedback?show=low&seen=1');
    expect((await mark()).location).toBe('/office/feedback?show=low&seen=0');
    await send('paul', session, 'anna', { rating: '1', body: 'Very late' });
    expect(await seen()).toMatchObject([{ seen: '', rating: 1 }]);
    // The page that was open before says nothing of what was written since.
    expect((await mark()).location).toBe('/office/feedback?show=low&seen=0');
    ctx.setNow(new Date(ctx.clock().getTime() + 8 * 86_400_000));
    expect((await send('paul', session, 'anna', { rating: '5' })).status).toBe(400);
    expect(await readOf('paul', session)).toContain('"open":false');
    expect(await given()).toMatchObject([{ rating: 1, body: 'Very late' }]);
  });

  it('is not asked for at all where the company wants none', async () => {
    const session = await aLesson(['anna']);
    await saveCloseOutRules(db, system, { feedback: false });
    expect(await readOf('paul', session)).toContain('"feedback":[]');
    expect((await send('paul', session, 'anna', { rating: '5' })).status).toBe(404);
    expect(await askForFeedback(db, ctx)).toBe(0);
    await saveCloseOutRules(db, system, { feedback: true });
  });
});

describe('the office', () => {
  it('reads what is low and new first, and what families say of each tutor month by month', async () => {
    const [first, second] = [await aLesson(['anna']), await aLesson(['anna'])];
    await send('paul', first, 'anna', { rating: '1' });
    await send('paul', second, 'anna', { rating: '4' });
    await send('anna', second, 'anna', { rating: '5' });
    await send('tess', second, 'anna', { rating: '2' });
    const { body } = await visit(ctx, office, { cookie: cookies.office, path: '/office/feedback' });
    const page = body as { items: { rating: number }[]; tutors: unknown[] };
    expect(page.items.map(({ rating }) => rating)).toEqual([2, 1, 5, 4]);
    expect(await rateTutors(db, { months: ['2026-02-01', '2026-03-01'], zone: 'Etc/UTC' })).toMatchObject([
      { tutorName: 'Tess Marsh', ratings: 3, low: 1, unseen: 3, mean: 10 / 3, byMonth: [null, 10 / 3] },
    ]);
    expect((await visit(ctx, office, { cookie: cookies.paul, path: '/office/feedback' })).status).toBe(403);
  });
});

describe('families are asked', () => {
  it('by mail after the first lesson with a tutor and after every so many, once, but for who has said it', async () => {
    await db.deleteFrom('closeOut').execute();
    await db.updateTable('attendance').set({ outcome: 'planned' }).execute();
    await saveCloseOutRules(db, system, { feedback_every: 2 });
    const known = new Set<string>();
    const asked = async () => {
      await askForFeedback(db, ctx);
      await askForFeedback(db, ctx);
      // Twice in the same hour is once.
      const asking = db.selectFrom('mailMessage').select(['id', 'toAddress']).where('template', '=', 'feedback-request');
      const mails = await asking.orderBy('toAddress').execute();
      const fresh = mails.filter(({ id }) => !known.has(id));
      for (const { id } of fresh) known.add(id);
      return fresh.map(({ toAddress }) => toAddress);
    };
    await aLesson(['zoe']);
    // She who pays wrote her address with her account alone.
    expect(await asked()).toEqual(['olga@example.test']);
    const first = await aLesson(['anna']);
    await send('anna', first, 'anna', { rating: '5' });
    expect(await asked()).toEqual(['paul@example.test']);
    await aLesson(['anna']);
    expect(await asked()).toEqual(['anna@example.test', 'paul@example.test']);
    await aLesson(['anna']);
    expect(await asked()).toEqual([]);
  });

  it('on their home page, of the latest lesson with each tutor, until they have said it', async () => {
    const session = await aLesson(['anna']);
    const toRate = async () =>
      ((await visit(ctx, home, { cookie: cookies.paul, path: '/family' })).body as { toRate: { href: string }[] }).toRate;
    expect(await toRate()).toMatchObject([{ href: `/family/sessions/${session}#feedback` }]);
    await send('paul', session, 'anna', { rating: '3' });
    expect(await toRate()).toEqual([]);
  });
});

async function aLessonAhead() {
  const { sessionId } = await bookSession(db, ctx, system, {
    ...{ tutorId: ids.tutor ?? '', studentIds: [ids.anna ?? ''], programId: ids.program ?? '', subjectId: ids.subject ?? '' },
    ...{ wallStart: '2026-04-20T16:00', durationMinutes: 60, mode: 'in_person', location: 'Room 4', billable: true },
  });
  return sessionId;
}
