import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { giveCredits } from '#app/domain/credits/give-credits.server.ts';
import { takeCredits } from '#app/domain/credits/take-credits.server.ts';
import { transferCredits } from '#app/domain/credits/transfer-credits.server.ts';
import { refundPayment } from '#app/domain/payments/refund-payment.server.ts';
import { addPayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { aClient, anOrganisation, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const on = '2026-03-02';
const reason = 'As agreed';
let family = { id: '', ref: '' };
let other = { id: '', ref: '' };
let tutorId = '';

beforeAll(async () => {
  await anOrganisation(db, { billing: 'billing-credits' });
  family = await aClient(db);
  other = await aClient(db);
  tutorId = (await aTutor(db)).id;
  await sellPackage(db, ctx, office, { clientId: family.id, credits: 10_000n, price: 0n, purchasedOn: on });
});

const forms = {
  'a payment': (id: string, amount: bigint) =>
    recordPayment(db, ctx, office, { id, clientId: family.id, amount, receivedOn: on, method: 'cash' }),
  'a package that is sold': (id: string, credits: bigint) =>
    sellPackage(db, ctx, office, { id, clientId: family.id, credits, price: 500n, purchasedOn: on }),
  'credits that are given': (id: string, credits: bigint) =>
    giveCredits(db, ctx, office, { id, clientId: family.id, kind: 'gift', credits, reason }),
  'credits that are taken': (id: string, credits: bigint) =>
    takeCredits(db, ctx, office, { id, clientId: family.id, credits, reason }),
  'a line by hand': (requestId: string, amount: bigint) => {
    const line = { clientId: family.id, description: 'Book', taxPercent: '0', studentId: null, programId: null };
    return addExtraLine(db, ctx, office, { ...line, requestId, amount, localDate: on });
  },
  'an adjustment of pay': (id: string, amount: bigint) =>
    addPayAdjustment(db, ctx, office, { id, tutorId, kind: 'bonus', localDate: on, amount, note: '' }),
};

it.each(Object.entries(forms))(
  '%s sent twice is one; sent again with another amount it is refused, not passed over',
  async (_, send) => {
    const id = randomUUID();
    await Promise.all([send(id, 100n), send(id, 100n)]);
    await expect(send(id, 200n)).rejects.toMatchObject({ code: 'conflict' });
  },
);

it('credits moved to another family than before, and a refund of another payment, are refused', async () => {
  const move = { id: randomUUID(), clientId: family.id, toClientId: other.id, credits: 100n, reason };
  for (const _ of [1, 2]) await transferCredits(db, ctx, office, move);
  await expect(transferCredits(db, ctx, office, { ...move, toClientId: (await aClient(db)).id })).rejects.toMatchObject({
    code: 'conflict',
  });
  const pay = () => recordPayment(db, ctx, office, { clientId: other.id, amount: 900n, receivedOn: on, method: 'cash' });
  const [first, second] = [await pay(), await pay()];
  const back = { id: randomUUID(), kind: 'refund' as const, amount: 100n, reason, throughGateway: false };
  for (const _ of [1, 2]) await refundPayment(db, ctx, office, { ...back, paymentId: first.paymentId });
  await expect(refundPayment(db, ctx, office, { ...back, paymentId: second.paymentId })).rejects.toMatchObject({
    code: 'conflict',
  });
});
