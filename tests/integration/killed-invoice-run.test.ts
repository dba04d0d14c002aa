import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { manySettledPlaces } from '#tests/factories/many-settled-places.ts';
import { testConfig } from '#tests/setup/config.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db, url } = await testDatabase();
const FAMILIES = 1_500;
await manySettledPlaces(db, { families: FAMILIES, places: 2 });
const out = await mkdtemp(path.join(tmpdir(), 'lectern-killed-'));
afterAll(() => rm(out, { recursive: true }));

const main = path.join(import.meta.dirname, '../../app/cli/main.ts');
const args = [main, 'invoice-run', '--from', '2026-03-01', '--to', '2026-04-01', '--issue', '--quiet', '--out', out];
const keys = testConfig()
  .keyRing.map(({ id, key }) => `${id}:${Buffer.from(key).toString('base64')}`)
  .join(',');
const start = () =>
  spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url, LECTERN_MODE: 'test', LECTERN_KEYS: keys, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
const ended = (child: ReturnType<typeof start>) =>
  new Promise<number | NodeJS.Signals | null>((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));

const count = async () =>
  (
    await db
      .selectFrom('invoice')
      .select((eb) => eb.fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;

it('killed in the middle, the same command finishes the run: everything once, the numbers without a gap', {
  timeout: 240_000,
}, async () => {
  const first = start();
  const end = ended(first);
  // Killed as soon as a batch is in, long before the last one.
  while ((await count()) === 0n && first.exitCode === null) await sql`SELECT pg_sleep(0.005)`.execute(db);
  first.kill('SIGKILL');
  expect(await end).toBe('SIGKILL');
  const half = await count();
  expect(half).toBeGreaterThan(0n);
  expect(half).toBeLessThan(BigInt(FAMILIES));

  expect(await ended(start())).toBe(0);
  const { rows } = await sql`
    SELECT count(*)::int AS invoices, count(DISTINCT client_id)::int AS families, min(number)::int AS first, max(number)::int AS last,
           sum(total)::bigint AS total, (SELECT count(*)::int FROM invoice_line) AS lines, (SELECT count(*)::int FROM invoice_run) AS runs,
           (SELECT count(*)::int FROM charge WHERE run_id IS NULL) AS unbilled,
           (SELECT balance FROM account WHERE code = 'liabilities:tax')::bigint AS tax
    FROM invoice`.execute(db);
  const total = BigInt(FAMILIES) * 14_400n;
  expect(rows).toEqual([
    {
      invoices: FAMILIES,
      families: FAMILIES,
      first: 1,
      last: FAMILIES,
      total,
      lines: FAMILIES * 2,
      runs: 1,
      unbilled: 0,
      tax: -BigInt(FAMILIES) * 2_400n,
    },
  ]);

  const written = await readFile(path.join(out, 'invoices.csv'), 'utf8');
  expect(await ended(start())).toBe(0);
  expect(await readFile(path.join(out, 'invoices.csv'), 'utf8')).toBe(written);
  expect(await count()).toBe(BigInt(FAMILIES));
});
