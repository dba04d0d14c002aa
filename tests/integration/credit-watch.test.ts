import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { setCreditWatch } from '#app/domain/credits/set-credit-watch.server.ts';
import { warnOfExpiry } from '#app/domain/credits/warn-of-expiry.server.ts';
import { watchCredits } from '#app/domain/credits/watch-credits.server.ts';
import { action as buy, loader as familyCredits } from '#app/routes/family.credits/route.tsx';
import { action as saveSettings } from '#app/routes/office.settings.credits/route.tsx';
import { aGateway } from '#tests/factories/gateway.ts';
import { aClient, anOrganisation, aPackage, aStudent, aUser } from '#tests/factories/index.ts';
import { fakeStripe } from '#tests/fakes/stripe/fake-stripe.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const NOW = '2026-03-02T09:00:00Z';
const ctx = testContext(db, { now: NOW });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const actor: Actor = { userId: null, kind: 'system' };
await anOrganisation(db, { billing: 'billing-credits' });

const sell = (clientId: string, credits: bigint, expiresOn?: string) =>
  sellPackage(db, ctx, actor, { clientId, credits, price: 0n, purchasedOn: '2026-03-02', expiresOn });
const mailsTo = (address: string) =>
  db.selectFrom('mailMessage').select(['template', 'data']).where('toAddress', '=', address).orderBy('createdAt').execute();

/** What is watched of one family must not be told of the next. */
afterEach(async () => {
  ctx.setNow(NOW);
  await db
    .updateTable('client')
    .set({ archivedAt: new Date(NOW) })
    .execute();
});

async function args(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: {} } as never;
}

describe('credits that run low', () => {
  it('are told once, and again only after there were enough in between', async () => {
    const family = await aClient(db, { email: 'low@example.org' });
    await sell(family.id, 150n);
    expect(await watchCredits(db, ctx)).toBe(1);
    expect(await watchCredits(db, ctx)).toBe(0);
    await sell(family.id, 100n);
    await watchCredits(db, ctx);
    expect(await mailsTo('low@example.org')).toMatchObject([
      { template: 'credits-low', data: { available: '150', toppedUp: null } },
    ]);
    await db.updateTable('client').set({ lowCredits: 300n }).where('id', '=', family.id).execute();
    ctx.setNow('2026-03-05T09:00:00Z');
    expect(await watchCredits(db, ctx)).toBe(1);
    expect(await mailsTo('low@example.org')).toHaveLength(2);
  });

  it('are topped up once a day at most with what was agreed, charged as any package, and the family is told', async () => {
    const family = await aClient(db, { email: 'top@example.org' });
    await sell(family.id, 100n);
    const { id: packageId } = await aPackage(db, { credits: 50n, price: 2000n });
    await setCreditWatch(db, actor, { clientId: family.id, lowCredits: null, topUpPackageId: packageId });
    await Promise.all([watchCredits(db, ctx), watchCredits(db, ctx)]);
    expect(await db.selectFrom('charge').select(['kind', 'net']).where('clientId', '=', family.id).execute()).toEqual([
      { kind: 'package', net: 2000n },
    ]);
    // 1.50 is low still: the next day it is topped up anew, and then it is enough.
    ctx.setNow('2026-03-03T09:00:00Z');
    await watchCredits(db, ctx);
    ctx.setNow('2026-03-04T09:00:00Z');
    await watchCredits(db, ctx);
    expect((await mailsTo('top@example.org')).map((mail) => (mail.data as { available: string }).available)).toEqual([
      '150',
      '200',
    ]);
  });

  it('are not topped up with a package that went off sale', async () => {
    const family = await aClient(db, { email: 'off@example.org' });
    await sell(family.id, 100n);
    const { id: packageId } = await aPackage(db);
    await setCreditWatch(db, actor, { clientId: family.id, lowCredits: 500n, topUpPackageId: packageId });
    await db.updateTable('package').set({ archivedAt: new Date() }).where('id', '=', packageId).execute();
    await watchCredits(db, ctx);
    expect(await mailsTo('off@example.org')).toMatchObject([{ data: { toppedUp: null } }]);
    const child = await aPackage(db, { perStudent: true });
    await expect(
      setCreditWatch(db, actor, { clientId: family.id, lowCredits: null, topUpPackageId: child.id }),
    ).rejects.toMatchObject({ field: 'topUpPackageId' });
  });
});

