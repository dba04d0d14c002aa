import type { BrowserContext, Page } from '@playwright/test';
import { test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { anEngagement } from '#tests/factories/index.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };

test('a family asks for another time, the office offers some, the family takes one; a tutor books for a student', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(360_000);
  const { db } = company;
  const people = await aTutorAndAFamily(company, 'Ashby');
  const { timezone } = await db.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const tutorRow = await db.selectFrom('tutor').select('id').where('email', '=', people.tutor.email).executeTakeFirstOrThrow();
  const isTheirs = { firstName: 'Mia', lastName: 'Ashby' };
  const student = await db
    .selectFrom('student')
    .select('id')
    .where((eb) => eb.and(isTheirs))
    .executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const subject = await db.selectFrom('subject').select('id').where('name', '=', people.subject).executeTakeFirstOrThrow();
  const pair = { tutorId: tutorRow.id, studentId: student.id, programId: program.id, subjectId: subject.id };
  const engagement = await anEngagement(db, pair, { whoMaySchedule: 'tutor' });
  // Every afternoon, so that there are free times whatever day it is.
  await db
    .insertInto('availabilityRule')
    .values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ tutorId: tutorRow.id, weekday, startMinute: 900, endMinute: 1200 })))
    .execute();

  const errors: string[][] = [];
  const contexts: BrowserContext[] = [];
  const as = async (email: string, password: string, phone = false, javaScriptEnabled = true): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: baseURL ?? '',
      javaScriptEnabled,
      ...(phone ? { viewport: PHONE } : {}),
    });
    contexts.push(context);
    const page = await context.newPage();
    errors.push(watchErrors(page));
    await signIn(page, email, password);
    return page;
  };

  // The tutor, on a phone, books one of the free times with a student engaged to them.
  const tutor = await as(people.tutor.email, PASSWORD, true);
  const bar = tutor.getByRole('navigation', { name: 'Pages' });
  await bar.getByText('More').click();
  await bar.getByRole('link', { name: 'Book', exact: true }).click();
  await expect(tutor.getByRole('heading', { name: people.student, level: 1 })).toBeVisible();
  await noSeriousFault(tutor);
  const free = tutor.getByRole('region', { name: 'Free times' }).getByRole('link', { name: /, \d/ });
  await free.nth(3).click();
  await expect(tutor.getByRole('heading', { name: 'Book this time' })).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.getByRole('button', { name: 'Book it' }).dblclick();
  await expect(tutor.getByRole('status')).toContainText('Booked');
  await noSeriousFault(tutor);
  const session = await db.selectFrom('session').select(['id', 'startsAt']).where('engagementId', '=', engagement.id).execute();
  expect(session).toHaveLength(1);

  // The family may not move it, and asks, with what it costs said before.
  const family = await as(people.client.email, PASSWORD, true);
  await family.goto(`/family/sessions/${session[0]?.id}`);
  await noSeriousFault(family);
  await family.getByRole('link', { name: 'Ask for another time' }).click();
  await expect(family.getByText('The tutor plans this engagement.')).toBeVisible();
  await expect(family.getByText('costs nothing', { exact: false }).first()).toBeVisible();
  await noSeriousFault(family);
  await family.getByRole('region', { name: 'Free times' }).getByRole('link', { name: /, \d/ }).nth(9).click();
  await family.getByRole('region', { name: 'Ask for this time' }).getByLabel('Note').fill('She has a recital');
  await family.getByRole('button', { name: 'Ask for it' }).click();
  await expect(family.getByRole('status')).toContainText('Asked');
  await noSeriousFault(family);

  // The office sees it wait, and offers two other times.
  const scheduler = await as('scheduler@demo.test', DEMO_PASSWORD);
  await scheduler
    .getByRole('navigation', { name: 'What waits' })
    .getByRole('link', { name: /requests? to answer/ })
    .click();
  await noSeriousFault(scheduler);
  await scheduler.getByRole('row', { name: /Ashby/ }).getByRole('link').click();
  await expect(scheduler.getByText('She has a recital')).toBeVisible();
  await noSeriousFault(scheduler);
  const offers = scheduler.getByRole('group', { name: 'Free times' }).getByRole('checkbox');
  // The last ones there are: far enough ahead to be cancelled in time, whatever hour it is.
  await offers.nth(-3).check();
  await offers.nth(-1).check();
  await scheduler.getByLabel('A word with it').fill('Would one of these do?');
  await scheduler.getByRole('button', { name: 'Offer these times' }).click();
  await expect(scheduler.getByRole('status')).toContainText('Other times offered');
  await noSeriousFault(scheduler);

  // The family takes one; the session is there now.
  await family.goto('/family');
  await expect(family.getByText('Other times are offered: choose one')).toBeVisible();
  await family.getByRole('link', { name: 'See the request' }).click();
  await family.getByRole('link', { name: /Choose a time/ }).click();
  await noSeriousFault(family);
  await family.getByRole('radio').first().check();
  await family.getByRole('button', { name: 'Take this time' }).click();
  await expect(family).toHaveURL(new RegExp(`/family/sessions/${session[0]?.id}`));
  const moved = await db
    .selectFrom('session')
    .select('startsAt')
    .where('id', '=', session[0]?.id ?? '')
    .executeTakeFirstOrThrow();
  expect(moved.startsAt.getTime()).not.toBe(session[0]?.startsAt.getTime());

  // Without a script, a family asks for a session of its own choosing.
  const plain = await as(people.client.email, PASSWORD, false, false);
  await plain.goto(`/family/book?with=${engagement.id}`);
  const soon = addDays(localDateOf(new Date(), timezone), 20);
  await plain.getByLabel('Date').fill(soon);
  await plain.getByLabel(/^Time/).fill('10:00');
  await plain.getByRole('button', { name: 'Ask for this time' }).click();
  await expect(plain.getByRole('status')).toContainText('Asked');
  await plain.goto('/family/requests');
  await expect(plain.getByRole('link', { name: /A new session/ })).toBeVisible();

  // And cancels the one that is planned, with the fee said before.
  await family.getByRole('link', { name: 'Cancel', exact: true }).click();
  await expect(family.getByText('It costs nothing')).toBeVisible();
  await noSeriousFault(family);
  await family.getByRole('button', { name: 'Cancel the session' }).click();
  await expect(family.getByRole('status')).toContainText('Cancelled');

  // The office sees who may plan, in words.
  await scheduler.goto(`/office/engagements/${engagement.id}`);
  await expect(scheduler.getByText('The tutor may book, move and cancel at once.')).toBeVisible();
  await noSeriousFault(scheduler);
  expect(errors.flat()).toEqual([]);
  for (const context of contexts) await context.close();
});
