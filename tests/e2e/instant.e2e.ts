import type { BrowserContext, Page } from '@playwright/test';
import { test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { anEngagement } from '#tests/factories/index.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, standInForRooms, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };

test('a tutor starts a session at once: the room opens, the family is told and joins, a student without an account gets one on the way', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const { db } = company;
  const people = await aTutorAndAFamily(company, 'Quick');
  const tutorRow = await db.selectFrom('tutor').select('id').where('email', '=', people.tutor.email).executeTakeFirstOrThrow();
  const student = await db
    .updateTable('student')
    .set({ email: 'mia.quick@example.test' })
    .where('lastName', '=', 'Quick')
    .returning('id')
    .executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const subject = await db.selectFrom('subject').select('id').where('name', '=', people.subject).executeTakeFirstOrThrow();
  await anEngagement(db, { tutorId: tutorRow.id, studentId: student.id, programId: program.id, subjectId: subject.id });

  const errors: string[][] = [];
  const contexts: BrowserContext[] = [];
  const open = async (phone: boolean): Promise<Page> => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...(phone ? { viewport: PHONE } : {}) });
    contexts.push(context);
    const page = await context.newPage();
    await standInForRooms(page);
    errors.push(watchErrors(page));
    return page;
  };
  const as = async (email: string, password: string, phone = true): Promise<Page> => {
    const page = await open(phone);
    await signIn(page, email, password);
    return page;
  };

  // On a phone, from the card of upcoming sessions, with what it means said before.
  const tutor = await as(people.tutor.email, PASSWORD);
  await tutor.getByRole('link', { name: 'Instant session' }).click();
  await expect(tutor.getByText('Everybody is free: it can start now.')).toBeVisible();
  await expect(tutor.getByText('becomes a line on the next invoice', { exact: false })).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.getByRole('textbox', { name: 'Title' }).fill('Before the exam');
  await tutor.getByRole('button', { name: 'Start session' }).dblclick();
  await expect(tutor).not.toHaveURL(/\/tutor\//);
  const sessions = await db.selectFrom('session').select(['id', 'instant']).where('title', '=', 'Before the exam').execute();
  expect(sessions).toEqual([{ id: expect.any(String), instant: true }]);
  const id = sessions[0]?.id ?? '';
  const joined = await db.selectFrom('meetingJoin').select('role').where('sessionId', '=', id).execute();
  expect(joined).toEqual([{ role: 'tutor' }]);

  // It is on the parent's page at once, with the way in.
  const parent = await as(people.client.email, PASSWORD);
  await expect(parent.getByRole('link', { name: /^Join Before the exam/ })).toBeVisible();
  await noSeriousFault(parent);

  // The student had no account: the link in the mail makes one and leads on into the room.
  const mails = await db
    .selectFrom('mailMessage')
    .select(['template', 'toAddress', 'data'])
    .where('sessionId', '=', id)
    .execute();
  expect(mails.map((mail) => [mail.template, mail.toAddress]).sort()).toEqual([
    ['session-started', people.client.email],
    ['session-started-invited', 'mia.quick@example.test'],
  ]);
  const invitation = mails.find((mail) => mail.toAddress === 'mia.quick@example.test')?.data as { link?: string } | undefined;
  const guest = await open(true);
  const { pathname, search } = new URL(invitation?.link ?? '');
  await guest.goto(pathname + search);
  await noSeriousFault(guest);
  await guest.getByLabel('Choose a password', { exact: false }).first().fill(PASSWORD);
  await guest.getByRole('button', { name: 'Begin' }).click();
  await expect(guest).not.toHaveURL(/\/(invite|login|family)/);
  const roles = await db.selectFrom('meetingJoin').select('role').where('sessionId', '=', id).execute();
  expect(roles.map((row) => row.role).sort()).toEqual(['student', 'tutor']);

  // The office can't start another with the same tutor: which session is in the way is said, and when it could begin.
  const office = await as('scheduler@demo.test', DEMO_PASSWORD, false);
  await office.goto(`/office/sessions/instant?tutor=${tutorRow.id}&student=${student.id}`);
  await expect(office.getByText(`Iris Quick is in a session until`, { exact: false }).first()).toBeVisible();
  await expect(office.getByText('The earliest start', { exact: false }).first()).toBeVisible();
  await noSeriousFault(office);
  await office.getByRole('button', { name: 'Start session' }).click();
  await expect(office.getByRole('alert')).toContainText('Iris Quick is in a session until');
  expect(errors.flat()).toEqual([]);
  for (const context of contexts) await context.close();
});
