import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { addGoal } from '#app/domain/goals/add-goal.server.ts';
import { editGoal } from '#app/domain/goals/edit-goal.server.ts';
import { listGoals } from '#app/domain/goals/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { addSessionFile } from '#app/domain/session-files/add-session-file.server.ts';
import type { SessionFileKind } from '#app/domain/session-files/file-kinds.ts';
import { listSessionFiles } from '#app/domain/session-files/queries.server.ts';
import { removeSessionFile } from '#app/domain/session-files/remove-session-file.server.ts';
import { loader as download } from '#app/routes/sessions.$id.files.$file/route.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
await anOrganisation(db);
const system: Actor = { userId: null, kind: 'system' };
const [tutorUser, scheduler, own, others, guardian] = await Promise.all([
  aUser(db, { roles: ['tutor'] }),
  aUser(db, { roles: ['scheduler'] }),
  aUser(db, { roles: ['client'] }),
  aUser(db, { roles: ['client'] }),
  aUser(db, { roles: ['client'] }),
]);
const tutor = await aTutor(db, { userId: tutorUser.id });
const mine = await aStudent(db, { clientId: (await aClient(db, { userId: own.id })).id });
const theirs = await aStudent(db, { clientId: (await aClient(db, { userId: others.id })).id });
const cares = await aClient(db, { userId: guardian.id });
await db
  .insertInto('studentGuardian')
  .values({ studentId: mine.id, clientId: cares.id, relation: 'Aunt', getsMails: true })
  .execute();
const subject = await aSubject(db);
const { sessionId } = await bookSession(db, ctx, system, {
  tutorId: tutor.id,
  studentIds: [mine.id, theirs.id],
  programId: (await aProgram(db, { kind: 'group', capacity: 4 })).id,
  subjectId: subject.id,
  wallStart: '2026-03-02T15:00',
  durationMinutes: 60,
  mode: 'in_person',
  billable: true,
});

const text = (words: string) => new TextEncoder().encode(words);
const add = (kind: SessionFileKind, studentId: string | null, words: string = kind) =>
  addSessionFile(db, system, { sessionId, kind, studentId, name: `${kind}.txt`, content: text(words) });

describe('a session’s files', async () => {
  const files = {
    homework: await add('homework', mine.id),
    resource: await add('resource', null),
    answer: await add('answer', theirs.id),
    receipt: await add('receipt', null),
  };
  const get = async (user: { id: string }, file: string, session = sessionId) => {
    const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
    const answer = await visit(ctx, download, { cookie: `lectern=${token}`, params: { id: session, file } });
    return answer.status;
  };
  const seenBy = async (user: { id: string }) => {
    const seen: string[] = [];
    for (const [kind, file] of Object.entries(files)) if ((await get(user, file.id)) === 200) seen.push(kind);
    return seen;
  };

  it('are for the tutor and the office all, for a family what is everybody’s and its own child’s, never a receipt', async () => {
    expect(await seenBy(tutorUser)).toEqual(['homework', 'resource', 'answer', 'receipt']);
    expect(await seenBy(scheduler)).toEqual(['homework', 'resource', 'answer', 'receipt']);
    expect(await seenBy(own)).toEqual(['homework', 'resource']);
    expect(await seenBy(guardian)).toEqual(['homework', 'resource']);
    expect(await seenBy(others)).toEqual(['resource', 'answer']);
    expect(await seenBy(await aUser(db, { roles: ['client'] }))).toEqual([]);
    expect(await seenBy(await aUser(db, { roles: ['tutor'] }))).toEqual([]);
    expect(await get(scheduler, files.resource.id, randomUUID())).toBe(404);
  });

  it('homework stays with the tutor where families are not shown it', async () => {
    await saveCloseOutRules(db, system, { families_see_homework: false });
    expect(await seenBy(own)).toEqual(['resource']);
    await saveCloseOutRules(db, system, { families_see_homework: true });
  });

  it('are what their bytes are, kept once, and removed by kind', async () => {
    const page = addSessionFile(db, system, {
      ...{ sessionId, kind: 'resource', studentId: null, name: 'sheet.pdf' },
      content: text('<script>alert(1)</script>'),
    });
    await expect(page).rejects.toMatchObject({ code: 'invalid_value', field: 'file' });
    expect((await add('resource', null)).id).toBe(files.resource.id);
    const stranger = await aStudent(db);
    await expect(add('homework', stranger.id)).rejects.toMatchObject({ field: 'studentId' });
    await expect(add('answer', null)).rejects.toMatchObject({ field: 'studentId' });
    const { id } = await add('material', null);
    await removeSessionFile(db, system, { sessionId, fileId: id, kinds: ['receipt'] });
    expect(await listSessionFiles(db, { sessionIds: [sessionId], kinds: ['material'] })).toHaveLength(1);
    await removeSessionFile(db, system, { sessionId, fileId: id, kinds: ['material'] });
    expect(await listSessionFiles(db, { sessionIds: [sessionId], kinds: ['material'] })).toEqual([]);
    const ofMine = await listSessionFiles(db, {
      sessionIds: [sessionId],
      kinds: ['homework', 'resource', 'answer'],
      studentIds: [mine.id],
    });
    expect(ofMine.map((file) => file.kind)).toEqual(['homework', 'resource']);
  });
});

describe('goals', () => {
  const values = { title: 'Fractions', description: '', subjectId: null, dueOn: null, shared: true };

  it('are added once however often the form comes, and say how far they are over time', async () => {
    const id = randomUUID();
    await addGoal(db, system, { ...values, id, studentId: mine.id });
    await addGoal(db, system, { ...values, id, studentId: mine.id });
    await addGoal(db, system, { ...values, title: 'Kept between us', shared: false, studentId: mine.id });
    await db
      .insertInto('goalRating')
      .values([
        { goalId: id, rating: 4, ratedOn: '2026-03-09' },
        { goalId: id, rating: 2, ratedOn: '2026-03-02', sessionId },
      ])
      .execute();
    const all = await listGoals(db, { studentIds: [mine.id, theirs.id] });
    expect(all.map((goal) => goal.title)).toEqual(['Fractions', 'Kept between us']);
    expect(all[0]?.ratings.map((one) => [one.ratedOn, one.rating])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-09', 4],
    ]);
    expect(await listGoals(db, { studentIds: [mine.id], sharedOnly: true })).toHaveLength(1);
  });

  it('are changed by who saw what they say, and only under their student', async () => {
    const goalId = randomUUID();
    await addGoal(db, system, { ...values, id: goalId, studentId: theirs.id });
    const change = { ...values, goalId, status: 'reached' as const, studentId: theirs.id };
    await editGoal(db, system, { ...change, version: 1 });
    await editGoal(db, system, { ...change, version: 1 });
    expect(await listGoals(db, { studentIds: [theirs.id], openOnly: true })).toEqual([]);
    await expect(editGoal(db, system, { ...change, version: 1, title: 'Other' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(editGoal(db, system, { ...change, version: 2, studentId: mine.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
