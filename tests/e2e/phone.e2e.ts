import { test } from '@playwright/test';
import { DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ viewport: { width: 360, height: 740 } });

test('a tutor’s phone has every place at hand, explains itself, and says what is kept when there is no connection', async ({
  page,
  context,
}) => {
  const errors = watchErrors(page);
  await signIn(page, 'tutor@demo.test', DEMO_PASSWORD);

  // What the bar has no room for is one tap further.
  const bar = page.getByRole('navigation', { name: 'Pages' });
  await bar.getByText('More').click();
  await bar.getByRole('link', { name: 'Pay' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Pay' })).toBeVisible();
  await noSeriousFault(page);

  // From the page's own help to the place that explains it.
  await page.getByLabel('Help for this page').click();
  await page.getByRole('link', { name: 'How it works here' }).click();
  await expect(page).toHaveURL(/\/help\?for=tutor#pay$/);
  await expect(page.getByRole('heading', { name: 'Your pay' })).toBeInViewport();
  await noSeriousFault(page);

  await page.goto('/tutor/prepare');
  await noSeriousFault(page);

  // A message that is sent without a connection stays as it was typed.
  await page.goto('/tutor/messages');
  await page.getByRole('main').locator('a[href^="/tutor/messages/"]:not([href$="/new"])').first().click();
  await expect(page.getByLabel('Write a message')).toBeVisible();
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByLabel('Write a message').fill('Please bring the red book');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('There is no connection')).toBeVisible();
  await expect(page.getByLabel('Write a message')).toHaveValue('Please bring the red book');
  await context.setOffline(false);

  // Without a connection its own page stands in, with one the page that was wanted comes by itself.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  const before = errors.length;
  await context.setOffline(true);
  await page.goto('/tutor/closeouts');
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1, name: 'To close out' })).toBeVisible();
  expect(errors.slice(0, before)).toEqual([]);
});
