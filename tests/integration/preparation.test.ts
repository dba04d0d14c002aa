import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listPreparation } from '#app/domain/scheduling/preparation.server.ts';
import { loader as today } from '#app/routes/tutor._index/route.tsx';
import { loader as pay } from '#app/routes/tutor.pay._index/route.tsx';
import { loader as prepare } from '#app/routes/tutor.prepare/route.tsx';
import { loader as sessionPage } from '#app/routes/tutor.sessions.$id._index/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-04T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const system = { userId: null, kind: 'system' } as const;

const user = await aUser(db, { roles: ['tutor'] });
const [maths, french] = [await aSubject(db), await aSubject(db)];
const program = await aProgram(db, { kind: 'group', capacity: 4 });
const tutor = await aTutor(db, { userId: user.id, subjectIds: [maths.id, french.id] });
const colleague = await aTutor(db, { subjectIds: [maths.id] });
const client = await aClient(db);
const kim = await aStudent(db, { clientId: client.id, firstName: 'Kim', lastName: '' });
const lee = await aStudent(db, { clientId: client.id, firstName: 'Lee', lastName: '' });

interface Over {
  subjectId?: string;
  tutorId?: string;
  studentIds?: string[];
}

async function booked(wallStart: string, { subjectId = maths.id, tutorId = tutor.id, studentIds = [kim.id] }: Over = {}) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId,
    studentIds,
    programId: program.id,
    subjectId,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  return sessionId;
}

async function closedOut(wallStart: string, nextTopics: string, over: Over = {}) {
  const sessionId = await booked(wallStart, over);
  await submitCloseOut(
    db,
    ctx,
    system,
    {
      sessionId,
      actualWallStart: wallStart,
      actualMinutes: 60,
      notes: `Notes before ${nextTopics}`,
      privateNote: 'SECRET of the office',
      homework: `Homework for ${nextTopics}`,
      nextTopics,
      attendance: (over.studentIds ?? [kim.id]).map((studentId) => ({ studentId, outcome: 'attended' as const })),
    },
    { office: true },
  );
  return sessionId;
}

const loaded = async <T>(loader: (args: never) => Promise<T>, id?: string) => {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request('http://lectern.test/tutor', { headers: { cookie: `lectern=${token}` } });
  return loader({ request, context, params: { id } } as never);
};

const firstMaths = await closedOut('2026-02-20T10:00', 'fractions');
const lastMaths = await closedOut('2026-02-25T10:00', 'decimals', { studentIds: [kim.id, lee.id] });
await closedOut('2026-02-26T10:00', 'verbs', { subjectId: french.id });
const ofColleague = await closedOut('2026-02-27T10:00', 'a colleague’s', { tutorId: colleague.id });
const next = await booked('2026-03-05T10:00');
const group = await booked('2026-03-06T10:00', { studentIds: [kim.id, lee.id] });
const foreign = await booked('2026-03-05T12:00', { tutorId: colleague.id });

it('a session is prepared from the last one of its subject with this tutor, never from a colleague’s or a private note', async () => {
  const [one] = await listPreparation(db, { tutorId: tutor.id, sessionIds: [next] });
  expect(one?.students).toMatchObject([
    {
      name: 'Kim',
      last: { sessionId: lastMaths, nextTopics: 'decimals', homework: 'Homework for decimals', homeworkDoneAt: null },
    },
  ]);
  expect(JSON.stringify(one)).not.toMatch(/SECRET|colleague/);
});

it('a student’s own homework, and what they say to it, stand instead of everybody’s', async () => {
  await db
    .updateTable('attendance')
    .set({ homework: 'Only for Lee', homeworkDoneAt: new Date('2026-03-01T10:00:00Z'), homeworkAnswer: 'It was hard' })
    .where('sessionId', '=', lastMaths)
    .where('studentId', '=', lee.id)
    .execute();
  const [one] = await listPreparation(db, { tutorId: tutor.id, sessionIds: [group] });
  expect(one?.students.map(({ name, last }) => [name, last?.homework, last?.homeworkAnswer, last?.homeworkDoneAt])).toEqual([
    ['Kim', 'Homework for decimals', '', null],
    ['Lee', 'Only for Lee', 'It was hard', new Date('2026-03-01T10:00:00Z')],
  ]);
});

it('goals of the subject come with how far they were last, those reached or of another subject don’t', async () => {
  const goals = await db
    .insertInto('goal')
    .values([
      { studentId: kim.id, subjectId: maths.id, title: 'Decimals with ease', position: 1 },
      { studentId: kim.id, subjectId: null, title: 'Be on time', position: 2 },
      { studentId: kim.id, subjectId: french.id, title: 'Irregular verbs' },
      { studentId: kim.id, subjectId: maths.id, title: 'Count', status: 'reached' },
    ])
    .returning('id')
    .execute();
  const [first] = goals;
  await db
    .insertInto('goalRating')
    .values([
      { goalId: first?.id ?? '', rating: 4, ratedOn: '2026-02-25' },
      { goalId: first?.id ?? '', rating: 2, ratedOn: '2026-02-20' },
    ])
    .execute();
  const [one] = await listPreparation(db, { tutorId: tutor.id, sessionIds: [next] });
  expect(one?.students[0]?.goals).toEqual([
    { title: 'Decimals with ease', dueOn: null, rating: 4 },
    { title: 'Be on time', dueOn: null, rating: null },
  ]);
});

it('a session’s page has where its students stand, until it is over', async () => {
  expect((await loaded(sessionPage, next)).preparation).toMatchObject([{ name: 'Kim', last: { nextTopics: 'decimals' } }]);
  expect((await loaded(sessionPage, lastMaths)).preparation).toBeNull();
});

it('the miles said at close-outs stand by month beside the pay', async () => {
  const drove = (sessionId: string, miles: string) =>
    db.updateTable('closeOut').set({ miles }).where('sessionId', '=', sessionId).execute();
  await drove(lastMaths, '7.50');
  await drove(firstMaths, '2.25');
  await drove(ofColleague, '99');
  expect((await loaded(pay)).miles).toEqual([{ month: '2026-02', miles: '9.75', journeys: 2, amount: 0n }]);
});

it('nobody prepares a colleague’s session', async () => {
  expect(await listPreparation(db, { tutorId: tutor.id, sessionIds: [foreign] })).toEqual([]);
});

it('the tutor’s first page has the next session’s preparation, its own page those of seven days', async () => {
  const page = await loaded(today);
  expect(page.next.map(({ session }) => session.id)).toEqual([next]);
  const { preparations } = await loaded(prepare);
  expect(preparations.map(({ session }) => session.id)).toEqual([next, group]);
  expect(preparations[1]?.students[1]?.last).toMatchObject({
    homeworkDone: true,
    homeworkState: expect.stringContaining('Ticked off'),
  });
});
