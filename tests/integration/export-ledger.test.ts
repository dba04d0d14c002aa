import { beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '#app/domain/billing/accounts.ts';
import { exportLedger, type LedgerFormat } from '#app/domain/billing/export-ledger.server.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { aClient, anOrganisation } from '#tests/factories/index.ts';
import { booksProblems } from '#tests/setup/check-books.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();

async function journal(format: LedgerFormat): Promise<string> {
  let text = '';
  for await (const part of exportLedger(db, format)) text += part;
  return text;
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

  it('passes hledger check --strict and bean-check', async (test) => {
    expect(await booksProblems(db, test)).toBe('');
  });

  it('for beancount: five roots, capitals in front, and balances on the day after the last', async () => {
    const text = await journal('beancount');
    expect(text).toContain('2026-02-28 open Assets:Credits:Łódź-2:Booked CREDIT\n');
    expect(text).toContain('2026-03-01 * "Lesson; with a \\"quote\\", a line | and a \\\\ backslash"\n');
    expect(text).toContain('2026-03-02 balance Income:Tuition  -1234.567 KWD\n');
  });
});
