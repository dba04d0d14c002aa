import { type BrowserContext, type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { aTutorAndAFamily, type Company, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, standInForRooms, watchErrors } from './page-checks.ts';

// A step that can't be done fails by itself, long before the whole path runs out of time.
test.use({ actionTimeout: 20_000 });

let company: Company;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(() => company.close());

const PHONE = { width: 390, height: 844 };

test('a session is booked, taught, closed out, approved, invoiced and paid, and its family sees it', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(360_000);
  const people = await aTutorAndAFamily(company, 'Vale');
  const errors: string[][] = [];
  const contexts: BrowserContext[] = [];
  const as = async (email: string, password: string, phone = false): Promise<Page> => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...(phone ? { viewport: PHONE } : {}) });
    contexts.push(context);
    const page = await context.newPage();
    errors.push(watchErrors(page));
    await signIn(page, email, password);
    return page;
  };

  // The scheduler sees the price before booking, and a double click books once.
  const scheduler = await as('scheduler@demo.test', DEMO_PASSWORD);
  await expect(scheduler.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
  await noSeriousFault(scheduler);
  await scheduler.getByRole('link', { name: 'Book a session' }).first().click();
  await expect(scheduler.getByRole('heading', { name: 'Book a session' })).toBeVisible();
  await noSeriousFault(scheduler);
  const { date, time } = company.startedJustNow();
  await scheduler.getByLabel('Program').selectOption({ label: 'One-to-one' });
  await scheduler.getByLabel('Subject').selectOption({ label: people.subject });
  await scheduler.getByLabel('Find a student').fill('vale');
  await scheduler.getByLabel(people.student).check();
  await scheduler.getByLabel('Tutor').selectOption({ label: people.tutor.name });
  await scheduler.getByLabel('Date').fill(date);
  await scheduler.getByLabel('Start').fill(time);
  const preview = scheduler.getByRole('complementary', { name: 'Before you book' });
  await expect(preview.getByText('Nothing stands in the way.')).toBeVisible();
  await expect(preview.getByRole('row', { name: new RegExp(people.student) })).toContainText('$');
  await expect(preview).not.toContainText('Pay of the tutor');
  await noSeriousFault(scheduler);
  await scheduler.getByRole('button', { name: 'Book session' }).dblclick();
  await expect(scheduler).toHaveURL(/\/office\/sessions\/[\da-f-]{36}$/);
  const sessionPath = new URL(scheduler.url()).pathname;
  const sessionId = sessionPath.split('/').at(-1) ?? '';
  await expect(scheduler.getByRole('heading', { name: 'Its story' })).toBeVisible();
  await noSeriousFault(scheduler);
  await scheduler.goto(`/office/sessions?q=${people.student}`);
  await expect(scheduler.getByRole('link', { name: people.subject })).toHaveCount(1);
  await noSeriousFault(scheduler);

  // The same hour again is refused, names what it clashes with, and keeps what was typed.
  await scheduler.goto(sessionPath);
  await scheduler.getByRole('link', { name: 'Book another' }).click();
  await scheduler.getByLabel('Date').fill(date);
  await scheduler.getByLabel('Start').fill(time);
  await expect(preview.getByText('The tutor is already taken', { exact: false })).toBeVisible();
  await expect(preview.getByRole('link', { name: new RegExp(people.tutor.name) }).first()).toHaveAttribute('href', sessionPath);
  await scheduler.getByRole('button', { name: 'Book session' }).click();
  await expect(scheduler.getByRole('alert')).toContainText('already');
  await expect(scheduler.getByLabel('Start')).toHaveValue(time);
  await noSeriousFault(scheduler);

  // The tutor, on a phone: in by one tap, out by another.
  const tutor = await as(people.tutor.email, PASSWORD, true);
  await expect(tutor.getByRole('heading', { name: 'Upcoming sessions' })).toBeVisible();
  const join = tutor.getByRole('link', { name: /^Join/ });
  await expect
    .poll(
      async () => {
        await tutor.reload();
        return join.count();
      },
      { message: 'the room is made by a job' },
    )
    .toBe(1);
  await noSeriousFault(tutor);
  await join.click();
  await expect(tutor.getByRole('button', { name: 'Enter the classroom' })).toBeVisible();
  await tutor.goto(`/tutor/sessions/${sessionId}`);
  await noSeriousFault(tutor);
  await tutor.getByText('Write a plan').click();
  await tutor.getByLabel('What the lesson is to cover').fill('Fractions, then the worksheet');
  await tutor.getByRole('button', { name: 'Save plan' }).click();
  await expect(tutor.getByText('Fractions, then the worksheet').first()).toBeVisible();
  await tutor.goto('/tutor/calendar');
  await noSeriousFault(tutor);
  await tutor.goto(`/tutor/sessions/${sessionId}`);
  await tutor.getByRole('main').getByRole('link', { name: 'Close out', exact: true }).click();
  await expect(tutor.getByRole('heading', { name: 'Close out', level: 1 })).toBeVisible();
  await noSeriousFault(tutor);
  await tutor.getByLabel('Progress notes').fill('Fractions are secure now');
  await tutor.getByLabel('Homework').fill('Pages 12 and 13');
  await tutor.getByLabel('Private note').fill('Ring the parents about the fee');
  await tutor.getByLabel('Minutes taught').evaluate((input: HTMLInputElement) => {
    input.type = 'text';
    input.value = 'a lot';
  });
  await tutor.getByRole('button', { name: 'Close out with these details' }).click();
  await expect(tutor.getByText('Enter whole minutes')).toBeVisible();
  await expect(tutor.getByLabel('Progress notes')).toHaveValue('Fractions are secure now');
  await noSeriousFault(tutor);
  await tutor.getByRole('button', { name: 'Took place as planned' }).click();
  await expect(tutor.getByRole('status')).toContainText('Closed out');
  await noSeriousFault(tutor);

  // The office approves, invoices and pays.
  const admin = await as('admin@demo.test', DEMO_PASSWORD);
  await noSeriousFault(admin);
  await admin.goto('/office/closeouts');
  await noSeriousFault(admin);
  const approve = admin.getByRole('button', { name: 'Approve this one' });
  const row = admin.getByRole('listitem').filter({ hasText: people.student }).filter({ has: approve });
  await expect(row).toContainText('Ring the parents about the fee');
  await row.getByRole('button', { name: 'Approve this one' }).click();
  await expect(admin.getByRole('status')).toContainText('1 close-out is approved');
  await admin.goto(sessionPath);
  await expect(admin.getByText('an hour × 60 min', { exact: false }).first()).toBeVisible();
  await noSeriousFault(admin);

  await admin.goto(`/office/invoice-runs/new?from=${date}&until=${date}`);
  await noSeriousFault(admin);
  await admin.getByRole('link', { name: 'Next: Preview' }).click();
  await expect(admin.getByText(people.client.name).first()).toBeVisible();
  await noSeriousFault(admin);
  await admin.getByRole('link', { name: 'Next: Confirm' }).click();
  await admin.locator('summary', { hasText: /^Issue \d+ invoice/ }).click();
  await admin.getByRole('button', { name: /^Issue \d+ invoices? now$/ }).click();
  await expect(admin).toHaveURL(/\/office\/invoice-runs\/[\da-f-]{36}$/);
  const invoice = admin.getByRole('row').filter({ hasText: people.client.name }).getByRole('link').first();
  await expect
    .poll(
      async () => {
        await admin.reload();
        return invoice.count();
      },
      { message: 'invoices are issued by a job' },
    )
    .toBe(1);
  await noSeriousFault(admin);
  await invoice.click();
  await expect(admin.getByText(people.client.name).first()).toBeVisible();
  await noSeriousFault(admin);

  await admin.goto(`/office/pay-runs/new?step=approve&who=all&from=${date}&until=${date}`);
  await expect(admin.getByText(people.tutor.name).first()).toBeVisible();
  await noSeriousFault(admin);
  await admin.locator('summary', { hasText: 'Approve the run' }).click();
  await admin.getByRole('button', { name: /^Approve \d+ statements? now$/ }).click();
  await expect(admin).toHaveURL(/\/office\/pay-runs\/[\da-f-]{36}$/);
  await expect(admin.getByText(people.tutor.name).first()).toBeVisible();
  await noSeriousFault(admin);
  await tutor.goto('/tutor/pay');
  await expect(tutor.getByRole('link').filter({ hasText: /\d/ }).first()).toBeVisible();
  await noSeriousFault(tutor);

  // The family reads what was done and finds the invoice, and nothing that is the office's.
  const family = await as(people.client.email, PASSWORD, true);
  await expect(family.getByText('Fractions are secure now')).toBeVisible();
  await noSeriousFault(family);
  await family.goto('/family/sessions');
  await noSeriousFault(family);
  await family.goto(`/family/sessions/${sessionId}`);
  await expect(family.getByText('Pages 12 and 13')).toBeVisible();
  await expect(family.getByText('Ring the parents')).toHaveCount(0);
  expect(await family.content()).not.toContain('Ring the parents');
  await noSeriousFault(family);
  await family.goto('/family/invoices');
  await noSeriousFault(family);
  await family.getByRole('link', { name: /INV-/ }).first().click();
  await expect(family.getByRole('row').filter({ hasText: `with ${people.tutor.name}` })).toContainText('$');
  await noSeriousFault(family);

  expect(errors.flat()).toEqual([]);
  await Promise.all(contexts.map((context) => context.close()));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: PHONE });

  test('a session is booked after its price was shown, joined and closed out', async ({ page, browser, baseURL }) => {
    test.setTimeout(120_000);
    const people = await aTutorAndAFamily(company, 'Quill');
    const office = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false });
    const scheduler = await office.newPage();
    await signIn(scheduler, 'scheduler@demo.test', DEMO_PASSWORD);
    await scheduler.goto('/office/sessions/new');
    const { date, time } = company.startedJustNow();
    await scheduler.getByLabel('Program').selectOption({ label: 'One-to-one' });
    await scheduler.getByLabel('Subject').selectOption({ label: people.subject });
    await scheduler.getByLabel(people.student).check();
    await scheduler.getByLabel('Tutor').selectOption({ label: people.tutor.name });
    await scheduler.getByLabel('Date').fill(date);
    await scheduler.getByLabel('Start').fill(time);
    await scheduler.getByLabel('Duration').selectOption('60');
    await scheduler.getByLabel('Online room').selectOption({ label: 'Jitsi Meet' });
    await scheduler.getByRole('button', { name: 'Check clashes and price' }).click();
    await expect(scheduler.getByRole('row', { name: new RegExp(people.student) })).toContainText('$');
    await expect(scheduler.getByLabel('Start')).toHaveValue(time);
    await scheduler.getByRole('button', { name: 'Book session' }).click();
    await expect(scheduler).toHaveURL(/\/office\/sessions\/[\da-f-]{36}$/);
    const sessionId = new URL(scheduler.url()).pathname.split('/').at(-1);
    await office.close();

    await standInForRooms(page);
    await signIn(page, people.tutor.email, PASSWORD);
    const join = page.getByRole('link', { name: /^Join/ });
    await expect
      .poll(async () => {
        await page.reload();
        return join.count();
      })
      .toBe(1);
    await join.click();
    await expect(page.getByRole('heading', { name: 'The room' })).toBeVisible();

    await page.goto(`/tutor/sessions/${sessionId}/close-out`);
    await page.getByLabel('Progress notes').fill('Read chapter two');
    await page.getByLabel('Minutes taught').fill('');
    await page.getByRole('button', { name: 'Close out with these details' }).click();
    await expect(page.getByText('Enter whole minutes')).toBeVisible();
    await expect(page.getByLabel('Progress notes')).toHaveValue('Read chapter two');
    await page.getByLabel('Minutes taught').fill('50');
    await page.getByRole('button', { name: 'Close out with these details' }).click();
    await expect(page.getByRole('status')).toContainText('Closed out');
    await page.goto(`/tutor/sessions/${sessionId}`);
    await expect(page.getByText('Read chapter two')).toBeVisible();
    await expect(page.getByText('50 min', { exact: false }).first()).toBeVisible();
  });
});
