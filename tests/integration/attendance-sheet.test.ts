import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { loader, action as mark } from '#app/routes/office.attendance/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const office = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const maths = await aSubject(db, { name: 'Maths' });
const [lincoln, one] = [
  await aProgram(db, { name: 'Lincoln High', kind: 'group', capacity: 6 }),
  await aProgram(db, { name: 'One-to-one' }),
];
const tutor = await aTutor(db, { subjectIds: [maths.id] });
const parent = await aClient(db, { name: 'Paul Parent', phone: '+353 1 555 0101' });
const anna = await aStudent(db, { clientId: parent.id, firstName: 'Anna', lastName: 'Parent' });
const ben = await aStudent(db, { firstName: 'Ben', lastName: 'Other' });
const system = { userId: null, kind: 'system' } as const;

async function book(wallStart: string, studentIds = [anna.id, ben.id], programId = lincoln.id) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    studentIds,
    programId,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  return sessionId;
}

async function args(search: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), office.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test/office/attendance${search}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: {} } as never;
}

const sheetOf = async (search: string) => (await loader(await args(search))).sheet;
const send = async (search: string, form: [string, string][]) =>
  (await mark(await args(search, form))) as Response & {
    data: { message: string; refused: Record<string, string>; marked: object };
    init: { status: number };
  };
const ticked = (id: string, outcomes: Record<string, string>): [string, string][] => [
  ['session', id],
  ...Object.entries(outcomes).map(([studentId, outcome]): [string, string] => [`outcome.${id}.${studentId}`, outcome]),
];
const outcomesOf = async (id: string) => {
  const rows = await db.selectFrom('attendance').select(['studentId', 'outcome']).where('sessionId', '=', id).execute();
  return Object.fromEntries(rows.map((row) => [row.studentId, row.outcome]));
};

describe('the attendance sheet of a day', () => {
  it('has the sessions of that day of the company’s, by program, with whom to ring', async () => {
    const first = await book('2026-03-03T09:00');
    const later = await book('2026-03-03T23:30');
    const single = await book('2026-03-03T12:00', [anna.id], one.id);
    await book('2026-03-04T00:30');
    const gone = await book('2026-03-03T15:00');
    await cancelSession(db, ctx, system, { sessionId: gone, by: 'client', reason: '' });
    const sheet = await sheetOf('?date=2026-03-03');
    expect(sheet.map((program) => [program.name, program.sessions.map((session) => session.id)])).toEqual([
      ['Lincoln High', [first, later]],
      ['One-to-one', [single]],
    ]);
    expect(sheet[1]?.sessions[0]?.students).toMatchObject([
      { name: 'Anna Parent', contact: 'Paul Parent', phone: '+353 1 555 0101' },
    ]);
    expect((await sheetOf(`?date=2026-03-03&program=${one.id}`)).map((program) => program.name)).toEqual(['One-to-one']);
    expect(sheet[0]?.sessions.every((session) => !session.open)).toBe(true);
  });
});

describe('closing out from the sheet', () => {
  it('takes the planned time and what is marked of each student, and a sheet sent twice does it once', async () => {
    const id = await book('2026-03-09T09:00');
    ctx.setNow('2026-03-09T10:30:00Z');
    expect((await sheetOf('?date=2026-03-09'))[0]?.sessions[0]).toMatchObject({ id, open: true, over: true });
    const form = ticked(id, { [anna.id]: 'attended', [ben.id]: 'no_show' });
    const answer = await send('?date=2026-03-09', form);
    expect(answer.headers.get('Location')).toBe('/office/attendance?date=2026-03-09&done=1');
    await send('?date=2026-03-09', form);
    expect(await outcomesOf(id)).toEqual({ [anna.id]: 'attended', [ben.id]: 'no_show' });
    const row = await db
      .selectFrom('closeOut')
      .select(['actualStartsAt', 'actualMinutes', 'version'])
      .where('sessionId', '=', id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ actualMinutes: 60, version: 1 });
    expect(row.actualStartsAt.toISOString()).toBe('2026-03-09T09:00:00.000Z');
    expect((await sheetOf('?date=2026-03-09'))[0]?.sessions[0]).toMatchObject({ open: false });
  });

  it('what is refused stands at its session with the reason, keeps what was marked, and the others are done', async () => {
    const fine = await book('2026-03-10T09:00');
    const early = await book('2026-03-10T10:15', [anna.id]);
    const future = await book('2026-03-10T18:00', [anna.id]);
    const taken = await book('2026-03-10T07:00', [ben.id]);
    ctx.setNow('2026-03-10T10:20:00Z');
    await submitCloseOut(
      db,
      ctx,
      system,
      {
        sessionId: taken,
        actualWallStart: '2026-03-10T07:05',
        actualMinutes: 55,
        notes: 'Fractions',
        privateNote: '',
        homework: '',
        nextTopics: '',
        attendance: [{ studentId: ben.id, outcome: 'attended' }],
      },
      { office: true },
    );
    const answer = await send('?date=2026-03-10', [
      ...ticked(fine, { [anna.id]: 'attended', [ben.id]: 'attended' }),
      ...ticked(early, { [anna.id]: 'no_show' }),
      ...ticked(future, { [anna.id]: 'attended' }),
      ...ticked(taken, { [ben.id]: 'no_show' }),
    ]);
    expect(answer.init.status).toBe(409);
    expect(answer.data.message).toBe('1 closed out; 3 sessions were refused. The reason stands at each.');
    expect(answer.data.refused).toEqual({
      [early]: expect.stringContaining('A no-show can be marked from'),
      [future]: 'This session has not begun yet.',
      [taken]: expect.stringContaining('meanwhile'),
    });
    expect(answer.data.marked).toMatchObject({ [early]: { [anna.id]: 'no_show' } });
    expect(await outcomesOf(fine)).toEqual({ [anna.id]: 'attended', [ben.id]: 'attended' });
    expect(await outcomesOf(taken)).toEqual({ [ben.id]: 'attended' });
  });

  it('nothing ticked, or a student left out, is told and changes nothing', async () => {
    const id = await book('2026-03-11T09:00');
    ctx.setNow('2026-03-11T12:00:00Z');
    expect((await send('?date=2026-03-11', [])).data.message).toContain('Tick the sessions');
    expect((await send('?date=2026-03-11', ticked(id, { [anna.id]: 'attended' }))).data.refused[id]).toContain('each student');
    expect(await outcomesOf(id)).toEqual({ [anna.id]: 'planned', [ben.id]: 'planned' });
  });
});
