import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { verifyPassword } from '#app/auth/password.server.ts';
import { seedDemo } from '#app/domain/demo/seed-demo.server.ts';
import { bootPlugins } from '#app/plugin-host/boot-plugins.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { booksProblems } from '#tests/setup/check-books.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { companyOf } from './money-laws/company.ts';
import { randomHistory } from './money-laws/histories.ts';
import { brokenLaws } from './money-laws/laws.ts';

const { db } = await testDatabase();
const NOW = '2026-11-25T20:07:00Z';
const ctx = testContext(db, { now: NOW });

it('the demo is a whole company, in all states and modes, and a second seed changes nothing', { timeout: 180_000 }, async () => {
  await bootPlugins(db, { registry: await loadPlugins(), keyRing: ctx.config.keyRing });
  expect(await seedDemo(db, ctx)).toBe(true);
  const filled = await fingerprint();
  ctx.setNow('2026-11-26T09:00:00Z');
  expect(await seedDemo(db, ctx)).toBe(false);
  expect(await fingerprint()).toEqual(filled);

  // Fourteen at work, two who have applied, one on the way in, one who takes a break.
  expect(await count('tutor')).toBe(18);
  // Sixty families, and three who asked and are not taught yet.
  expect(await count('client')).toBe(63);
  for (const { email } of DEMO_ACCOUNTS) {
    const user = await db
      .selectFrom('users')
      .innerJoin('userPassword', 'userPassword.userId', 'users.id')
      .select('hash')
      .where('email', '=', email)
      .executeTakeFirst();
    expect(await verifyPassword(user?.hash, DEMO_PASSWORD)).toBe(true);
  }
  const states = await values('SELECT DISTINCT status AS value FROM session');
  expect(states).toEqual(
    expect.arrayContaining(['scheduled', 'closed_out', 'approved', 'cancelled', 'late_cancelled', 'no_show', 'tutor_no_show']),
  );
  const modes = await values(
    'SELECT DISTINCT p.plugin_id AS value FROM attendance a JOIN plugin_install p ON p.id = a.billing_install_id',
  );
  expect(modes).toEqual(expect.arrayContaining(['billing-credits', 'billing-invoicing', 'billing-none']));
  expect(await values("SELECT period_from::text AS value FROM invoice_run WHERE status = 'issued' ORDER BY 1")).toEqual([
    '2026-09-01',
    '2026-10-01',
  ]);
  expect(await values('SELECT period_from::text AS value FROM pay_run ORDER BY 1')).toEqual(['2026-09-01', '2026-10-01']);
  expect(await count('creditNote')).toBe(1);
  expect(await count('payment')).toBeGreaterThan(40);

  for (const table of ['goal', 'goalRating', 'feedback', 'conversationMessage', 'noteTemplate', 'term'] as const)
    expect(await count(table)).toBeGreaterThan(1);

  const unbalanced = await values(
    'SELECT a.commodity AS value FROM ledger_entry e JOIN account a ON a.id = e.account_id GROUP BY a.commodity HAVING sum(e.amount) <> 0',
  );
  expect(unbalanced).toEqual([]);

  const now = await sql<{ title: string; mode: string }>`
    SELECT s.title, s.mode FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN users u ON u.id = t.user_id
    WHERE u.email = 'tutor@demo.test' AND s.starts_at <= ${NOW} AND s.ends_at > ${NOW}`.execute(db);
  expect(now.rows).toEqual([{ title: 'Algebra: before the test', mode: 'online' }]);
  const mailed = await values('SELECT DISTINCT session_id::text AS value FROM mail_message');
  expect(mailed.length).toBeGreaterThan(0);
  expect(mailed.length).toBeLessThan(40);
});

it('its books pass those who check books, and so they do after hundreds of things more', { timeout: 180_000 }, async (test) => {
  expect(await brokenLaws(db)).toEqual([]);
  const { done } = await randomHistory({ db, context: ctx, company: await companyOf(db) }, { operations: 170, seed: 5 });
  expect(done).toBeGreaterThan(80);
  expect(await brokenLaws(db)).toEqual([]);
  expect(await booksProblems(db, test)).toBe('');
});

it('a database that holds another company is left alone', async () => {
  const other = await sql<{ count: number }>`SELECT count(*)::int AS count FROM session`.execute(db);
  await sql`DELETE FROM idempotency_key WHERE scope = 'seed'`.execute(db);
  await sql`UPDATE organisation SET name = 'Harbour Tutoring'`.execute(db);
  await expect(seedDemo(db, ctx)).rejects.toThrow('Harbour Tutoring is set up here already');
  const after = await sql<{ count: number }>`SELECT count(*)::int AS count FROM session`.execute(db);
  expect(after.rows).toEqual(other.rows);
});

async function fingerprint(): Promise<Record<string, number>> {
  const tables = ['session', 'attendance', 'ledgerEntry', 'invoiceLine', 'payItem', 'auditLog', 'mailMessage', 'users'] as const;
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table)])));
}

type Counted =
  | 'session'
  | 'attendance'
  | 'ledgerEntry'
  | 'invoiceLine'
  | 'payItem'
  | 'auditLog'
  | 'mailMessage'
  | 'users'
  | 'tutor'
  | 'client'
  | 'creditNote'
  | 'payment'
  | 'goal'
  | 'goalRating'
  | 'feedback'
  | 'conversationMessage'
  | 'noteTemplate'
  | 'term';

async function count(table: Counted): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function values(query: string): Promise<string[]> {
  const { rows } = await sql.raw<{ value: string }>(query).execute(db);
  return rows.map((row) => row.value);
}
