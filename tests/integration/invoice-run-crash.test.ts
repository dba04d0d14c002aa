import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db, url } = await testDatabase();
const FAMILIES = 600;
let out: string;

beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'lectern-run-'));
  const organisation = await anOrganisation(db);
  const [tutor, program, subject] = [await aTutor(db), await aProgram(db), await aSubject(db)];
  const policy = await aPolicyVersion(db);
  const first = await aClient(db, { ref: 'F00000' });
  await aStudent(db, { clientId: first.id });
  await sql`INSERT INTO client (ref, name) SELECT 'F' || lpad(n::text, 5, '0'), 'Family ' || n FROM generate_series(1, ${FAMILIES}::int) n`.execute(db);
  await sql`INSERT INTO student (client_id, first_name) SELECT id, 'Child' FROM client WHERE ref > 'F00000'`.execute(db);
  await sql`
    INSERT INTO session (tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, status, policy_version_id, title)
    SELECT ${tutor.id}::uuid, ${program.id}::uuid, ${subject.id}::uuid, '2026-03-10T10:00Z', '2026-03-10T11:00Z', 60, '2026-03-10T10:00', 'Europe/Dublin',
      '2026-03-10', 'online', 'approved', ${policy}::uuid, s.id::text || '/' || k
    FROM student s CROSS JOIN generate_series(1, 2) k WHERE s.first_name = 'Child'`.execute(db);
  await sql`
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id, outcome, settled_at)
    SELECT e.id, s.id, s.client_id, ${organisation.installs['billing-invoicing']}::uuid, 'attended', now()
    FROM session e JOIN student s ON s.id::text = split_part(e.title, '/', 1)`.execute(db);
  await sql`
    INSERT INTO charge (kind, client_id, attendance_id, local_date, description, minutes, net, settled_at)
    SELECT 'session', client_id, id, '2026-03-10', 'A lesson', 60, 6000, now() FROM attendance`.execute(db);
  // Each batch takes a while, so that there is a middle to be killed in.
  await sql`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$`.execute(db);
  await sql`CREATE TRIGGER slow AFTER INSERT ON invoice FOR EACH STATEMENT EXECUTE FUNCTION slow()`.execute(db);
});

afterAll(() => rm(out, { recursive: true, force: true }));

function issue(): ChildProcess {
  const args = ['app/cli/main.ts', 'invoice-run', '--from', '2026-03-01', '--to', '2026-04-01', '--issue', '--out', out];
  const env = { ...process.env, DATABASE_URL: url, LECTERN_MODE: 'test', LECTERN_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`, LOG_LEVEL: 'error' };
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function finished(child: ChildProcess): Promise<{ code: number | null; complaint: string }> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { code, complaint };
}

const invoices = async () => (await sql<{ count: number }>`SELECT count(*)::int AS count FROM invoice`.execute(db)).rows[0]?.count ?? 0;

it('killed in the middle, the same command finishes the run: everything billed once, numbers without a gap', { timeout: 120_000 }, async () => {
  const killed = issue();
  const end = finished(killed);
  const deadline = Date.now() + 60_000;
  while ((await invoices()) === 0) {
    if (killed.exitCode !== null || Date.now() > deadline) throw new Error(`the run ended before it could be killed: ${(await end).complaint}`);
  }
  killed.kill('SIGKILL');
  await end;
  const halfway = await invoices();
  expect(halfway).toBeGreaterThan(0);
  expect(halfway).toBeLessThan(FAMILIES);
  await sql`DROP TRIGGER slow ON invoice`.execute(db);

  // Twice: the second time there is nothing left to do.
  expect(await finished(issue())).toEqual({ code: 0, complaint: '' });
  const written = await readFile(path.join(out, 'invoice_lines.csv'), 'utf8');
  expect(await finished(issue())).toEqual({ code: 0, complaint: '' });
  expect(await readFile(path.join(out, 'invoice_lines.csv'), 'utf8')).toBe(written);
  expect(written.trim().split('\n')).toHaveLength(1 + 2 * FAMILIES);

  const { rows } = await sql`
    SELECT (SELECT count(*)::int FROM invoice_run) AS runs, count(*)::int AS invoices, count(DISTINCT client_id)::int AS families,
      min(number)::int AS first, max(number)::int AS last, sum(total)::int AS total,
      (SELECT balance::int FROM (SELECT sum(balance) AS balance FROM account WHERE code LIKE 'assets:receivable:%') a) AS owed
    FROM invoice`.execute(db);
  expect(rows).toEqual([{ runs: 1, invoices: FAMILIES, families: FAMILIES, first: 1, last: FAMILIES, total: FAMILIES * 12_000, owed: FAMILIES * 12_000 }]);
});
