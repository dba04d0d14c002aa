import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { postMany } from '#app/domain/billing/post-many.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { aClient, anOrganisation } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
let client: { id: string; ref: string };
const closeTo = (day: string | null) => db.updateTable('organisation').set({ booksClosedTo: day }).execute();
const posting = (key: string, effectiveOn: string) => ({
  key,
  effectiveOn,
  description: 'A lesson',
  entries: [
    { account: accounts.unbilled(client, 'EUR'), amount: 100n },
    { account: accounts.tuition('EUR'), amount: -100n },
  ],
});
const dayOf = async (key: string) =>
  (await db.selectFrom('ledgerTransaction').select('effectiveOn').where('idempotencyKey', '=', key).executeTakeFirst())
    ?.effectiveOn;

beforeAll(async () => {
  await anOrganisation(db);
  client = await aClient(db);
});

describe('closed books', () => {
  it('what belongs to a closed day is posted on the first open one, what does not on its own', async () => {
    await closeTo('2026-03-31');
    await inTransaction(db, async (trx) => {
      await post(trx, posting('in', '2026-03-15'));
      await post(trx, posting('last', '2026-03-31'));
      await post(trx, posting('after', '2026-04-02'));
      await postMany(trx, [posting('many-in', '2026-02-01'), posting('many-after', '2026-05-01')]);
    });
    expect(await Promise.all(['in', 'last', 'after', 'many-in', 'many-after'].map(dayOf))).toEqual([
      '2026-04-01',
      '2026-04-01',
      '2026-04-02',
      '2026-04-01',
      '2026-05-01',
    ]);
  });

  it('with nothing closed every day is its own', async () => {
    await closeTo(null);
    await inTransaction(db, (trx) => post(trx, posting('open', '2020-01-01')));
    expect(await dayOf('open')).toBe('2020-01-01');
  });

  it('a person who dates a payment or a package on a closed day is told at the field; an import is moved', async () => {
    await closeTo('2026-02-28');
    const context = testContext(db);
    const person: Actor = { userId: null, kind: 'user' };
    const payment = { clientId: client.id, amount: 500n, method: 'cash' };
    await expect(recordPayment(db, context, person, { ...payment, receivedOn: '2026-02-28' })).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'receivedOn',
    });
    const { paymentId } = await recordPayment(db, context, person, { ...payment, receivedOn: '2026-03-01' });
    expect(await dayOf(`payment:${paymentId}`)).toBe('2026-03-01');
    const sale = { clientId: client.id, credits: 100n, price: 5000n, purchasedOn: '2026-01-10' };
    await expect(sellPackage(db, context, person, sale)).rejects.toMatchObject({ field: 'purchasedOn' });
    const { lotId } = await sellPackage(db, context, { userId: null, kind: 'import' }, sale);
    expect(await dayOf(`lot:${lotId}:price`)).toBe('2026-03-01');
  });

  it('the database refuses it whatever the way in', async () => {
    await closeTo('2026-03-31');
    const insert = db
      .insertInto('ledgerTransaction')
      .values({ idempotencyKey: 'round about', effectiveOn: '2026-03-31', description: 'x' });
    await expect(insert.execute()).rejects.toThrow('the books are closed to 2026-03-31');
  });
});
