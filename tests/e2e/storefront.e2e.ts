import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, type FrameLocator, type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { type Company, openCompany } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

let company: Company;
let website: Server;

test.beforeAll(async ({ baseURL }) => {
  company = await openCompany();
  // Somebody else's website: 127.0.0.1 and localhost are two sites to a browser.
  website = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Our school</title><h1>Lessons</h1><script src="${baseURL}/book/embed.js"></script></html>`,
    );
  });
  await new Promise<void>((done) => website.listen(0, '127.0.0.1', done));
});

test.afterAll(async () => {
  website.close();
  await company.close();
});

const websiteAddress = () => `http://127.0.0.1:${(website.address() as AddressInfo).port}/`;
const sessionsOf = async (email: string) =>
  company.db
    .selectFrom('attendance')
    .innerJoin('client', 'client.id', 'attendance.clientId')
    .select('attendance.sessionId')
    .where('client.email', '=', email)
    .execute();

/** Lesson, tutor, time: to the form. Another subject each time, so that the tests don't take each other's times. */
async function toTheForm(page: Page | FrameLocator, subject: string) {
  await page.getByRole('link', { name: new RegExp(`^${subject}`) }).click();
  await page.getByRole('link', { name: /^Any tutor/ }).click();
  await expect(page.getByRole('heading', { name: 'When does it suit you?' })).toBeVisible();
  await page.getByRole('list', { name: 'Days' }).getByRole('link').last().click();
  await page.locator('button[formaction]').last().click();
  await expect(page.getByRole('heading', { name: 'Who is it for?' })).toBeVisible();
}

async function fillAndBook(page: Page | FrameLocator, email: string) {
  await page.getByLabel('Your name').fill('Nora Byrne');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel(/Student’s name/).fill('Finn Byrne');
  await page.getByRole('button', { name: /^Book this lesson for/ }).click();
}

test('a guest books from the phone, and every step can be used by everyone', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto('/login');
  await page.getByRole('link', { name: 'Book a lesson' }).click();
  await expect(page.getByRole('heading', { name: 'What would you like to learn?' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: /^Geometry/ }).click();
  await expect(page.getByRole('heading', { name: 'Who should teach?' })).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('link', { name: /^Any tutor/ }).click();
  await expect(page.getByRole('heading', { name: 'When does it suit you?' })).toBeVisible();
  // The reader's own clock, with the company's beside it.
  await expect(page.getByText('Times are those of Berlin')).toBeVisible();
  await noSeriousFault(page);
  await page.locator('button[formaction]').last().click();
  await expect(page.getByText(/^Kept for you for \d+:\d\d$/)).toBeVisible();
  await expect(page.getByText(/in New York/)).toBeVisible();
  await noSeriousFault(page);
  // Back, and forth to another time: the first is free again for others, the second is kept.
  await page.getByRole('link', { name: 'Choose another time' }).click();
  await expect(page.getByRole('heading', { name: 'When does it suit you?' })).toBeVisible();
  await page.locator('button[formaction]').first().click();
  await expect(page.getByRole('heading', { name: 'Who is it for?' })).toBeVisible();
  expect(await company.db.selectFrom('hold').select('id').execute()).toHaveLength(1);
  await page.waitForTimeout(2_100);
  await page.getByRole('button', { name: /^Book this lesson for/ }).click();
  await expect(page.getByText('Enter your name')).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeFocused();
  await noSeriousFault(page);
  await fillAndBook(page, 'phone@example.test');
  await expect(page.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  await noSeriousFault(page);
  expect(await sessionsOf('phone@example.test')).toHaveLength(1);
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  expect(errors).toEqual([]);
  await context.close();
});

test('the widget books within another website that lets in no cookies', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
  await blockCookies(context, baseURL ?? '');
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(websiteAddress());
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'What would you like to learn?' })).toBeVisible();
  const box = page.locator('iframe');
  const before = await box.evaluate((one) => one.clientHeight);
  await toTheForm(frame, 'Chemistry');
  // The frame takes the height it needs: nothing scrolls within it.
  await expect.poll(() => box.evaluate((one) => one.clientHeight)).not.toBe(before);
  const inner = page.frames().find((one) => one.url().includes('/book/embed'));
  await expect
    .poll(() => inner?.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight))
    .toBeLessThanOrEqual(1);
  await expect(frame.getByRole('link', { name: 'Sign in', exact: true })).toHaveAttribute('target', '_top');
  await page.waitForTimeout(2_100);
  await fillAndBook(frame, 'widget@example.test');
  await expect(frame.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  expect(await sessionsOf('widget@example.test')).toHaveLength(1);
  expect(await context.cookies()).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('it books without a script, page by page', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/book/embed');
  await toTheForm(page, 'Biology');
  await expect(page.getByText('It is booked at once')).toBeVisible();
  await page.waitForTimeout(2_100);
  await page.getByLabel('Your name').fill('Nora Byrne');
  await page.getByRole('button', { name: /^Book this lesson for/ }).click();
  await expect(page.getByText('Enter your e-mail address')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Nora Byrne');
  await fillAndBook(page, 'plain@example.test');
  await expect(page.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  expect(await sessionsOf('plain@example.test')).toHaveLength(1);
  await context.close();
});

test('a guest takes a place in a course', async ({ page }) => {
  const errors = watchErrors(page);
  await page.goto('/book');
  await page.getByRole('link', { name: /^SAT on Sundays/ }).click();
  await expect(page.getByRole('heading', { name: 'SAT on Sundays' })).toBeVisible();
  await expect(page.getByText('6 places left')).toBeVisible();
  await noSeriousFault(page);
  await page.getByRole('button', { name: 'Take a place' }).click();
  await expect(page.getByRole('heading', { name: 'Who is it for?' })).toBeVisible();
  await noSeriousFault(page);
  await page.waitForTimeout(2_100);
  await page.getByLabel('Your name').fill('Nora Byrne');
  await page.getByLabel('E-mail address').fill('course@example.test');
  await page.getByRole('button', { name: /^Book this course for \$420/ }).click();
  await expect(page.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  await expect(page.getByText(/the first of [56] sessions/)).toBeVisible();
  // A Sunday on which the company is closed is left out.
  expect((await sessionsOf('course@example.test')).length).toBeGreaterThanOrEqual(5);
  expect(errors).toEqual([]);
});

test('a signed-in family chooses a child and has nothing to type', async ({ page }) => {
  const errors = watchErrors(page);
  await signIn(page, 'family@demo.test', DEMO_PASSWORD);
  await page.goto('/book');
  await toTheForm(page, 'Spanish');
  await page.getByLabel('Oliver Whitfield').check();
  await page.waitForTimeout(2_100);
  await noSeriousFault(page);
  await page.getByRole('button', { name: /^Book this lesson for/ }).click();
  await expect(page.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  expect(errors).toEqual([]);
});

test('the office sees the widget’s line, what is shown and what keeps the rest away', async ({ page, baseURL }) => {
  await signIn(page, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto('/office/settings/storefront');
  await expect(page.getByText(`<script src="${baseURL}/book/embed.js" async></script>`)).toBeVisible();
  await expect(page.getByText(/1 program has no rate: Chess club/)).toBeVisible();
  await noSeriousFault(page);
});

/** As browsers do that let no third party keep anything: nothing of ours is stored or sent from within the other site. */
async function blockCookies(context: BrowserContext, origin: string) {
  await context.route(`${origin}/**`, async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders();
    await route.continue({ headers });
  });
}