describe('credits that expire', () => {
  it('are told of once, as many days before as the company says', async () => {
    const family = await aClient(db, { email: 'end@example.org' });
    await sell(family.id, 300n, '2026-03-20');
    await sell(family.id, 100n, '2026-06-20');
    expect(await warnOfExpiry(db, ctx)).toBe(0);
    ctx.setNow('2026-03-06T09:00:00Z');
    expect(await warnOfExpiry(db, ctx)).toBe(1);
    expect(await warnOfExpiry(db, ctx)).toBe(0);
    expect(await mailsTo('end@example.org')).toMatchObject([
      { template: 'credits-expiring', data: { packages: [{ left: '300', lastDay: '2026-03-20' }] } },
    ]);
  });
});

describe('families that buy packages themselves', () => {
  it('buy what is shown to them, once; nothing while the office sells, and nothing for another family', async () => {
    const parent = await aUser(db, { roles: ['client'] });
    const family = await aClient(db, { userId: parent.id });
    const child = await aStudent(db, { clientId: family.id });
    const other = await aClient(db);
    const shown = await aPackage(db, { inStorefront: true, perStudent: true, credits: 500n, price: 20_000n, taxPercent: '20' });
    const hidden = await aPackage(db);
    const form = { id: randomUUID(), clientId: family.id, packageId: shown.id, studentId: child.id };
    const send = async (over: Record<string, string> = {}) =>
      buy(await args(parent, '/family/credits', { ...form, ...over })).catch((thrown: Response) => thrown) as Promise<{
        status?: number;
        init?: { status: number };
      }>;
    expect((await send()).init?.status).toBe(403);
    await saveMoneySettings(db, actor, { families_buy_packages: true });
    const page = (await familyCredits(await args(parent, '/family/credits'))) as { packages: { id: string; total: bigint }[] };
    expect(page.packages).toMatchObject([{ id: shown.id, total: 24_000n }]);
    expect((await send({ packageId: hidden.id, id: randomUUID() })).init?.status).toBe(400);
    expect((await send({ clientId: other.id, id: randomUUID() })).status).toBe(403);
    expect((await send()).status).toBe(302);
    expect((await send()).status).toBe(302);
    const lots = await db
      .selectFrom('creditLot')
      .select(['clientId', 'studentId', 'credits'])
      .where('packageId', 'in', [shown.id, hidden.id])
      .execute();
    expect(lots).toEqual([{ clientId: family.id, studentId: child.id, credits: 500n }]);
    // Of a sale that is another family's: refused, and nothing is sold.
    const theirs = await sellPackage(db, ctx, actor, { clientId: other.id, credits: 100n, price: 0n, purchasedOn: '2026-03-02' });
    expect((await send({ id: theirs.lotId })).init?.status).toBe(409);
    // By card the way on is an address on the page: a form may not lead away from this site.
    const stripe = fakeStripe();
    const card = testContext(db, { now: NOW, fetch: (url, init) => stripe.fetch(url, init) });
    await aGateway(db, card, stripe.settings);
    const sent = await args(parent, '/family/credits', { ...form, id: randomUUID(), way: 'card' });
    const answer = await buy({ ...(sent as object), context: { ...context, ...card } } as never);
    expect(answer).toMatchObject({ goTo: expect.stringMatching(/^https:\/\/checkout\.stripe\.com\//), form: family.id });
  });
});

describe('the settings of credits', () => {
  it('keep what was typed beside what is wrong, and are saved in credits', async () => {
    const admin = await aUser(db, { roles: ['admin'] });
    const send = async (form: Record<string, string>) =>
      saveSettings(await args(admin, '/office/settings/credits', form)) as Promise<{
        status?: number;
        data?: { errors: object };
      }>;
    expect((await send({ low_credits: 'few', expiry_warning_days: '14' })).data?.errors).toEqual({
      low_credits: 'Enter a number of credits, such as 2',
    });
    expect((await send({ low_credits: '2.5', expiry_warning_days: '7', low_credit_mails: 'on' })).status).toBe(302);
    const { money } = await db.selectFrom('organisation').select('money').executeTakeFirstOrThrow();
    expect(money).toMatchObject({
      low_credits: 250,
      expiry_warning_days: 7,
      low_credit_mails: true,
      families_buy_packages: false,
    });
  });
});
