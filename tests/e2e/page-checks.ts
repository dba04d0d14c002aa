import AxeBuilder from '@axe-core/playwright';
import { type Page, expect as within5s } from '@playwright/test';

/** What the server has to work for may take longer on a machine that does much else. */
export const expect = within5s.configure({ timeout: 20_000 });

/** What only the colours decide; all else is the same in light and dark. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Nothing serious, in light and in dark, and nothing that scrolls sideways; not looked at within what others made. */
export async function noSeriousFault(page: Page, { butWithin }: { butWithin?: string } = {}) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
    if (butWithin) axe.exclude(butWithin);
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(ABOUT_COLOURS)).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => [colorScheme, id, nodes.map(({ target }) => target.join(' '))]),
      `${new URL(page.url()).pathname} in ${colorScheme}`,
    ).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
}

/** Fails the test at its end when a page logged an error or threw one. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${new URL(page.url()).pathname}: ${error.message}`));
  page.on('console', (message) => {
    // A refusal (409) is told by the browser as an error too; it is what the test asks for.
    if (message.type() === 'error' && !/Failed to load resource.*\b4\d\d\b/.test(message.text())) errors.push(message.text());
  });
  return errors;
}

export async function signIn(page: Page, email: string, password: string) {
  await page.goto('/login');
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Rooms are somewhere else; here something stands in for them, so that Join can be followed to its end. */
export async function standInForRooms(page: Page) {
  await page.route(
    (url) => url.hostname !== 'localhost',
    (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Room</title><h1>The room</h1>' }),
  );
}
