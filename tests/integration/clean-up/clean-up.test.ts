import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { archiveIdle } from '#app/domain/clean-up/archive-idle.server.ts';
import { listIdle } from '#app/domain/clean-up/idle-queries.server.ts';
import { restoreRecord } from '#app/domain/people/archive-record.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRequest, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const maths = await aSubject(db);
const program = await aProgram(db);
const office = await aUser(db, { roles: ['scheduler'] });
const actor = { userId: office.id, kind: 'user' } as const;
const createdAt = new Date('2020-01-01');
const since = '2025-03-02';
const teacher = await aTutor(db, { subjectIds: [maths.id], createdAt });

const family = async (name: string, over: { createdAt?: Date } = {}) => {
  const client = await aClient(db, { name, createdAt, ...over });
  const student = await aStudent(db, { clientId: client.id, firstName: name });
  return { client, student };
};
const book = (studentId: string, wallStart: string) =>
  bookSession(db, ctx, actor, {
    tutorId: teacher.id,
    programId: program.id,
    subjectId: maths.id,
    studentIds: [studentId],
    wallStart,
    zone: 'Europe/Dublin',
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
    billable: false,
  } as never);
const names = async () => (await listIdle(db, 'family', since)).map((row) => row.name);

let idle: Awaited<ReturnType<typeof family>>;
beforeAll(async () => {
  idle = await family('Idle');
  await family('New', { createdAt: new Date('2026-02-01') });
  const busy = await family('Busy');
  await book(busy.student.id, '2026-03-09T10:00');
  const asking = await family('Asking');
  await aRequest(db, { studentId: asking.student.id });
  const calledOff = await family('Called off');
  await book(calledOff.student.id, '2026-03-10T10:00');
  await sql`UPDATE session SET status = 'cancelled' WHERE id IN (SELECT session_id FROM attendance WHERE student_id = ${calledOff.student.id})`.execute(
    db,
  );
});

it('idle is who had no session that took place, is not new, and has asked for nothing', async () => {
  expect((await names()).sort()).toEqual(['Called off', 'Idle']);
});

it('a family goes to the archive with its students, once; who is planned meanwhile stays', async () => {
  const late = await family('Late');
  const ids = (await listIdle(db, 'family', since)).map((row) => row.id);
  await book(late.student.id, '2026-03-11T10:00');
  const done = await archiveIdle(db, ctx, actor, { kind: 'family', since, ids });
  expect(done.archived).toBe(2);
  const archived = await db
    .selectFrom('student')
    .select('archivedAt')
    .where('id', '=', idle.student.id)
    .executeTakeFirstOrThrow();
  expect(archived.archivedAt).not.toBeNull();
  const stays = await db.selectFrom('client').select('archivedAt').where('id', '=', late.client.id).executeTakeFirstOrThrow();
  expect(stays.archivedAt).toBeNull();
  expect(await archiveIdle(db, ctx, actor, { kind: 'family', since, ids })).toEqual({ archived: 0, left: [] });
});

it('tutors who don’t teach any more are found too, applicants are not', async () => {
  const old = await aTutor(db, { createdAt });
  await aTutor(db, { createdAt, status: 'applicant' });
  expect((await listIdle(db, 'tutor', since)).map((row) => row.id)).toEqual([old.id]);
});

it('nobody who was erased is brought back', async () => {
  const { client } = await family('Gone');
  await db.updateTable('client').set({ erasedAt: new Date(), archivedAt: new Date() }).where('id', '=', client.id).execute();
  await expect(restoreRecord(db, ctx, actor, { kind: 'client', id: client.id })).rejects.toMatchObject({ code: 'invalid_value' });
});
