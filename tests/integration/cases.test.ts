import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '#app/cli/main.ts';
import { booksProblems } from '#tests/setup/check-books.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { companyOf } from './money-laws/company.ts';
import { randomHistory } from './money-laws/histories.ts';
import { brokenLaws } from './money-laws/laws.ts';

const run = promisify(execFile);
const cases = path.join(import.meta.dirname, '../cases');
const folder = await mkdtemp(path.join(tmpdir(), 'lectern-cases-'));
afterAll(() => rm(folder, { recursive: true }));

const quiet = { print: () => {}, complain: () => {} };

const months = [
  { name: 'northside', from: '2026-03-01', to: '2026-04-01' },
  { name: 'harbour', from: '2026-10-01', to: '2026-11-01' },
];

describe.each(months)('a month of $name', { timeout: 180_000 }, async ({ name, from, to }) => {
  const { db } = await testDatabase();
  const context = testContext(db, { now: '2026-12-01T12:00:00Z' });
  const dir = path.join(cases, name);
  const out = path.join(folder, name);
  const report = path.join(out, 'report.csv');
  await mkdir(out);
  const lectern = (...args: string[]) => runCli(args, { context, io: quiet });

  async function month(): Promise<string> {
    expect(await lectern('import', dir, '--report', report)).toBe(1);
    expect(await lectern('invoice-run', '--from', from, '--to', to, '--issue', '--out', out)).toBe(0);
    expect(await lectern('pay-run', '--from', from, '--to', to, '--approve', '--out', out)).toBe(0);
    expect(await lectern('credits', '--out', out)).toBe(0);
    return (await run(process.execPath, [path.join(cases, 'compare.mjs'), dir, out, report])).stdout;
  }

  const tables = [
    'session',
    'attendance',
    'charge',
    'invoice',
    'invoiceLine',
    'payItem',
    'payRun',
    'ledgerTransaction',
    'ledgerEntry',
    'creditLot',
    'rate',
    'auditLog',
  ] as const;
  const counts = () =>
    Promise.all(
      tables.map(
        async (table) =>
          (
            await db
              .selectFrom(table)
              .select((eb) => eb.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
      ),
    );

  it('a dry run reports the bad rows and writes nothing', async () => {
    expect(await lectern('import', dir, '--dry-run', '--report', report)).toBe(1);
    expect((await readFile(report, 'utf8')).split('\n').length).toBeGreaterThan(10);
    expect(await counts()).toEqual(tables.map(() => 0n));
  });

  it('comes to the expected invoices, pay and credits, to the cent', async () => {
    expect(await month()).toContain('7 passed, 0 failed');
  });

  it('the same again changes nothing and comes to the same', async () => {
    const before = await counts();
    expect(await month()).toContain('7 passed, 0 failed');
    expect(await counts()).toEqual(before);
  });

  it('its books pass hledger check --strict and bean-check', async (test) => {
    const journal = path.join(out, 'books.journal');
    expect(await lectern('export', 'ledger', '--format', 'hledger', '--out', journal)).toBe(0);
    expect(await readFile(journal, 'utf8')).toContain('assets:receivable');
    expect(await booksProblems(db, test)).toBe('');
  });

  it('and so they do after hundreds of things more that were done to it', async (test) => {
    const world = { db, context, company: await companyOf(db) };
    const { done } = await randomHistory(world, { operations: 170, seed: 7 });
    expect(done).toBeGreaterThan(80);
    expect(await brokenLaws(db)).toEqual([]);
    expect(await booksProblems(db, test)).toBe('');
  });
});
