import { type Kysely, sql } from 'kysely';
import { type CDPSession, chromium, type Page } from 'playwright';
import { createUser } from '#app/domain/people/create-user.server.ts';
import { loadBoard } from '#app/routes/office.board._index/load-board.server.ts';
import { compose } from '#app/server/compose.ts';
import { createApp } from '#app/server/create-app.ts';
import { loadPages } from '#app/server/pages.ts';
import { serve } from '#app/server/serve.ts';
import { type Database, openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import { testConfig } from '#tests/setup/config.ts';
import { findBrowser } from '../../scripts/find-browser.js';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { recordStatements } from './recorder.ts';

const TUTORS = 100;
const PER_TUTOR = 20;
const ROUNDS = 15;
const ZONE = 'Europe/Dublin';
const FEW = 10_000;
const MANY = 1_000_000;
const PASSWORD = 'bench only, nowhere else';
/** A week that has begun somewhere in the middle of all that is stored. */
const WEEK = { firstDay: '2027-03-01', days: 7 };

/** The board of a large company: its answer, its answer as the past grows, and its work in a browser. */
export async function benchBoard(ground: Ground): Promise<BenchLine[]> {
  const few = await ground.database('bench_board_few');
  const lines: BenchLine[] = [];
  const database = open(few);
  let atFew: number;
  try {
    await fill(database.db);
    await store(database.db, FEW);
    atFew = await answerTime(database.db);
    lines.push(await loaderLine(database));
  } finally {
    await database.close();
  }
  lines.push(...(await browserLines(few)));
  const many = open(await ground.database('bench_board_many', 'bench_board_few'));
  try {
    await store(many.db, MANY - FEW);
    const atMany = await answerTime(many.db);
    lines.push({
      what: `A week of ${TUTORS} tutors, ${TUTORS * PER_TUTOR} sessions, with ${MANY.toLocaleString('en')} sessions stored`,
      ours: `${atMany.toFixed(1)} ms`,
      against: `${atFew.toFixed(1)} ms with ${FEW.toLocaleString('en')}`,
      ratio: atMany / atFew,
      promise: 'promised: within 20 %',
    });
  } finally {
    await many.close();
  }
  return lines;
}

const open = (url: string) => openDatabase({ url, max: 4, statementTimeoutMs: 900_000, onError: () => {} });

async function answerTime(db: Kysely<DB>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await milliseconds(() => loadBoard({ db }, { timezone: ZONE }, WEEK)));
  return median(times);
}

async function loaderLine(database: Database): Promise<BenchLine> {
  const { db, pool } = database;
  const load = () => loadBoard({ db }, { timezone: ZONE }, WEEK);
  const statements = await recordStatements(load);
  const plain = async () => {
    for (const { text, values } of statements) JSON.stringify((await pool.query(text, values)).rows);
  };
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await milliseconds(load));
    floor.push(await milliseconds(plain));
  }
  const bytes = (await load()).length;
  return {
    what: `The board’s data of a week: ${TUTORS} tutors, ${TUTORS * PER_TUTOR} sessions, hours and all`,
    ours: `${median(ours).toFixed(1)} ms to load, ${(bytes / 1024).toFixed(0)} KiB`,
    against: `${median(floor).toFixed(1)} ms for its SQL and JSON encoding alone`,
    ratio: median(ours) / median(floor),
    promise: 'promised: at most 3',
  };
}

