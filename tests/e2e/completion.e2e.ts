import { type Browser, type BrowserContext, type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { aProgram, aRate } from '#tests/factories/index.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

/** When a session counts as done, by its program: by itself at its end, with the tutor's close-out, or with the office's word. */

test.use({ actionTimeout: 20_000 });
test.describe.configure({ mode: 'serial' });

const PHONE = { width: 390, height: 844 };

let company: Company;
let contexts: BrowserContext[];
let errors: string[][];

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

test.beforeEach(() => {
  test.setTimeout(240_000);
  contexts = [];
  errors = [];
});

test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  expect(errors.flat()).toEqual([]);
});

test('auto: a session that is over completes itself, and is on the next invoice without anybody’s word', async ({ browser }) => {
  const { people, office, sessionPath, invoice } = await bookedIn('auto', 'Alder', browser);
  await company.runJob('sessions.autocomplete');
  await office.goto(sessionPath);
  await expect
    .poll(
      async () => {
        await office.reload();
        return office.getByText('Completed by itself at its end').count();
      },
      { message: 'the job completes it' },
    )
    .toBe(1);
  const tutor = await as(browser, people.tutor.email, PASSWORD, PHONE);
  await tutor.goto('/tutor/closeouts');
  await expect(tutor.getByText('All closed out')).toBeVisible();
  await invoice('$60.00');
});

test('closeout: billed once its tutor has said that it took place, in two taps', async ({ browser }) => {
  const { people, office, sessionPath, invoice, waitsFor } = await bookedIn('closeout', 'Birch', browser);
  await waitsFor('Not closed out');
  const tutor = await as(browser, people.tutor.email, PASSWORD, PHONE);
  await tutor.goto('/tutor/pay');
  await expect(tutor.getByText('1 session is not in your pay yet')).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.goto('/tutor/closeouts');
  await expect(tutor.getByText('Not in your pay until you close it out')).toBeVisible();
  await noSeriousFault(tutor);
  await closeOutAsPlanned(tutor);
  await office.goto(sessionPath);
  await expect(office.getByText('an hour × 60 min', { exact: false }).first()).toBeVisible();
  await invoice('$60.00');
});

test('closeout and approval: sent back, written anew, approved, and only then billed', async ({ browser }) => {
  const { people, office, waitsFor, invoice } = await bookedIn('approval', 'Cedar', browser);
  const tutor = await as(browser, people.tutor.email, PASSWORD, PHONE);
  await tutor.goto('/tutor/closeouts');
  await closeOutAsPlanned(tutor);
  await waitsFor('Not approved');

  await office.goto('/office/closeouts?q=cedar');
  const row = office.getByRole('listitem').filter({ hasText: people.student });
  await expect(row.getByText('As planned')).toBeVisible();
  await noSeriousFault(office);
  await row.getByText('Send back', { exact: true }).click();
  await row.getByRole('button', { name: /^Send back to / }).click();
  await expect(row.getByText('Tell the tutor what to change.')).toBeVisible();
  await row.getByLabel('What should be changed?').fill('It was half an hour, says the family');
  await row.getByRole('button', { name: /^Send back to / }).click();
  await expect(office.getByRole('status')).toContainText('with its tutor again');
  await waitsFor('Not closed out');

  await tutor.goto('/tutor/closeouts');
  await expect(tutor.getByText('It was half an hour, says the family')).toBeVisible();
  await tutor.getByRole('link', { name: /^Close out / }).click();
  await tutor.getByLabel('Minutes taught').fill('30');
  await tutor.getByRole('button', { name: 'Submit again' }).click();
  await expect(tutor.getByRole('status')).toContainText('Closed out');

  await office.goto('/office/closeouts?q=cedar');
  await expect(row.getByText('30 min less: 30 instead of 60')).toBeVisible();
  await expect(row.getByText('Written anew after it was sent back: It was half an hour')).toBeVisible();
  await noSeriousFault(office);
  await row.getByRole('checkbox').check();
  await office.getByRole('button', { name: 'Approve 1 ticked' }).dblclick();
  await expect(office.getByRole('status')).toContainText('is approved');
  await office.goto('/office/closeouts?show=history&q=cedar');
  await expect(office.getByText('taught 60 min → 30 min')).toBeVisible();
  await noSeriousFault(office);
  await invoice('$30.00');
});

