import { type BrowserContext, type Locator, type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { hashPassword } from '#app/auth/password.server.ts';
import { aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };
const FAMILY = { name: 'Paula Quill', email: 'paula.quill@families.test', student: 'Robin Quill' };

/** Somebody who teaches what nobody else does, on weekday afternoons. */
async function aHarpist({ db }: Company) {
  const subject = await aSubject(db, { name: 'Harp' });
  const user = await aUser(db, { email: 'greta.harper@example.test', name: 'Greta Harper', roles: ['tutor'] });
  await db
    .insertInto('userPassword')
    .values({ userId: user.id, hash: await hashPassword(PASSWORD) })
    .execute();
  const tutor = await aTutor(db, {
    ...{ userId: user.id, firstName: 'Greta', lastName: 'Harper', email: user.email, subjectIds: [subject.id] },
  });
  await db
    .insertInto('availabilityRule')
    .values([1, 2, 3, 4, 5].map((weekday) => ({ tutorId: tutor.id, weekday, startMinute: 900, endMinute: 1140 })))
    .execute();
  // Whatever papers the company asks for are there.
  const types = await db.selectFrom('clearanceType').select('id').where('required', '!=', 'none').execute();
  if (types.length > 0)
    await db
      .insertInto('clearance')
      .values(types.map(({ id }) => ({ tutorId: tutor.id, typeId: id, status: 'valid' })))
      .execute();
  return { id: tutor.id, name: 'Greta Harper', email: user.email };
}

test('a family asks at a public address, a tutor is found, asked and accepts, and the first session is booked', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const tutor = await aHarpist(company);
  const errors: string[][] = [];
  const contexts: BrowserContext[] = [];
  const open = async (phone = false): Promise<Page> => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...(phone ? { viewport: PHONE } : {}) });
    contexts.push(context);
    const page = await context.newPage();
    errors.push(watchErrors(page));
    return page;
  };

  const family = await open(true);
  await family.goto('/enquire');
  await family.locator('[name=name]').fill(FAMILY.name);
  await family.locator('[name=email]').fill(FAMILY.email);
  await family.locator('[name="students.0.name"]').fill(FAMILY.student);
  await family.locator('[name="students.0.subjectId"]').selectOption({ label: 'Harp' });
  // Faster than anybody types is no person.
  await expect(async () => {
    await family.getByRole('button', { name: 'Send', exact: true }).last().click();
    await expect(family.getByText('We look through our tutors', { exact: false })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });

  // The office, every click of it counted.
  const office = await open();
  await signIn(office, 'scheduler@demo.test', DEMO_PASSWORD);
  let clicks = 0;
  const click = async (what: Locator) => {
    clicks++;
    await what.click();
  };
  await click(office.getByRole('link', { name: 'Requests', exact: true }));
  await click(office.getByRole('link', { name: FAMILY.student }).first());
  await expect(office.getByRole('region', { name: 'Offers' })).toContainText('Nobody has been asked yet.');
  await noSeriousFault(office);
  const request = new URL(office.url()).pathname;
  await click(office.getByRole('link', { name: 'Find a tutor' }));
  await click(office.getByRole('link', { name: `Offer it to ${tutor.name}` }));
  await expect(office.getByRole('checkbox', { name: tutor.name })).toBeChecked();
  await expect(office.getByLabel('The tutor is paid', { exact: false })).toHaveCount(0);
  await noSeriousFault(office);
  await click(office.getByRole('button', { name: 'Send the offer' }));
  await expect(office.getByRole('region', { name: 'Offers' })).toContainText('left to answer');
  await noSeriousFault(office);

  // The tutor, on a phone: what is offered stands first, and one tap accepts it.
  const phone = await open(true);
  await signIn(phone, tutor.email, PASSWORD);
  await noSeriousFault(phone);
  await phone.getByRole('main').getByRole('link', { name: 'Harp' }).click();
  await expect(phone.getByRole('main')).toContainText('Robin');
  await expect(phone.getByRole('main')).not.toContainText('Quill');
  await noSeriousFault(phone);
  await phone.getByRole('button', { name: 'Accept' }).dblclick();
  await expect(phone.getByRole('status')).toContainText('The office knows your answer.');
  await noSeriousFault(phone);

  // What was agreed is looked at with one click and booked with the next.
  await office.goto(request);
  await expect(office.getByRole('region', { name: 'Book what was agreed' })).toContainText('Nothing stands in the way.');
  await noSeriousFault(office);
  await click(office.getByRole('button', { name: 'Book the weekly series' }));
  await click(office.getByRole('button', { name: 'Book the series' }));
  await expect(office).toHaveURL(/\/office\/series\/[\da-f-]{36}$/);
  expect(clicks).toBeLessThan(8);

  await phone.goto('/tutor/students');
  await expect(phone.getByRole('main')).toContainText('Robin Quill');
  const { db } = company;
  const sessions = await db.selectFrom('session').select('id').where('tutorId', '=', tutor.id).execute();
  expect(sessions.length).toBeGreaterThan(0);
  const told = await db.selectFrom('mailMessage').select('template').where('toAddress', '=', FAMILY.email).execute();
  expect(told.map((mail) => mail.template)).toEqual(expect.arrayContaining(['form-received', 'offer', 'schedule-changed']));

  expect(errors.flat()).toEqual([]);
  for (const context of contexts) await context.close();
});
