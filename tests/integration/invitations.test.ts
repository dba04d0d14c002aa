import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { action, loader } from '#app/routes/office.invitations/route.tsx';
import { aClient, anOrganisation, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './users/browser.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const cookie = `lectern=${await startSession(db, ctx.clock(), admin.id, { ip: '192.0.2.1', userAgent: null })}`;

const open = async (of: string) =>
  (await visit(ctx, loader, { path: `/office/invitations?of=${of}`, cookie })).body as {
    rows: { id: string; invitedAt: Date | null }[];
  };
const invite = async (of: string, chosen: string[]) =>
  (await visit(ctx, action, { path: `/office/invitations?of=${of}`, cookie, form: { to: 'invite', chosen } })).body as {
    done: number;
    refused: { name: string; message: string }[];
  };
const mailsTo = (address: string | null) =>
  db
    .selectFrom('mailMessage')
    .select('template')
    .where('toAddress', '=', address ?? '')
    .execute();

it('families are invited together; who can’t be is named with the reason and holds up nobody', async () => {
  const signsIn = await aUser(db, { roles: ['client'] });
  const [anna, ben] = [await aClient(db, { name: 'Anna' }), await aClient(db, { name: 'Ben' })];
  const taken = await aClient(db, { name: 'Cara', email: signsIn.email });
  const silent = await aClient(db, { name: 'Dan', email: null });
  const outcome = await invite('client', [anna.id, ben.id, taken.id, silent.id]);
  expect(outcome).toMatchObject({
    done: 2,
    refused: [{ name: 'Cara' }, { name: 'Dan', message: 'Add an e-mail address first.' }],
  });
  expect(await mailsTo(anna.email)).toEqual([{ template: 'invitation' }]);
  const { rows } = await open('client');
  expect(rows.find((row) => row.id === anna.id)?.invitedAt).not.toBeNull();
  expect(rows.find((row) => row.id === silent.id)?.invitedAt).toBeNull();
});

it('who has not accepted gets a fresh link, and who has is in the list no more', async () => {
  const tutor = await aTutor(db);
  await invite('tutor', [tutor.id]);
  expect(await invite('tutor', [tutor.id])).toMatchObject({ done: 1, refused: [] });
  expect(await mailsTo(tutor.email)).toHaveLength(2);
  const { userId } = await db.selectFrom('tutor').select('userId').where('id', '=', tutor.id).executeTakeFirstOrThrow();
  await db
    .insertInto('userPassword')
    .values({ userId: userId ?? '', hash: 'x' })
    .execute();
  expect((await open('tutor')).rows.map((row) => row.id)).not.toContain(tutor.id);
  expect((await invite('tutor', [tutor.id])).refused).toHaveLength(1);
});

it('applicants and those who left are invited when they are taken on, not in the lump', async () => {
  const tutors = [await aTutor(db, { status: 'applicant' }), await aTutor(db, { status: 'left' })];
  const ids = (await open('tutor')).rows.map((row) => row.id);
  for (const tutor of tutors) expect(ids).not.toContain(tutor.id);
});