interface Booked {
  people: Awaited<ReturnType<typeof aTutorAndAFamily>>;
  /** Signed in as an administrator. */
  office: Page;
  sessionPath: string;
  /** The invoice run of this program says that its one place waits, and why. */
  waitsFor(label: string): Promise<void>;
  /** Issues the invoice of this program; the family finds it, with this amount for the hour. */
  invoice(amount: string): Promise<void>;
}

/** A program of its own with this completion, and in it an hour that is over, booked on the page. */
async function bookedIn(completion: string, name: string, browser: Browser): Promise<Booked> {
  const program = await aProgram(company.db, {
    name: `Lessons by ${completion}`,
    policyOverrides: JSON.stringify({ completion }),
  });
  await aRate(company.db, { side: 'charge', programId: program.id, amountPerHour: 6000n });
  await aRate(company.db, { side: 'pay', programId: program.id, amountPerHour: 3000n });
  const people = await aTutorAndAFamily(company, name);
  const { date, time } = company.hoursAgo(3);
  const office = await as(browser, 'admin@demo.test', DEMO_PASSWORD);
  await office.goto('/office/sessions/new');
  await office.getByLabel('Program').selectOption({ label: program.name });
  await office.getByLabel('Subject').selectOption({ label: people.subject });
  await office.getByLabel('Find a student').fill(name);
  await office.getByLabel(people.student).check();
  await office.getByLabel('Tutor').selectOption({ label: people.tutor.name });
  await office.getByLabel('Date').fill(date);
  await office.getByLabel('Start').fill(time);
  await office.getByLabel('Duration').selectOption('60');
  const preview = office.getByRole('complementary', { name: 'Before you book' });
  await expect(preview.getByRole('row', { name: new RegExp(people.student) })).toContainText('$60.00');
  await office.getByRole('button', { name: 'Book session' }).click();
  await expect(office).toHaveURL(/\/office\/sessions\/[\da-f-]{36}$/);
  const wizard = (step: string) =>
    `/office/invoice-runs/new?${new URLSearchParams({ step, from: date, until: date, program: program.id })}`;
  return {
    people,
    office,
    sessionPath: new URL(office.url()).pathname,
    async waitsFor(label) {
      await office.goto(wizard('check'));
      await expect(office.getByRole('heading', { name: `${label}: 1` })).toBeVisible();
    },
    async invoice(amount) {
      await office.goto(wizard('check'));
      await expect(office.getByText('Nothing stands in the way')).toBeVisible();
      await office.goto(wizard('confirm'));
      await office.locator('summary', { hasText: /^Issue 1 invoice/ }).click();
      await office.getByRole('button', { name: 'Issue 1 invoice now' }).click();
      await expect(office).toHaveURL(/\/office\/invoice-runs\/[\da-f-]{36}$/);
      const issued = office.getByRole('row').filter({ hasText: people.client.name }).getByRole('link').first();
      await expect
        .poll(
          async () => {
            await office.reload();
            return issued.count();
          },
          { message: 'invoices are issued by a job' },
        )
        .toBe(1);
      const family = await as(browser, people.client.email, PASSWORD, PHONE);
      await family.goto('/family/invoices');
      await family.getByRole('link', { name: /INV-/ }).first().click();
      await expect(family.getByRole('row').filter({ hasText: `with ${people.tutor.name}` })).toContainText(amount);
    },
  };
}

/** From the list: one tap opens it, one confirms. */
async function closeOutAsPlanned(tutor: Page) {
  await tutor.getByRole('link', { name: /^Close out / }).click();
  await tutor.getByRole('button', { name: 'Took place as planned' }).click();
  await expect(tutor.getByRole('status')).toContainText('Closed out');
}

async function as(browser: Browser, email: string, password: string, viewport?: typeof PHONE): Promise<Page> {
  const { baseURL = '' } = test.info().project.use;
  const context = await browser.newContext({ baseURL, ...(viewport ? { viewport } : {}) });
  contexts.push(context);
  const page = await context.newPage();
  errors.push(watchErrors(page));
  await signIn(page, email, password);
  return page;
}
