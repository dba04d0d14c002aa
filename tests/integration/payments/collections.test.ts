import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { findClientBalance } from '#app/domain/billing/payment-queries.server.ts';
import { chargeDueCollections } from '#app/domain/payments/charge-collection.server.ts';
import { reconcileCollections } from '#app/domain/payments/reconcile-collections.server.ts';
import { refundPayment } from '#app/domain/payments/refund-payment.server.ts';
import { removeCard } from '#app/domain/payments/remove-card.server.ts';
import { setAutoCharge } from '#app/domain/payments/set-auto-charge.server.ts';
import { settleCollection } from '#app/domain/payments/settle-collection.server.ts';
import { erasePerson } from '#app/domain/privacy/erase-person.server.ts';
import { aPackage, aStudent } from '#tests/factories/index.ts';
import { payingCompany } from './company.ts';

const company = await payingCompany('2026-04-02T09:00:00Z');
const { db, stripe, ctx, office } = company;
const hours = (n: number) => ctx.setNow(new Date(ctx.clock().getTime() + n * 3_600_000));

/** A family with a saved card that behaves so. */
async function withCard(kind: 'good' | 'declined_later' | 'asks') {
  const family = await company.aFamily();
  const { collectionId } = await company.begin({ clientId: family.id, purpose: 'card', saveCard: true });
  stripe.pay(await company.pageOf(collectionId), kind);
  await company.deliver(stripe.webhooks(ctx.clock()));
  await company.work();
  const card = await db.selectFrom('savedCard').selectAll().where('clientId', '=', family.id).executeTakeFirstOrThrow();
  return { family, card };
}

describe('an invoice paid at the gateway’s page', () => {
  it('is one payment for that invoice, with a receipt, and its money stands with the gateway', async () => {
    const family = await company.aFamily();
    await company.anInvoice(family, 5_000n);
    const second = await company.anInvoice(family, 8_000n);
    const { collectionId, url } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId: second });
    expect(url).toMatch(/^https:\/\/checkout\.stripe\.com\//);
    stripe.pay(await company.pageOf(collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await company.openOf(second)).toBe(0n);
    expect(await company.collection(collectionId)).toMatchObject({ status: 'succeeded', paymentId: expect.any(String) });
    expect(await company.paymentsOf(family.id)).toMatchObject([{ amount: 8_000n, method: 'card' }]);
    expect(await company.mails(family.email)).toEqual(['received']);
    expect(await company.balance('assets:gateway:payment-stripe')).toBe(8_000n);
    expect(await findClientBalance(db, family.id)).toMatchObject({ owed: 5_000n, unapplied: 0n });
  });

  it('asked for twice leads to the same page, and once it is paid says so', async () => {
    const family = await company.aFamily();
    const invoiceId = await company.anInvoice(family, 5_000n);
    const want = { clientId: family.id, purpose: 'invoice' as const, invoiceId };
    const [first, again] = await Promise.all([company.begin(want), company.begin(want)]);
    expect(again).toEqual(first);
    stripe.pay(await company.pageOf(first.collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
    await expect(company.begin(want)).rejects.toMatchObject({ code: 'already_done' });
  });

  it('a gateway that is away takes nothing, and the family can try again', async () => {
    const family = await company.aFamily();
    const want = { clientId: family.id, purpose: 'balance' as const };
    await company.anInvoice(family, 5_000n);
    for (const fault of ['unavailable', 'reply_lost', 'malformed'] as const) {
      stripe.failNext(fault);
      await expect(company.begin(want)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('Nothing was taken'),
      });
    }
    const { collectionId } = await company.begin(want);
    stripe.pay(await company.pageOf(collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await findClientBalance(db, family.id)).toMatchObject({ owed: 0n });
  });

  it('whose events never come is found by asking', async () => {
    const family = await company.aFamily();
    const invoiceId = await company.anInvoice(family, 5_000n);
    const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
    stripe.pay(await company.pageOf(collectionId), 'good');
    stripe.webhooks(ctx.clock());
    await reconcileCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(5_000n);
    hours(1);
    stripe.failNext('unavailable');
    await reconcileCollections(ctx);
    await reconcileCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(0n);
    expect(await company.paymentsOf(family.id)).toHaveLength(1);
  });
});

describe('events doubled and shuffled', () => {
  it('are one payment, whatever the order', { timeout: 60_000 }, async () => {
    const family = await company.aFamily();
    let refunded = 0n;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (dice, won) => {
        const roll = () => Number(dice.next().value);
        const before = await company.paymentsOf(family.id);
        const invoiceId = await company.anInvoice(family, 9_000n);
        const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId, saveCard: true });
        const ref = await company.pageOf(collectionId);
        stripe.pay(ref, 'declined');
        stripe.pay(ref, 'good');
        const paymentRef = stripe.books.sessions.get(ref)?.payment_intent ?? '';
        if (won) stripe.closeDispute(stripe.dispute(paymentRef), 'won');
        else stripe.refundByHand(paymentRef);
        refunded += won ? 0n : 9_000n;
        const calls = stripe.webhooks(ctx.clock());
        const shuffled = [...calls, ...calls]
          .map((call) => ({ call, at: roll() }))
          .sort((a, b) => a.at - b.at)
          .map(({ call }) => call);
        await Promise.all([company.deliver(shuffled.slice(0, 5)), company.deliver(shuffled.slice(3))]);
        await company.deliver(calls);
        await company.work();
        const payments = (await company.paymentsOf(family.id)).filter((one) => !before.some((old) => old.id === one.id));
        const came = payments.filter((one) => one.gatewayRef === paymentRef);
        expect(came).toMatchObject([{ amount: 9_000n }]);
        const refunds = await db
          .selectFrom('paymentRefund')
          .selectAll()
          .where('paymentId', '=', came[0]?.id ?? '')
          .execute();
        const back = refunds.filter((one) => one.status === 'succeeded').reduce((sum, one) => sum + one.amount, 0n);
        const returned = payments.filter((one) => one.gatewayRef !== paymentRef).reduce((sum, one) => sum + one.amount, 0n);
        // A dispute that was won leaves nothing behind.
        expect(back - returned).toBe(won ? 0n : 9_000n);
        expect(await db.selectFrom('pluginEvent').select('eventKey').where('handledAt', 'is', null).execute()).toEqual([]);
      }),
      { numRuns: 12 },
    );
    expect(await db.selectFrom('savedCard').select('id').where('clientId', '=', family.id).execute()).not.toEqual([]);
    expect(await findClientBalance(db, family.id)).toMatchObject({ owed: refunded });
    await setAutoCharge(db, ctx, office, { clientId: family.id, on: false });
  });
});

