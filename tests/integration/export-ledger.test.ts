import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '#app/domain/billing/accounts.ts';
import { exportLedger, type LedgerFormat } from '#app/domain/billing/export-ledger.server.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { aClient, anOrganisation } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';

const run = promisify(execFile);
const { db } = await testDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'lectern-books-'));
afterAll(() => rm(folder, { recursive: true }));

async function journal(format: LedgerFormat): Promise<string> {
  let text = '';
  for await (const part of exportLedger(db, format)) text += part;
  return text;
}

/** The checker's refusal, or nothing where it is content. */
async function checked(command: string, args: string[], test: { annotate: (text: string) => unknown }): Promise<string> {
  try {
    await run(command, args);
    return '';
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT' && !process.env.CI) {
      await test.annotate(`${command} is not here: its check was not run`);
      return '';
    }
    return String((error as { stderr?: string }).stderr ?? error);
  }
}

beforeAll(async () => {
  // Three decimals, and references and words as an import may bring them.
  await anOrganisation(db, { currency: 'KWD' });
  const client = await aClient(db, { ref: 'ł 7/b:"x"' });
  const other = await aClient(db, { ref: 'łódź-2' });
  await inTransaction(db, async (trx) => {
    await post(trx, {
      key: 'one, "quoted"',
      effectiveOn: '2026-03-01',
      description: 'Lesson; with a "quote",\na line | and a \\ backslash',
      entries: [
        { account: accounts.receivable(client, 'KWD'), amount: 1_234_567n },
        { account: accounts.tuition('KWD'), amount: -1_234_567n },
      ],
    });
    await post(trx, {
      key: 'two',
      effectiveOn: '2026-02-28',
      description: 'Credits',
      entries: [
        { account: accounts.creditBooked(other), amount: 150n },
        { account: accounts.creditOverdraft(other), amount: -150n },
      ],
    });
  });
});

describe('the books as a journal', () => {
  it('for hledger: accounts and commodities declared, in the order of days, each counter asserted at the end', async () => {
    const text = await journal('hledger');
    expect(text).toContain('commodity 100.000 KWD\n');
    expect(text).toContain('commodity 1000.00 CREDIT\n');
    expect(text).toContain('account credits:łódź-2:booked  ; type: A\n');
    expect(text.indexOf('2026-02-28 Credits')).toBeLessThan(text.indexOf('2026-03-01 Lesson'));
    expect(text).toContain('    income:tuition  -1234.567 KWD\n');
    const [, assertions = ''] = text.split('2026-03-02 Balances as the books keep them\n');
    expect(assertions).toContain('    income:tuition  0.000 KWD = -1234.567 KWD\n');
    expect(assertions).toContain('    credits:łódź-2:overdraft  0.00 CREDIT = -1.50 CREDIT\n');
  });

  it('passes hledger check --strict', async (test) => {
    const file = path.join(folder, 'books.journal');
    await writeFile(file, await journal('hledger'));
    expect(await checked('hledger', ['-f', file, 'check', '--strict'], test)).toBe('');
  });

  it('for beancount: five roots, capitals in front, and balances on the day after the last', async (test) => {
    const text = await journal('beancount');
    expect(text).toContain('2026-02-28 open Assets:Credits:Łódź-2:Booked CREDIT\n');
    expect(text).toContain('2026-03-01 * "Lesson; with a \\"quote\\", a line | and a \\\\ backslash"\n');
    expect(text).toContain('2026-03-02 balance Income:Tuition  -1234.567 KWD\n');
    const file = path.join(folder, 'books.beancount');
    await writeFile(file, text);
    // Not part of the set-up: checked where it is.
    const found = await run('bean-check', ['--version']).catch(() => undefined);
    if (!found) await test.annotate('bean-check is not here: its check was not run');
    else expect(await checked('bean-check', [file], test)).toBe('');
  });
});