async function browserLines(databaseUrl: string): Promise<BenchLine[]> {
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
    await cdp.send('Performance.enable');
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

/** Milliseconds of scripting that the page has done since it was opened. */
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
    WHERE id = (SELECT id FROM session WHERE ref = 'W1-3') RETURNING id`.execute(db);
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

/** The company, and the sessions of the week that is shown. */
async function fill(db: Kysely<DB>): Promise<void> {
  const { installs } = await anOrganisation(db);
  const program = await aProgram(db, { name: 'One-to-one' });
  const subject = await aSubject(db, { name: 'Algebra' });
  const policy = await aPolicyVersion(db);
  await sql`UPDATE organisation SET timezone = ${ZONE}`.execute(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone, buffer_minutes)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, ${ZONE}, 10 FROM generate_series(1, ${TUTORS}::int) i`.execute(db);
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute)
    SELECT t.id, d, 540, 1140 FROM tutor t, generate_series(1, 5) d`.execute(db);
  await sql`INSERT INTO client (ref, name) SELECT 'C' || i, 'Family ' || i FROM generate_series(1, 500) i`.execute(db);
  await sql`INSERT INTO student (ref, client_id, first_name, last_name) SELECT 'S' || ref, id, 'Sam', ref FROM client`.execute(
    db,
  );
  await insert(db, {
    refs: sql`'W' || t.n || '-' || i`,
    from: sql`generate_series(0, ${PER_TUTOR - 1}::int) i`,
    at: sql`(${WEEK.firstDay}::timestamp + make_interval(days => i / 4, hours => 9 + 2 * (i % 4))) AT TIME ZONE ${ZONE}`,
    ids: { program: program.id, subject: subject.id, policy, billing: installs['billing-invoicing'] ?? '' },
  });
}

/** The past and the future: so many sessions in the weeks around, none in the week that is shown. */
async function store(db: Kysely<DB>, count: number): Promise<void> {
  const one = await sql<{ program: string; subject: string; policy: string; billing: string; most: number }>`
    SELECT (SELECT id FROM program LIMIT 1) AS program, (SELECT id FROM subject LIMIT 1) AS subject,
      (SELECT id FROM policy_version LIMIT 1) AS policy, (SELECT billing_install_id FROM attendance LIMIT 1) AS billing,
      (SELECT count(*)::int FROM session WHERE ref LIKE 'P%') AS most`.execute(db);
  const [ids] = one.rows;
  if (!ids) throw new Error('nothing is filled in');
  const first = ids.most / TUTORS;
  // Ten a day and tutor: before the week the even, after it the odd ones.
  await insert(db, {
    refs: sql`'P' || t.n || '-' || i`,
    from: sql`generate_series(${first}::int, ${first + count / TUTORS - 1}::int) i`,
    at: sql`(${WEEK.firstDay}::timestamp + make_interval(days => CASE WHEN i % 2 = 0 THEN -1 - i / 20 ELSE 8 + i / 20 END, hours => 8 + (i / 2) % 10)) AT TIME ZONE ${ZONE}`,
    ids,
  });
  await sql`ANALYZE`.execute(db);
}

interface Inserted {
  refs: ReturnType<typeof sql>;
  from: ReturnType<typeof sql>;
  at: ReturnType<typeof sql>;
  ids: { program: string; subject: string; policy: string; billing: string };
}

async function insert(db: Kysely<DB>, { refs, from, at, ids }: Inserted): Promise<void> {
  await sql`
    WITH made AS (
      INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, policy_version_id)
      SELECT ${refs}, t.id, ${ids.program}::uuid, ${ids.subject}::uuid, at, at + interval '45 minutes', 45, at AT TIME ZONE ${ZONE}, ${ZONE},
             (at AT TIME ZONE ${ZONE})::date, 'online', ${ids.policy}::uuid
      FROM (SELECT id, row_number() OVER (ORDER BY ref) AS n FROM tutor) t, ${from}, LATERAL (SELECT ${at} AS at) a
      RETURNING id, tutor_id, starts_at, ends_at, ref
    ), taken AS (
      INSERT INTO session_resource (session_id, resource_id, busy, blocking)
      SELECT id, tutor_id, tstzrange(starts_at, ends_at + interval '10 minutes'), true FROM made
    )
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id)
    SELECT m.id, st.id, st.client_id, ${ids.billing}::uuid
    FROM (SELECT id, row_number() OVER (ORDER BY ref) AS n FROM made) m
    JOIN (SELECT id, client_id, row_number() OVER (ORDER BY ref) AS n FROM student) st ON st.n = m.n % 500 + 1`.execute(db);
}
