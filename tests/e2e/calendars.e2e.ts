import { type Page, test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

const PHONE = { width: 390, height: 844 };

/** A shortcut is heard once the page's script is there. */
async function press(page: Page, key: string, leadsTo: RegExp) {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(leadsTo, { timeout: 2_000 });
  }).toPass();
}

test('a calendar keeps its view from week to week, obeys the keyboard, and prints a month on one sheet', async ({ page }) => {
  test.setTimeout(300_000);
  const errors = watchErrors(page);
  await signIn(page, 'scheduler@demo.test', DEMO_PASSWORD);
  await page.goto('/office/calendar');
  await noSeriousFault(page);
  await press(page, 'm', /view=month/);
  await expect(page.getByRole('table')).toBeVisible();
  await page.getByRole('link', { name: 'The month after' }).click();
  await expect(page).toHaveURL(/view=month&date=\d{4}-\d{2}-01/);
  await press(page, 't', /view=month$/);
  await noSeriousFault(page);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);

  await page.getByLabel('Tutor').selectOption({ label: 'Maya Fernandez' });
  await expect(page).toHaveURL(/tutor=[\da-f-]{36}/);
  // The address is ahead of the page by a moment: a key leads where the page's links do.
  await expect(page.getByRole('link', { name: 'Week', exact: true })).toHaveAttribute('href', /tutor=/);
  await press(page, 'w', /view=week&date=.*tutor=/);
  const sessions = page.locator('[data-entry]');
  await sessions.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(sessions.first()).not.toBeFocused();
  await expect(page.locator('[data-entry]:focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/office\/sessions\/[\da-f-]{36}$/);
  expect(errors).toEqual([]);
});

test('a tutor’s month on a phone leads to the day', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: PHONE });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await signIn(page, 'tutor@demo.test', DEMO_PASSWORD);
  await page.goto('/tutor/calendar?view=month');
  await noSeriousFault(page);
  await page.getByRole('link', { name: /, today, \d+ session/ }).click();
  await expect(page).toHaveURL(/view=day&date=/);
  await expect(page.locator('[data-entry]').first()).toBeVisible();
  await noSeriousFault(page);
  await context.close();
  expect(errors).toEqual([]);
});

test('a family’s calendar address is read without signing in until it is taken back', async ({ page, playwright, baseURL }) => {
  await signIn(page, 'family@demo.test', DEMO_PASSWORD);
  await page.goto('/account/calendars');
  await page.getByLabel('Name').fill('My phone');
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = await page.getByLabel('Address', { exact: true }).inputValue();
  await noSeriousFault(page);
  const nobody = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const feed = await nobody.get(address);
  expect(feed.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  expect(await feed.text()).toContain('BEGIN:VTIMEZONE');
  expect((await nobody.get(address, { headers: { 'if-none-match': feed.headers().etag ?? '' } })).status()).toBe(304);
  await page.getByRole('button', { name: 'Take back My phone' }).click();
  await expect(page.getByRole('status')).toContainText('Taken back');
  expect((await nobody.get(address)).status()).toBe(404);
  await nobody.dispose();
});

test('a key lets a program in and nothing else does; a page of another site can’t use who is signed in', async ({ page }) => {
  await signIn(page, 'admin@demo.test', DEMO_PASSWORD);
  await page.goto('/office/settings/api-keys');
  await page.getByLabel('Name').fill('Website');
  await page.getByLabel('Programs and their lengths').check();
  await page.getByLabel('Book, move and cancel sessions').check();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByLabel('Key', { exact: true }).inputValue();
  await noSeriousFault(page);
  const elsewhere = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  const withKey = { ...elsewhere, Authorization: `Bearer ${key}` };
  // The browser's own cookie goes along with each.
  expect((await page.request.get('/api/v1/programs', { headers: withKey })).status()).toBe(200);
  const write = await page.request.post('/api/v1/sessions', { headers: withKey, data: {} });
  expect([write.status(), (await write.json()).code]).toEqual([400, 'invalid_value']);
  expect((await page.request.post('/api/v1/sessions', { headers: elsewhere, data: {} })).status()).toBe(401);
  await page.goto('/api/v1/docs');
  await noSeriousFault(page);
  await page.goto('/office/attendance');
  await noSeriousFault(page);
});
