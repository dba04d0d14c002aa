import { type Kysely, sql } from 'kysely';
import { type CDPSession, chromium, type Page } from 'playwright';
import { createUser } from '#app/domain/people/create-user.server.ts';
import { compose } from '#app/server/compose.ts';
import { createApp } from '#app/server/create-app.ts';
import { loadPages } from '#app/server/pages.ts';
import { serve } from '#app/server/serve.ts';
import type { DB } from '#db/types.ts';
import { testConfig } from '#tests/setup/config.ts';
import { findBrowser } from '../../scripts/find-browser.js';
import { PER_TUTOR, TUTORS, WEEK } from './board-fill.ts';
import { type BenchLine, median } from './line.ts';

const PASSWORD = 'bench only, nowhere else';

/** The work of the board’s page: to be drawn, and to be drawn again where somebody else changed it. */
export async function browserLines(databaseUrl: string): Promise<BenchLine[]> {
  const what = `The board in Chromium: ${TUTORS} tutors, ${TUTORS * PER_TUTOR} sessions`;
  const executablePath = findBrowser();
  if (!executablePath)
    return [{ what, ours: 'no Chromium here', against: '', ratio: undefined, promise: 'budget: 300 and 50 ms' }];
  const config = { ...testConfig(), databaseUrl, host: '127.0.0.1', port: 0, jobs: false };
  const context = await compose(config);
  const pages = await loadPages(config);
  const serving = await serve(createApp({ context, pages }), config);
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    await createUser(
      context.db,
      context,
      { userId: null, kind: 'system' },
      { email: 'scheduler@bench.test', name: 'Bench Scheduler', roles: ['scheduler'], password: PASSWORD },
    );
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const origin = `http://127.0.0.1:${serving.port}`;
    await signIn(page, origin);
    const cdp = await page.context().newCDPSession(page);
    // The thread's own time: what else the machine does is not counted.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const mounts: number[] = [];
    const updates: number[] = [];
    for (let round = 0; round < 5; round++) mounts.push(await mount(page, cdp, origin));
    for (let round = 0; round < 9; round++) updates.push(await update(page, cdp, context.db));
    const line = (does: string, times: number[], budget: number): BenchLine => ({
      what: `${what}, ${does}`,
      ours: `${median(times).toFixed(0)} ms of scripting`,
      against: `a budget of ${budget} ms`,
      ratio: median(times) / budget,
      promise: 'at most 1',
    });
    return [line('to mount', mounts, 300), line('to update after somebody else moved one', updates, 50)];
  } finally {
    await browser.close();
    await serving.stop();
    await pages.close();
    await context.close();
  }
}

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.locator('[name=email]').fill('scheduler@bench.test');
  await page.locator('[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/office/);
}

/** Milliseconds of processor time that the page's scripts have taken since it was opened. */
async function scripting(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
}

const drawn = (page: Page) =>
  page.waitForFunction((count) => document.querySelectorAll('[data-session]').length === count, TUTORS * PER_TUTOR);

/** From the click on the page's link in the office to the last session drawn: its code, its data, its elements. */
async function mount(page: Page, cdp: CDPSession, origin: string): Promise<number> {
  await page.goto(`${origin}/office/sessions`, { waitUntil: 'networkidle' });
  const before = await scripting(cdp);
  await page.evaluate((day) => {
    const link = document.querySelector<HTMLAnchorElement>('a[href="/office/board"]');
    if (!link) throw new Error('no way to the board');
    history.replaceState(history.state, '', location.href);
    (window as unknown as { __remixRouter: { navigate: (to: string) => void } }).__remixRouter.navigate(
      `/office/board?date=${day}`,
    );
  }, WEEK.firstDay);
  await drawn(page);
  await page.waitForTimeout(300);
  return (await scripting(cdp)) - before;
}

/** Somebody else moves one by an hour, and the page hears of it when it is looked at again. */
async function update(page: Page, cdp: CDPSession, db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    UPDATE session SET version = version + 1, starts_at = starts_at + interval '5 minutes', ends_at = ends_at + interval '5 minutes'
    WHERE id = (SELECT id FROM session WHERE ref = 'T1-W3') RETURNING id`.execute(db);
  const id = rows[0]?.id ?? '';
  const label = await page.locator(`[data-session="${id}"]`).getAttribute('aria-label');
  const before = await scripting(cdp);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.waitForFunction(
    ({ id, label }) => document.querySelector(`[data-session="${id}"]`)?.getAttribute('aria-label') !== label,
    { id, label },
    { polling: 100 },
  );
  await page.waitForTimeout(200);
  return (await scripting(cdp)) - before;
}
