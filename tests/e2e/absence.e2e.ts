import { type Locator, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, aStudent, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { type Company, openCompany } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

/** A tutor with four lessons on one day far from the demo's own, and somebody who could step in. */
async function aDay() {
  const { db } = company;
  const subject = await db.selectFrom('subject').select('id').where('name', '=', 'Algebra').executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const tutor = await aTutor(db, {
    firstName: 'Ida',
    lastName: 'Unwell',
    timezone: 'America/New_York',
    subjectIds: [subject.id],
  });
  await aTutor(db, { firstName: 'Sub', lastName: 'Stitute', timezone: 'America/New_York', subjectIds: [subject.id] });
  const client = await aClient(db, { name: 'Unwell family', email: 'unwell.family@example.test' });
  const ctx = testContext(db, { now: new Date() });
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  for (const [index, time] of ['10:00', '11:30', '14:00', '16:00'].entries()) {
    const student = await aStudent(db, { clientId: client.id, firstName: `Child ${index + 1}`, lastName: 'Unwell' });
    await bookSession(
      db,
      ctx,
      { userId: null, kind: 'system' },
      {
        tutorId: tutor.id,
        studentIds: [student.id],
        programId: program.id,
        subjectId: subject.id,
        wallStart: `${day}T${time}`,
        durationMinutes: 60,
        mode: 'in_person',
        location: 'Room 4',
        billable: true,
        silent: true,
      },
    );
  }
  return { tutorId: tutor.id, day };
}

/** Counts what a scheduler does with the mouse. */
function counting() {
  let clicks = 0;
  return {
    click: async (locator: Locator) => {
      clicks++;
      await locator.click();
    },
    count: () => clicks,
  };
}

test('a tutor who is ill for a day is dealt with in under ten clicks', async ({ page }) => {
  test.setTimeout(180_000);
  const { tutorId, day } = await aDay();
  const errors = watchErrors(page);
  await signIn(page, 'scheduler@demo.test', DEMO_PASSWORD);
  await page.goto(`/office/tutors/${tutorId}`);
  const mouse = counting();

  await mouse.click(page.getByRole('link', { name: 'Is away' }));
  await expect(page.getByRole('heading', { name: 'Ida Unwell is away' })).toBeVisible();
  await page.getByLabel('First day').fill(day);
  await page.getByLabel('Last day').fill(day);
  await mouse.click(page.getByRole('button', { name: 'Show', exact: true }));
  await expect(page.getByRole('combobox', { name: /^What happens to/ })).toHaveCount(4);
  await noSeriousFault(page);

  // One is cancelled, the rest is as suggested: a substitute for each.
  await page
    .getByRole('combobox', { name: /^What happens to/ })
    .last()
    .selectOption('cancel');
  await page.getByLabel('Reason', { exact: true }).selectOption({ label: 'Ill' });
  await mouse.click(page.getByRole('button', { name: 'Show what this means' }));
  await expect(page.getByText(/1 is cancelled.*1 family and .* told by mail, each once/)).toBeVisible();
  await expect(page.getByText(/No late fees/)).toBeVisible();
  await noSeriousFault(page);
  await mouse.click(page.getByRole('button', { name: /^Change 4 sessions/ }));
  await expect(page.getByRole('status').getByText('Done')).toBeVisible();
  expect(mouse.count()).toBeLessThan(10);

  const { db } = company;
  const left = await db
    .selectFrom('session')
    .select('id')
    .where('tutorId', '=', tutorId)
    .where('status', '=', 'scheduled')
    .where('localDate', '=', day)
    .execute();
  expect(left).toEqual([]);
  const mails = await db
    .selectFrom('mailMessage')
    .select('template')
    .where('toAddress', '=', 'unwell.family@example.test')
    .execute();
  expect(mails).toEqual([{ template: 'schedule-changed' }]);
  const off = await db.selectFrom('timeOff').select('status').where('tutorId', '=', tutorId).execute();
  expect(off).toEqual([{ status: 'approved' }]);
  expect(errors).toEqual([]);
});
