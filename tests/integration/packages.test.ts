import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { addPackage } from '#app/domain/credits/add-package.server.ts';
import { arrangePackage } from '#app/domain/credits/arrange-package.server.ts';
import { editPackage } from '#app/domain/credits/edit-package.server.ts';
import { packageSchema } from '#app/domain/credits/package.schema.ts';
import { getPackage, listPackages } from '#app/domain/credits/package-queries.server.ts';
import { sellFromPackage } from '#app/domain/credits/sell-from-package.server.ts';
import { loader as creditsList } from '#app/routes/office.credits._index/route.tsx';
import { action as creditsOfFamily } from '#app/routes/office.credits.$id/route.tsx';
import { loader as creditsCsv } from '#app/routes/office.credits[.]csv/route.ts';
import { action as newPackage } from '#app/routes/office.settings.packages.new/route.tsx';
import { aClient, anOrganisation, aPackage, aProgram, aStudent, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const organisation = await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const actor: Actor = { userId: admin.id, kind: 'user' };
const creditFamily = () => aClient(db, { billingInstallId: organisation.installs['billing-credits'] });
const lotOf = (id: string) => db.selectFrom('creditLot').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

async function get(path: string) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  return {
    request: new Request(`http://lectern.test${path}`, { headers: { cookie: `lectern=${token}` } }),
    context,
    params: {},
  } as never;
}

async function post(path: string, id: string, form: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    method: 'POST',
    headers: { cookie: `lectern=${token}` },
    body: new URLSearchParams(form),
  });
  return { request, context, params: { id } } as never;
}

const values = {
  name: 'Ten lessons',
  description: '',
  credits: 1000n,
  price: 40_000n,
  taxPercent: '0',
  programId: null,
  perStudent: false,
  validDays: 180,
  inStorefront: true,
};

