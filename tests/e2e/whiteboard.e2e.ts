import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { anEngagement } from '#tests/factories/index.ts';
import { aTutorAndAFamily, type Company, dataDir, openCompany, PASSWORD } from './company.ts';
import { expect, noSeriousFault, signIn, watchErrors } from './page-checks.ts';

test.use({ actionTimeout: 20_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Beside the one that serves the other tests: this one is killed. */
const port = Number(process.env.E2E_PORT ?? 4173) + 1;
const origin = `http://localhost:${port}`;

let company: Company;
let server: ChildProcess | undefined;

test.beforeAll(async () => {
  company = await openCompany();
});

test.afterAll(async () => {
  await kill();
  await company.close();
});

async function start() {
  server = spawn(process.execPath, ['app/server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      LECTERN_MODE: 'demo',
      NODE_ENV: 'production',
      LECTERN_DATA_DIR: dataDir,
      LECTERN_JOBS: 'off',
      DATABASE_URL: company.url,
      PORT: String(port),
      APP_ORIGIN: origin,
      LOG_LEVEL: 'error',
    },
  });
  await expect
    .poll(
      () =>
        fetch(`${origin}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200);
}

/** Without a word of goodbye. */
async function kill() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
}

/** A line drawn by hand, somewhere on the board. */
async function draw(page: Page, down: number) {
  const board = page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');
  const box = await board.boundingBox();
  if (!box) throw new Error('no board');
  const [x, y] = [box.x + box.width / 2 - 60, box.y + 150 + down];
  await page.getByRole('radio', { name: /^Draw/ }).click({ force: true });
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 12; step++) await page.mouse.move(x + step * 10, y + (step % 2) * 12);
  await page.mouse.up();
}

/** How much of the board is not bare, by its pixels: what a person sees, not what is stored. */
const ink = (page: Page) =>
  page
    .getByRole('region', { name: 'Whiteboard' })
    .locator('canvas.static')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && (data[at + 3] ?? 0) > 128) dark += 1;
      return dark;
    });

async function showsMoreInk(page: Page, than: number) {
  await expect.poll(() => ink(page)).toBeGreaterThan(than + 50);
  return ink(page);
}

test('both draw and see it, the server is killed and both carry on, and the board is read afterwards', async ({ browser }) => {
  test.setTimeout(300_000);
  const { db } = company;
  const people = await aTutorAndAFamily(company, 'Sketch');
  const id = (table: 'tutor' | 'student') =>
    db.selectFrom(table).select('id').where('lastName', '=', 'Sketch').executeTakeFirstOrThrow();
  const program = await db.selectFrom('program').select('id').where('name', '=', 'One-to-one').executeTakeFirstOrThrow();
  const subject = await db.selectFrom('subject').select('id').where('name', '=', people.subject).executeTakeFirstOrThrow();
  const [tutorRow, student] = [await id('tutor'), await id('student')];
  await anEngagement(db, { tutorId: tutorRow.id, studentId: student.id, programId: program.id, subjectId: subject.id });
  await start();

  const errors: string[][] = [];
  const as = async (email: string) => {
    const page = await (await browser.newContext({ baseURL: origin })).newPage();
    errors.push(watchErrors(page));
    await signIn(page, email, PASSWORD);
    return page;
  };
  const enter = async (page: Page) => {
    await page.getByRole('button', { name: 'Enter the classroom' }).click();
    const whole = page.getByText('Whiteboard', { exact: true }).first();
    if (await whole.isVisible()) await whole.click();
  };

  // Neither has a camera or a microphone here: the room is for them too.
  const tutor = await as(people.tutor.email);
  await tutor.goto('/tutor/sessions/instant');
  await tutor.getByLabel(people.student).check();
  await tutor.getByRole('button', { name: 'Start session' }).click();
  await expect(tutor).toHaveURL(/\/classroom\/[\da-f-]{36}$/);
  const path = new URL(tutor.url()).pathname;
  await enter(tutor);
  const family = await as(people.client.email);
  await family.goto(path);
  await enter(family);
  await tutor.getByRole('button', { name: 'Let in' }).click();

  await draw(tutor, 0);
  const one = await showsMoreInk(family, 0);
  await draw(family, 60);
  const two = await showsMoreInk(tutor, one);
  await noSeriousFault(tutor, { butWithin: '.excalidraw' });

  await kill();
  await expect(tutor.getByText('The line to Lectern is cut off')).toBeVisible();
  // Drawn on while nobody listens.
  await draw(family, 120);
  await start();
  await expect(tutor.getByText('The line to Lectern is cut off')).toBeHidden({ timeout: 60_000 });
  const three = await showsMoreInk(tutor, two);
  await draw(tutor, 180);
  await showsMoreInk(family, three);

  // A second page is there for both; the other's place is said on it.
  await tutor.getByRole('button', { name: 'Add a page' }).click();
  await expect(family.getByRole('button', { name: `Page 2, ${people.tutor.name} is here` })).toBeVisible();
  await expect.poll(() => ink(tutor)).toBe(0);

  await tutor.getByRole('button', { name: 'Leave' }).click();
  await tutor.getByRole('button', { name: 'End for all' }).click();
  await expect(family.getByRole('heading', { name: 'This session is over' })).toBeVisible();
  await family.goto(path.replace('classroom', 'sessions').concat('/board'));
  await showsMoreInk(family, three);
  await noSeriousFault(family, { butWithin: '.excalidraw' });
  // What the browser says of a line that is cut off.
  expect(errors.flat().filter((error) => !/WebSocket|ERR_CONNECTION_REFUSED/.test(error))).toEqual([]);
});
