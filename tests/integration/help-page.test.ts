import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader } from '#app/routes/help/route.tsx';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-04T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);

const [admin, scheduler, tutorUser, parent, pupil] = await Promise.all([
  aUser(db, { roles: ['admin'] }),
  aUser(db, { roles: ['scheduler'] }),
  aUser(db, { roles: ['tutor'] }),
  aUser(db, { roles: ['client'] }),
  aUser(db, { roles: ['student'] }),
]);
const overrides = JSON.stringify({ completion: 'auto', late_cancel: { client_charge_percent: '87', tutor_pay_percent: '43' } });
const ours = await aProgram(db, { name: 'Lincoln afternoons', policyOverrides: overrides });
await aProgram(db, { name: 'Of other families', policyOverrides: overrides });
const subject = await aSubject(db);
const tutor = await aTutor(db, { userId: tutorUser.id, subjectIds: [subject.id] });
const client = await aClient(db, { userId: parent.id });
const student = await aStudent(db, { clientId: client.id, userId: pupil.id });
await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: ours.id, subjectId: subject.id });

async function help(user: { id: string }, role?: string) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test/help${role ? `?for=${role}` : ''}`, {
    headers: { cookie: `lectern=${token}` },
  });
  return loader({ request, context, params: {} } as never);
}
const said = async (user: { id: string }, role?: string) => JSON.stringify((await help(user, role)).sections);

it('each role reads its own page, an administrator what the others are told too', async () => {
  expect((await help(tutorUser)).roles).toEqual(['tutor']);
  expect((await help(parent)).roles).toEqual(['family']);
  expect((await help(pupil)).role).toBe('student');
  expect((await help(scheduler)).roles).toEqual(['office']);
  expect((await help(admin)).roles).toEqual(['office', 'tutor', 'family', 'student']);
});

it('nobody reads another role’s page by its address', async () => {
  for (const [user, role] of [
    [parent, 'tutor'],
    [tutorUser, 'office'],
    [scheduler, 'tutor'],
    [pupil, 'tutor'],
  ] as const)
    await expect(help(user, role)).rejects.toMatchObject({ status: 403 });
});

it('a student who follows a link of a page that families share reads the students’ page', async () => {
  expect((await help(pupil, 'family')).role).toBe('student');
});

it('tutors and families read the rules of their own programs, the office of all', async () => {
  for (const user of [tutorUser, parent]) {
    expect(await said(user)).toContain('Lincoln afternoons');
    expect(await said(user)).not.toContain('Of other families');
  }
  expect(await said(admin)).toContain('Of other families');
});

it('what is charged and what is paid are told to each side alone', async () => {
  expect(await said(parent)).toContain('87%');
  expect(await said(parent)).not.toContain('43%');
  expect(await said(tutorUser)).toContain('43%');
  expect(await said(tutorUser)).not.toContain('87%');
  expect(await said(scheduler)).not.toContain('43%');
  expect(await said(pupil)).not.toMatch(/87%|43%/);
});

it('a rule that is changed is told from the next look on', async () => {
  const before = await said(tutorUser);
  await db
    .updateTable('organisation')
    .set({ closeouts: JSON.stringify({ chase: false }) })
    .execute();
  const after = await said(tutorUser);
  expect(before).not.toContain('Nobody is reminded of a missing close-out');
  expect(after).toContain('Nobody is reminded of a missing close-out');
});