describe('packages', () => {
  it('are typed as hours where a credit is a minute, and as sessions where it is a session', () => {
    const typed = { name: 'Ten', credits: '10', price: '400', taxPercent: '' };
    expect(packageSchema(2, { per: 'hour', hundredths: 6000n }).parse(typed)).toMatchObject({ credits: 60_000n, price: 40_000n });
    expect(packageSchema(0, { per: 'session', hundredths: 100n }).parse(typed)).toMatchObject({ credits: 1000n, price: 400n });
    expect(packageSchema(2, { per: 'session', hundredths: 100n }).safeParse({ ...typed, credits: '0' }).success).toBe(false);
  });

  it('are put on sale, changed and taken off sale; what was sold stays as it was sold', async () => {
    const { id } = await addPackage(db, actor, values);
    const family = await creditFamily();
    const { lotId } = await sellFromPackage(db, ctx, actor, { id: randomUUID(), packageId: id, clientId: family.id });
    expect(await lotOf(lotId)).toMatchObject({
      credits: 1000n,
      price: 40_000n,
      packageId: id,
      purchasedOn: '2026-03-02',
      expiresOn: '2026-08-29',
    });
    await editPackage(db, actor, { ...values, id, version: 1, price: 45_000n });
    await expect(editPackage(db, actor, { ...values, id, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    expect((await lotOf(lotId)).price).toBe(40_000n);
    await arrangePackage(db, ctx, actor, { id, to: 'archive' });
    expect((await listPackages(db, { active: true })).map((one) => one.id)).not.toContain(id);
    await expect(sellFromPackage(db, ctx, actor, { id: randomUUID(), packageId: id, clientId: family.id })).rejects.toMatchObject(
      { code: 'invalid_value', field: 'packageId' },
    );
    const paid = { id: randomUUID(), packageId: id, clientId: family.id, paidAlready: true };
    expect((await lotOf((await sellFromPackage(db, ctx, actor, paid)).lotId)).price).toBe(45_000n);
  });

  it('keep their order, each a name of its own', async () => {
    const [one, two] = [await aPackage(db, { position: 50 }), await aPackage(db, { position: 51 })];
    await arrangePackage(db, ctx, actor, { id: two.id, to: 'up' });
    const order = (await listPackages(db, { active: true })).map((each) => each.id);
    expect(order.indexOf(two.id)).toBe(order.indexOf(one.id) - 1);
    await expect(addPackage(db, actor, { ...values, name: one.name.toUpperCase() })).rejects.toMatchObject({ field: 'name' });
  });

  it('for one child are sold to one of the family alone, and serve their program alone', async () => {
    const program = await aProgram(db);
    const family = await creditFamily();
    const child = await aStudent(db, { clientId: family.id });
    const other = await aStudent(db, { clientId: (await creditFamily()).id });
    const { id: packageId } = await aPackage(db, { perStudent: true, programId: program.id });
    const sale = { id: randomUUID(), packageId, clientId: family.id };
    await expect(sellFromPackage(db, ctx, actor, sale)).rejects.toMatchObject({ field: 'studentId' });
    await expect(sellFromPackage(db, ctx, actor, { ...sale, studentId: other.id })).rejects.toMatchObject({ field: 'studentId' });
    const { lotId } = await sellFromPackage(db, ctx, actor, { ...sale, studentId: child.id });
    expect(await lotOf(lotId)).toMatchObject({ studentId: child.id, programId: program.id });
  });

  it('sold at once by two clicks are sold once', async () => {
    const family = await creditFamily();
    const { id: packageId } = await aPackage(db);
    const sale = { id: randomUUID(), packageId, clientId: family.id };
    const both = await Promise.all([sellFromPackage(db, ctx, actor, sale), sellFromPackage(db, ctx, actor, sale)]);
    expect(both[0]).toEqual(both[1]);
    const [credits] = await listCredits(db, ctx.plugins, { clientId: family.id });
    expect(credits).toMatchObject({ granted: 1000n, available: 1000n });
    const charges = await db.selectFrom('charge').select('net').where('clientId', '=', family.id).execute();
    expect(charges).toEqual([{ net: 40_000n }]);
  });
});

describe('the pages', () => {
  it('say at the field what is wrong with a package, and keep what was typed', async () => {
    const refused = (await newPackage(
      await post('/office/settings/packages/new', '', { name: 'Five', credits: 'x', price: '200' }),
    )) as unknown as {
      data: { errors: Record<string, string>; values: Record<string, string[]> };
      init: { status: number };
    };
    expect(refused.init.status).toBe(400);
    expect(refused.data.errors).toEqual({ credits: 'Enter a number of sessions, such as 10' });
    expect(refused.data.values.name).toEqual(['Five']);
  });

  it('list who is below zero and who is about to run out, by the family’s own number where it has one', async () => {
    const [low, own] = [await creditFamily(), await creditFamily()];
    for (const family of [low, own]) {
      const { id: packageId } = await aPackage(db, { credits: 150n });
      await sellFromPackage(db, ctx, actor, { id: randomUUID(), packageId, clientId: family.id });
    }
    await db.updateTable('client').set({ lowCredits: 100n }).where('id', '=', own.id).execute();
    const page = await creditsList(await get('/office/credits?state=low'));
    const ids = page.families.map((family) => family.clientId);
    expect(ids).toContain(low.id);
    expect(ids).not.toContain(own.id);
    expect(page.below).toBe(0);
    const csv = await (await creditsCsv(await get('/office/credits.csv'))).text();
    expect(csv).toContain(`${low.ref},${low.name},1.50,0.00,0.00,0.00,1.50`);
  });

  it('sell a package of the list to a family', async () => {
    const family = await creditFamily();
    const { id: packageId } = await aPackage(db);
    const form = { form: 'package', id: randomUUID(), packageId, purchasedOn: '2026-02-27' };
    const answer = await creditsOfFamily(await post(`/office/credits/${family.id}`, family.id, form)).catch(
      (thrown: Response) => thrown,
    );
    expect((answer as Response).status).toBe(302);
    expect(await lotOf(form.id)).toMatchObject({ packageId, purchasedOn: '2026-02-27', expiresOn: null });
    expect((await getPackage(db, packageId)).sold).toBe(1);
  });
});
