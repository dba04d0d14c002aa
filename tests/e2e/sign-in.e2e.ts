import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

async function noSeriousFault(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
}

test('somebody who mistypes is told at once, keeps the address, and then lands on the page they asked for', async ({ page }) => {
  await page.goto('/office/settings/users');
  await expect(page).toHaveURL(/\/login\?to=/);
  await noSeriousFault(page);
  await page.locator('[name=email]').fill('owner@demo.test');
  await page.locator('[name=password]').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('do not belong together');
  await expect(page.locator('[name=email]')).toHaveValue('owner@demo.test');
  await expect(page.locator('[name=password]')).toBeFocused();
  await noSeriousFault(page);
  await page.locator('[name=password]').fill('lectern-demo');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/office\/settings\/users$/);
  await noSeriousFault(page);
});

test('a user is invited, shows with their roles, and is disabled after the consequence is said', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/login');
  await page.getByRole('button', { name: /^Owner/ }).click();
  await expect(page).toHaveURL(/\/office$/);
  await page.goto('/office/settings/users/new');
  await page.locator('[name=name]').fill('Ida Moss');
  await page.locator('[name=email]').fill('ida.moss@example.test');
  await page.getByLabel('Tutor', { exact: true }).check();
  await noSeriousFault(page);
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('status')).toContainText('on its way');
  await page.getByRole('searchbox').fill('ida.moss');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'Ida Moss' }).click();
  await expect(page.getByLabel('Tutor', { exact: true }).first()).toBeChecked();
  await expect(page.getByLabel('Owner', { exact: true })).not.toBeChecked();
  await noSeriousFault(page);
  await page.locator('summary', { hasText: 'Disable' }).click();
  await page.getByRole('button', { name: 'Disable this user' }).click();
  await expect(page.getByRole('status')).toContainText('They are out from now on');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one signs in, sees where one is signed in, and signs out', async ({ page }) => {
    await page.goto('/account/sessions');
    await page.locator('[name=email]').fill('tutor@demo.test');
    await page.locator('[name=password]').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('do not belong together');
    await page.locator('[name=password]').fill('lectern-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/account\/sessions$/);
    await expect(page.getByText('This one', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await expect(page).toHaveURL(/\/login\?notice=signed-out$/);
    await page.goto('/account');
    await expect(page).toHaveURL(/\/login/);
  });

  test('a link that is used up says so and offers the way on', async ({ page }) => {
    const answer = await page.goto('/reset/there-never-was-such-a-link');
    expect(answer?.status()).toBe(410);
    await page.getByRole('link', { name: 'Send a new link' }).click();
    await page.locator('[name=email]').fill('nobody@example.test');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('status')).toContainText('If nobody@example.test has an account here');
  });
});
