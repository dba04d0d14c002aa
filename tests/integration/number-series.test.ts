import { describe, expect, it } from 'vitest';
import { takeNumbers } from '#app/domain/billing/number-series.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const take = (count: number, issuedOn: string) => inTransaction(db, (trx) => takeNumbers(trx, 'invoice', count, issuedOn));
const texts = async (count: number, issuedOn: string) => (await take(count, issuedOn)).map((one) => one.numberText);
const form = (values: { prefix: string; digits?: number; yearly: boolean }) =>
  db.updateTable('numberSeries').set(values).where('name', '=', 'invoice').execute();

describe('the numbers of documents', () => {
  it('go on one by one, and a transaction that fails gives none away', async () => {
    expect(await texts(2, '2026-03-01')).toEqual(['INV-00001', 'INV-00002']);
    const failed = inTransaction(db, async (trx) => {
      await takeNumbers(trx, 'invoice', 5, '2026-03-01');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await texts(1, '2026-03-01')).toEqual(['INV-00003']);
  });

  it('of a yearly series begin at 1 each year, and a document of the year before goes on in its own', async () => {
    await form({ prefix: '{year}/', digits: 3, yearly: true });
    expect(await texts(2, '2026-12-31')).toEqual(['2026/001', '2026/002']);
    expect(await texts(1, '2027-01-01')).toEqual(['2027/001']);
    expect(await texts(1, '2026-12-31')).toEqual(['2026/003']);
    await form({ prefix: 'INV-', digits: 5, yearly: false });
    expect(await texts(1, '2027-01-02')).toEqual(['INV-00004']);
  });

  it('are gapless and each given once when many take them at once', async () => {
    const taken = await Promise.all(Array.from({ length: 12 }, (_, index) => take((index % 3) + 1, '2026-03-01')));
    const numbers = taken.flat().map((one) => Number(one.number));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => index + 5));
  });
});