describe('a refund told while its payment comes in', () => {
  it('is neither lost nor done twice', async () => {
    const family = await company.aFamily();
    const invoiceId = await company.anInvoice(family, 6_000n);
    const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
    const ref = await company.pageOf(collectionId);
    stripe.pay(ref, 'good');
    const [paid] = stripe.webhooks(ctx.clock());
    stripe.refundByHand(stripe.books.sessions.get(ref)?.payment_intent ?? '');
    const [refunded] = stripe.webhooks(ctx.clock());
    if (!paid || !refunded) throw new Error('no events');
    let coming: Promise<void> | undefined;
    await db.transaction().execute(async (trx) => {
      await company.deliver([refunded], trx);
      coming = company.deliver([paid]);
      const held = sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
      await vi.waitFor(async () => expect((await held.execute(db)).rows[0]?.n).toBe(1));
    });
    await coming;
    const [payment] = await company.paymentsOf(family.id);
    expect(
      await db
        .selectFrom('paymentRefund')
        .select(['amount', 'status'])
        .where('paymentId', '=', payment?.id ?? '')
        .execute(),
    ).toEqual([{ amount: 6_000n, status: 'succeeded' }]);
    await setAutoCharge(db, ctx, office, { clientId: family.id, on: false });
  });
});

describe('a saved card', () => {
  it('is kept with the words that were agreed to, and a family without them keeps none', async () => {
    const { card } = await withCard('good');
    expect(card).toMatchObject({ brand: 'visa', last4: '4242', isDefault: true });
    expect(card.consentText).toContain('Harbour Tutoring may keep this card');
    const family = await company.aFamily();
    await expect(company.begin({ clientId: family.id, purpose: 'card' })).rejects.toMatchObject({ field: 'saveCard' });
  });

  it('pays what is invoiced after the delay, announced by mail, once', async () => {
    const { family } = await withCard('good');
    const invoiceId = await company.anInvoice(family, 7_000n);
    expect(await company.mails(family.email)).toEqual(['coming']);
    await chargeDueCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(7_000n);
    hours(48);
    // The reply is lost after the card was charged: found under way, and asked again with the same key.
    stripe.failNext('reply_lost');
    await chargeDueCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(7_000n);
    hours(1);
    await Promise.all([reconcileCollections(ctx), reconcileCollections(ctx)]);
    await company.deliver(stripe.webhooks(ctx.clock()));
    await chargeDueCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(0n);
    expect(await company.paymentsOf(family.id)).toMatchObject([{ amount: 7_000n }]);
    expect(await company.mails(family.email)).toEqual(['coming', 'received']);
  });

  it('takes only what is still open, and nothing of what was paid in another way', async () => {
    const { family } = await withCard('good');
    const invoiceId = await company.anInvoice(family, 7_000n);
    const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
    stripe.pay(await company.pageOf(collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
    hours(48);
    await chargeDueCollections(ctx);
    expect(await company.paymentsOf(family.id)).toHaveLength(1);
  });

  it('that is refused is tried three times, the family told each time, the office at the end', async () => {
    const { family } = await withCard('declined_later');
    await company.anInvoice(family, 7_000n);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      hours(49);
      await chargeDueCollections(ctx);
      await company.deliver(stripe.webhooks(ctx.clock()));
    }
    expect(await company.mails(family.email)).toEqual(['coming', 'failed', 'failed', 'failed']);
    expect(await company.paymentsOf(family.id)).toEqual([]);
    const tasks = await db.selectFrom('task').select('event').where('clientId', '=', family.id).execute();
    expect(tasks).toEqual([{ event: 'charge_failed' }]);
  });

  it('whose bank wants its holder is given up at once, and paid at the page', async () => {
    const { family } = await withCard('asks');
    const invoiceId = await company.anInvoice(family, 7_000n);
    hours(49);
    await chargeDueCollections(ctx);
    expect(await company.mails(family.email)).toEqual(['coming', 'failed']);
    const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
    stripe.pay(await company.pageOf(collectionId), 'asks');
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await company.openOf(invoiceId)).toBe(0n);
  });

  it('that is removed is forgotten at the gateway and never charged again', async () => {
    const { family, card } = await withCard('good');
    const invoiceId = await company.anInvoice(family, 7_000n);
    await removeCard(db, ctx, office, { cardId: card.id, clientId: family.id });
    await removeCard(db, ctx, office, { cardId: card.id, clientId: family.id });
    await company.work();
    hours(49);
    await chargeDueCollections(ctx);
    expect(await company.openOf(invoiceId)).toBe(7_000n);
    expect(stripe.books.methods.get(card.methodRef)?.customer).toBeNull();
    const other = await company.aFamily();
    const foreign = removeCard(db, ctx, office, { cardId: card.id, clientId: other.id });
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('the card of a family that is erased is forgotten at the gateway, and what was to come from it is not taken', async () => {
  const { family, card } = await withCard('good');
  await erasePerson(db, ctx, office, { kind: 'client', id: family.id, confirm: family.ref });
  await company.work();
  expect(stripe.books.methods.get(card.methodRef)?.customer).toBeNull();
  expect(
    await db.selectFrom('savedCard').select(['isDefault', 'removedAt']).where('id', '=', card.id).executeTakeFirst(),
  ).toEqual({ isDefault: false, removedAt: expect.any(Date) });
  expect(await db.selectFrom('client').select('autoCharge').where('id', '=', family.id).executeTakeFirst()).toEqual({
    autoCharge: false,
  });
});

describe('money that goes back', () => {
  async function paid(net: bigint) {
    const family = await company.aFamily();
    const invoiceId = await company.anInvoice(family, net);
    const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
    stripe.pay(await company.pageOf(collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
    const [payment] = await company.paymentsOf(family.id);
    if (!payment) throw new Error('not paid');
    return { family, invoiceId, payment };
  }

  it('through the gateway is posted once it has arrived, and what it paid is open again', async () => {
    const { family, invoiceId, payment } = await paid(10_000n);
    const before = await company.balance('assets:gateway:payment-stripe');
    const refund = { paymentId: payment.id, kind: 'refund' as const, amount: 4_000n, reason: 'Fell out', throughGateway: true };
    const id = crypto.randomUUID();
    await refundPayment(db, ctx, office, { id, ...refund });
    await refundPayment(db, ctx, office, { id, ...refund });
    expect(await company.openOf(invoiceId)).toBe(0n);
    await company.work();
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await company.openOf(invoiceId)).toBe(4_000n);
    expect(await company.balance('assets:gateway:payment-stripe')).toBe(before - 4_000n);
    expect(await company.mails(family.email)).toEqual(['received', 'given_back']);
    const more = refundPayment(db, ctx, office, { ...refund, amount: 6_001n });
    await expect(more).rejects.toMatchObject({ code: 'invalid_value', field: 'amount' });
  });

  it('a payment that was none is taken back whole, by hand', async () => {
    const { family, invoiceId, payment } = await paid(10_000n);
    const reversal = {
      paymentId: payment.id,
      kind: 'reversal' as const,
      amount: 10_000n,
      reason: 'Wrong family',
      throughGateway: false,
    };
    await refundPayment(db, ctx, office, reversal);
    expect(await company.openOf(invoiceId)).toBe(10_000n);
    expect(await findClientBalance(db, family.id)).toMatchObject({ owed: 10_000n, unapplied: 0n });
  });

  it('disputed money is gone until the dispute is won', async () => {
    const { family, invoiceId, payment } = await paid(10_000n);
    const dispute = stripe.dispute(payment.gatewayRef ?? '');
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await company.openOf(invoiceId)).toBe(10_000n);
    expect(await db.selectFrom('task').select('event').where('clientId', '=', family.id).execute()).toEqual([
      { event: 'payment_disputed' },
    ]);
    stripe.closeDispute(dispute, 'won');
    await company.deliver(stripe.webhooks(ctx.clock()));
    expect(await company.openOf(invoiceId)).toBe(0n);
  });
});

it('a package paid for is sold once', async () => {
  const family = await company.aFamily();
  const one = await db
    .insertInto('package')
    .values({ name: 'Ten sessions', credits: 1_000n, price: 50_000n })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { collectionId } = await company.begin({ clientId: family.id, purpose: 'package', packageId: one.id });
  stripe.pay(await company.pageOf(collectionId), 'good');
  const calls = stripe.webhooks(ctx.clock());
  await company.deliver([...calls, ...calls.reverse()]);
  const lots = await db.selectFrom('creditLot').select('credits').where('clientId', '=', family.id).execute();
  expect(lots).toEqual([{ credits: 1_000n }]);
  expect(await findClientBalance(db, family.id)).toMatchObject({ unapplied: 50_000n, unbilled: 50_000n });
});

describe('a package, while its payer is at the gateway’s page', () => {
  const aPackageAtThePage = async (studentId?: string, clientId?: string) => {
    const family = clientId ? { id: clientId } : await company.aFamily();
    const one = await aPackage(db, { credits: 1_000n, price: 50_000n, perStudent: studentId !== undefined, validDays: 90 });
    const want = { clientId: family.id, purpose: 'package' as const, packageId: one.id, studentId };
    return { family, one, want, ...(await company.begin(want)) };
  };
  const payFor = async (collectionId: string) => {
    stripe.pay(await company.pageOf(collectionId), 'good');
    await company.deliver(stripe.webhooks(ctx.clock()));
  };
  const lotsOf = (clientId: string) =>
    db.selectFrom('creditLot').select(['credits', 'price', 'expiresOn']).where('clientId', '=', clientId).execute();

  it('can change, and is sold as it was said to be', async () => {
    const { family, one, want, collectionId } = await aPackageAtThePage();
    await db.updateTable('package').set({ credits: 500n, validDays: null }).where('id', '=', one.id).execute();
    // Who comes now is led to a page of what it is now, be the price the same.
    expect((await company.begin(want)).collectionId).not.toBe(collectionId);
    await db.updateTable('package').set({ price: 60_000n, archivedAt: ctx.clock() }).where('id', '=', one.id).execute();
    await payFor(collectionId);
    expect(await lotsOf(family.id)).toEqual([{ credits: 1_000n, price: 50_000n, expiresOn: expect.any(String) }]);
    expect(await findClientBalance(db, family.id)).toMatchObject({ unapplied: 50_000n, unbilled: 50_000n });
  });

  it('for a child that is of another family by now is paid, not sold, and told to the office', async () => {
    const family = await company.aFamily();
    const child = await aStudent(db, { clientId: family.id });
    const { collectionId } = await aPackageAtThePage(child.id, family.id);
    const next = await company.aFamily();
    await db.updateTable('student').set({ clientId: next.id }).where('id', '=', child.id).execute();
    await payFor(collectionId);
    expect(await company.paymentsOf(family.id)).toMatchObject([{ amount: 50_000n }]);
    expect(await lotsOf(family.id)).toEqual([]);
    expect(await db.selectFrom('task').select('event').where('clientId', '=', family.id).execute()).toEqual([
      { event: 'payment_unclear' },
    ]);
  });
});

it('a payment in another currency is no payment here, and a task for the office, once', async () => {
  const family = await company.aFamily();
  const invoiceId = await company.anInvoice(family, 5_000n);
  const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
  const ref = await company.pageOf(collectionId);
  const result = { state: 'succeeded' as const, ref, paymentRef: 'pi_other', amount: 5_000n, currency: 'JPY' };
  for (const _ of ['told', 'told again']) await settleCollection(db, ctx, { collectionId, result });
  expect(await company.paymentsOf(family.id)).toEqual([]);
  expect(await company.collection(collectionId)).toMatchObject({ status: 'failed', error: expect.stringContaining('JPY') });
  expect(await db.selectFrom('task').select(['event', 'body']).where('clientId', '=', family.id).execute()).toEqual([
    { event: 'payment_unclear', body: expect.stringContaining('JPY') },
  ]);
});
