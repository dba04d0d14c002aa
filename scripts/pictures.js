/**
 * `npm run pictures`: the pictures of docs/pictures, taken anew from a demo company made for it: each page wide and as on
 * a phone, in light and in dark. Names on the command line take those alone: `npm run pictures -- board`. Those of mails,
 * which need no company, are taken with them, or alone by the name `mails`.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './find-browser.js';
import { takeMailPictures } from './mail-pictures.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = process.env.E2E_PORT ?? '4179';
const origin = `http://localhost:${port}`;
const password = 'lectern-demo';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ name: string, as?: string, path: string, before?: (page: Page) => Promise<unknown> }} Picture */

/** @type {Picture[]} */
const pictures = [
  { name: 'board', as: 'scheduler@demo.test', path: '/office/board' },
  {
    name: 'booking-drawer',
    as: 'scheduler@demo.test',
    path: '/office/board',
    before: async (page) => {
      await page.locator('[aria-label="Book a session with Ben Goldstein"]').click();
      await page.getByRole('dialog').getByText('Subject').first().waitFor();
    },
  },
  { name: 'week', as: 'scheduler@demo.test', path: '/office/calendar?view=week' },
  { name: 'month', as: 'scheduler@demo.test', path: '/office/calendar?view=month' },
  { name: 'list', as: 'scheduler@demo.test', path: '/office/calendar?view=list' },
  { name: 'availability', as: 'tutor@demo.test', path: '/tutor/availability' },
  { name: 'storefront', path: '/book' },
  { name: 'requests', as: 'scheduler@demo.test', path: '/office/requests' },
  {
    name: 'match',
    as: 'admin@demo.test',
    path: '/office/requests',
    before: async (page) => {
      await page.getByRole('link', { name: 'Mateo Bianchi' }).first().click();
      await page.getByRole('link', { name: 'Find a tutor' }).click();
      await page.getByRole('heading', { name: 'Find a tutor' }).waitFor();
    },
  },
  {
    name: 'instant',
    as: 'scheduler@demo.test',
    path: '/office/sessions/instant',
    before: async (page) => {
      await page.locator('[name=studentIds]').nth(3).check();
      await page.locator('[name=tutorId]').selectOption({ index: 1 });
      await page.getByText('Choose who and what').waitFor({ state: 'detached' });
    },
  },
  { name: 'classroom', as: 'tutor@demo.test', path: '/tutor', before: enterClassroom },
  { name: 'offers', as: 'tutor@demo.test', path: '/tutor/offers' },
  { name: 'enquiry', path: '/enquire' },
  {
    name: 'invoice-run',
    as: 'admin@demo.test',
    path: `/office/invoice-runs/new?${thisMonth()}&step=preview`,
    before: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  { name: 'pay-run', as: 'admin@demo.test', path: `/office/pay-runs/new?${thisMonth()}&step=statements` },
  { name: 'rates', as: 'admin@demo.test', path: '/office/rates' },
  { name: 'revenue', as: 'admin@demo.test', path: '/office/reports/revenue' },
  {
    name: 'close-out',
    as: 'tutor@demo.test',
    path: '/tutor/closeouts',
    before: async (page) => {
      await page.locator('a[href$="/close-out"]').first().click();
      await page.getByRole('heading', { level: 1, name: /close.out/i }).waitFor();
    },
  },
  { name: 'progress', as: 'family@demo.test', path: '/family/progress' },
  { name: 'policies', as: 'admin@demo.test', path: '/office/settings/policies' },
  { name: 'emails', as: 'admin@demo.test', path: '/office/settings/emails/session-confirmed' },
];

const sizes = [
  { name: 'wide', width: 1440, height: 900, isMobile: false },
  { name: 'phone', width: 390, height: 844, isMobile: true },
];

const wanted = process.argv.slice(2);
if (wanted.length === 0 || wanted.includes('mails')) await takeMailPictures();
if (wanted.length > 0 && wanted.every((name) => name === 'mails')) process.exit(0);
const server = spawn('node', ['tests/e2e/serve.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PORT: port, APP_ORIGIN: origin },
});
try {
  await upAndReady();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // The classroom is taken with a camera that the browser makes up.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  for (const size of sizes) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
        const context = await browser.newContext({
          baseURL: origin,
          viewport: { width: size.width, height: size.height },
          isMobile: size.isMobile,
          hasTouch: size.isMobile,
          colorScheme,
          locale: 'en-GB',
          timezoneId: 'America/New_York',
        });
        const page = await context.newPage();
        if (picture.as) await signIn(page, picture.as);
        await page.goto(picture.path, { waitUntil: 'networkidle' });
        await picture.before?.(page);
        await page.waitForLoadState('networkidle');
        const file = `docs/pictures/${picture.name}-${size.name}-${colorScheme}.png`;
        await page.screenshot({ path: `${root}${file}`, animations: 'disabled' });
        process.stdout.write(`${file}\n`);
        await context.close();
      }
    }
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
}

/** The demo's last month is invoiced and paid; this one is not. */
function thisMonth() {
  const now = new Date();
  const day = (/** @type {number} */ month, /** @type {number} */ date) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, date)).toISOString().slice(0, 10);
  return `from=${day(0, 1)}&until=${day(1, 0)}`;
}

/** @param {Page} page @param {string} email */
async function signIn(page, email) {
  await page.goto('/login');
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/**
 * The demo's tutor starts a session at once, or goes into the one that is under way, and draws.
 * @param {Page} page
 */
async function enterClassroom(page) {
  const join = page.getByRole('link', { name: /^Join/ }).first();
  if (await join.isVisible()) await join.click();
  else {
    await page.goto('/tutor/sessions/instant');
    await page.locator('[name=studentIds]').first().check();
    await page.getByRole('button', { name: 'Start session' }).click();
  }
  await page.getByRole('button', { name: 'Enter the classroom' }).click();
  await page.getByText('Nobody else is here yet.').first().waitFor();
  // On a phone the video is large, until the whiteboard is asked for.
  if ((page.viewportSize()?.width ?? 0) < 600) return;
  const board = page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');
  await board.waitFor();
  const box = await board.boundingBox();
  if (!box) throw new Error('no whiteboard');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.getByRole('radio', { name: /^Draw/ }).click({ force: true });
  // A parabola, and a line through it.
  for (const height of [(/** @type {number} */ t) => 150 * t * t, (/** @type {number} */ t) => 60 + 50 * t]) {
    await page.mouse.move(x - 100, y + 60 - height(-1));
    await page.mouse.down();
    for (let t = -1; t <= 1; t += 0.05) await page.mouse.move(x + t * 100, y + 60 - height(t));
    await page.mouse.up();
  }
}

async function upAndReady() {
  for (let second = 0; second < 300; second++) {
    if (server.exitCode !== null) throw new Error('the demo ended before it was up');
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('the demo did not come up');
}
