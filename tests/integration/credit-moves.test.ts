import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { listComingCredits, listCreditLines } from '#app/domain/credits/credit-ledger.server.ts';
import { extendLot } from '#app/domain/credits/extend-lot.server.ts';
import { giveCredits } from '#app/domain/credits/give-credits.server.ts';
import { getCreditLot, listLotLines } from '#app/domain/credits/lot-queries.server.ts';
import { takeCredits } from '#app/domain/credits/take-credits.server.ts';
import { transferCredits } from '#app/domain/credits/transfer-credits.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const actor: Actor = { userId: null, kind: 'user' };
const organisation = await anOrganisation(db, { billing: 'billing-credits' });
await db
  .updateTable('pluginInstall')
  .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
  .where('id', '=', organisation.installs['billing-credits'])
  .execute();
const [program, subject] = [await aProgram(db), await aSubject(db)];
const tutor = await aTutor(db);
await aRate(db);

const sell = async (clientId: string, credits: bigint, over: { price?: bigint; expiresOn?: string; studentId?: string } = {}) =>
  (await sellPackage(db, ctx, actor, { clientId, credits, price: 0n, purchasedOn: '2026-03-02', ...over })).lotId;
const creditsOf = async (clientId: string) => (await listCredits(db, ctx.plugins, { clientId }))[0];

let hour = 0;
async function book(studentId: string) {
  const day = 10 + Math.floor(hour / 8);
  const wallStart = `2026-03-${day}T${String(9 + (hour++ % 8)).padStart(2, '0')}:00`;
  return bookSession(db, ctx, actor, {
    tutorId: tutor.id,
    studentIds: [studentId],
    programId: program.id,
    subjectId: subject.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
    billable: true,
  });
}

describe('credits given and taken by hand', () => {
  it('a gift costs nothing, is said once however often it is sent, and keeps its reason', async () => {
    const family = await aClient(db);
    const gift = {
      id: randomUUID(),
      clientId: family.id,
      kind: 'gift' as const,
      credits: 150n,
      reason: 'For the lost afternoon',
    };
    const both = await Promise.all([giveCredits(db, ctx, actor, gift), giveCredits(db, ctx, actor, gift)]);
    expect(both[0]).toEqual(both[1]);
    expect(await creditsOf(family.id)).toMatchObject({ granted: 150n, available: 150n });
    expect(await db.selectFrom('charge').select('id').where('clientId', '=', family.id).execute()).toEqual([]);
    const [line] = await listCreditLines(db, family.id);
    expect(line).toMatchObject({
      lotKind: 'gift',
      moveKind: 'gift',
      reason: 'For the lost afternoon',
      available: 150n,
      balance: 150n,
    });
    await expect(giveCredits(db, ctx, actor, { ...gift, id: randomUUID(), reason: ' ' })).rejects.toMatchObject({
      field: 'reason',
    });
  });

  it('credits given cover what was booked below zero first', async () => {
    const family = await aClient(db);
    const child = await aStudent(db, { clientId: family.id });
    await book(child.id);
    expect(await creditsOf(family.id)).toMatchObject({ available: -100n, booked: 100n });
    await giveCredits(db, ctx, actor, {
      id: randomUUID(),
      clientId: family.id,
      kind: 'correction',
      credits: 300n,
      reason: 'Sold by phone',
    });
    expect(await creditsOf(family.id)).toMatchObject({ granted: 300n, available: 200n, booked: 100n });
  });

  it('no more is taken away than is there and free; what a session holds stays', async () => {
    const family = await aClient(db);
    const child = await aStudent(db, { clientId: family.id });
    const lotId = await sell(family.id, 300n);
    const { sessionId } = await book(child.id);
    const take = { id: randomUUID(), clientId: family.id, reason: 'Counted twice' };
    await expect(takeCredits(db, ctx, actor, { ...take, credits: 250n })).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'credits',
    });
    await takeCredits(db, ctx, actor, { ...take, credits: 200n, lotId });
    await takeCredits(db, ctx, actor, { ...take, credits: 200n, lotId });
    expect(await creditsOf(family.id)).toMatchObject({ granted: 100n, booked: 100n, available: 0n });
    expect(await listComingCredits(db, family.id)).toMatchObject([{ sessionId, booked: 100n }]);
    expect((await listLotLines(db, lotId)).map((line) => [line.amount, line.left, line.reason])).toEqual([
      [-200n, 0n, 'Counted twice'],
      [-100n, 200n, null],
      [300n, 300n, null],
    ]);
  });
});

describe('credits moved to another family', () => {
  it('keep their last day, what was paid for them goes along, and both families see it', async () => {
    const [from, to] = [await aClient(db), await aClient(db)];
    const lotId = await sell(from.id, 1000n, { price: 40_000n, expiresOn: '2026-09-01' });
    const move = { id: randomUUID(), clientId: from.id, toClientId: to.id, credits: 300n, lotId, reason: 'Cousins' };
    await transferCredits(db, ctx, actor, move);
    await transferCredits(db, ctx, actor, move);
    expect(await creditsOf(from.id)).toMatchObject({ granted: 700n, available: 700n });
    expect(await creditsOf(to.id)).toMatchObject({ granted: 300n, available: 300n });
    const [there] = await listCreditLines(db, to.id);
    expect(there).toMatchObject({ lotKind: 'transfer', moveKind: 'transfer', otherId: from.id, available: 300n, balance: 300n });
    const [here] = await listCreditLines(db, from.id);
    expect(here).toMatchObject({ lotId: null, moveKind: 'transfer', otherId: to.id, available: -300n, balance: 700n });
    expect(await getCreditLot(db, there?.lotId ?? '')).toMatchObject({
      expiresOn: '2026-09-01',
      move: { otherId: from.id, reason: 'Cousins' },
    });
    const { rows } = await sql<{ owed: bigint }>`
      SELECT -balance AS owed FROM account WHERE code LIKE 'liabilities:deferred:%' AND client_id IN (${from.id}, ${to.id})
      ORDER BY client_id = ${to.id}`.execute(db);
    expect(rows).toEqual([{ owed: 28_000n }, { owed: 12_000n }]);
  });

  it('of one child’s package they can go to the whole family', async () => {
    const family = await aClient(db);
    const child = await aStudent(db, { clientId: family.id });
    const lotId = await sell(family.id, 500n, { studentId: child.id });
    const move = {
      id: randomUUID(),
      clientId: family.id,
      toClientId: family.id,
      credits: 200n,
      lotId,
      reason: 'The sister takes over',
    };
    await transferCredits(db, ctx, actor, move);
    expect(await creditsOf(family.id)).toMatchObject({ granted: 500n, available: 500n });
    expect((await getCreditLot(db, lotId)).left).toBe(300n);
  });

  it('two who move towards each other at once both come through', async () => {
    const [one, two] = [await aClient(db), await aClient(db)];
    await sell(one.id, 500n);
    await sell(two.id, 500n);
    const move = (clientId: string, toClientId: string) =>
      transferCredits(db, ctx, actor, { id: randomUUID(), clientId, toClientId, credits: 100n, reason: 'Swap' });
    await Promise.all([move(one.id, two.id), move(two.id, one.id), move(one.id, two.id)]);
    expect((await creditsOf(one.id))?.available).toBe(400n);
    expect((await creditsOf(two.id))?.available).toBe(600n);
  });
});

describe('the last day of a package', () => {
  it('can be put off, never brought forward, and not once it has expired', async () => {
    const family = await aClient(db);
    const lotId = await sell(family.id, 500n, { expiresOn: '2026-04-01' });
    const extend = (expiresOn: string) => extendLot(db, actor, { lotId, expiresOn, reason: 'Was ill' });
    await expect(extend('2026-03-20')).rejects.toMatchObject({ field: 'expiresOn' });
    await extend('2026-05-01');
    expect((await getCreditLot(db, lotId)).expiresOn).toBe('2026-05-01');
    ctx.setNow('2026-05-02T09:00:00Z');
    await expireCredits(db, ctx);
    await expect(extend('2026-06-01')).rejects.toMatchObject({ field: 'expiresOn' });
    ctx.setNow('2026-03-02T09:00:00Z');
  });
});

describe('whatever is done by hand, in whatever order', () => {
  const amount = fc.integer({ min: 1, max: 400 }).map(BigInt);
  const who = fc.integer({ min: 0, max: 1 });
  const act = fc.oneof(
    fc.record({ do: fc.constant('sell' as const), who, amount, price: fc.integer({ min: 0, max: 9999 }).map(BigInt) }),
    fc.record({ do: fc.constant('give' as const), who, amount }),
    fc.record({ do: fc.constant('take' as const), who, amount }),
    fc.record({ do: fc.constant('move' as const), who, amount, same: fc.boolean() }),
    fc.record({ do: fc.constant('book' as const), who }),
  );

  it('granted is what the accounts hold, every balance is the sum of its lines, and what is owed is what was not earned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
        const families = [await aClient(db), await aClient(db)] as const;
        const children = [
          await aStudent(db, { clientId: families[0].id }),
          await aStudent(db, { clientId: families[1].id }),
        ] as const;
        for (const one of acts) {
          const at = one.who === 0 ? 0 : 1;
          const clientId = families[at].id;
          const by = { id: randomUUID(), clientId, reason: 'Because' };
          try {
            if (one.do === 'sell') await sell(clientId, one.amount, { price: one.price });
            else if (one.do === 'give') await giveCredits(db, ctx, actor, { ...by, kind: 'gift', credits: one.amount });
            else if (one.do === 'take') await takeCredits(db, ctx, actor, { ...by, credits: one.amount });
            else if (one.do === 'move') {
              const toClientId = one.same ? clientId : families[1 - at]?.id;
              await transferCredits(db, ctx, actor, { ...by, toClientId: toClientId ?? '', credits: one.amount });
            } else await book(children[at].id);
          } catch (error) {
            if (!isDomainError(error)) throw error;
          }
        }
        for (const family of families) {
          const credits = await creditsOf(family.id);
          const lines = await listCreditLines(db, family.id, 1000);
          const { rows } = await sql<{ held: bigint; owed: bigint; price: bigint; recognised: bigint }>`
            SELECT coalesce((SELECT sum(balance) FROM account WHERE client_id = ${family.id} AND commodity = 'CREDIT'), 0)::bigint AS held,
              coalesce((SELECT -sum(balance) FROM account WHERE client_id = ${family.id} AND code LIKE 'liabilities:deferred:%'), 0)::bigint AS owed,
              coalesce(sum(price + moved_price), 0)::bigint AS price, coalesce(sum(recognised), 0)::bigint AS recognised
            FROM credit_lot WHERE client_id = ${family.id}`.execute(db);
          expect(rows[0]?.held).toBe(credits?.granted ?? 0n);
          expect(rows[0]?.owed).toBe((rows[0]?.price ?? 0n) - (rows[0]?.recognised ?? 0n));
          expect(lines.reduce((sum, line) => sum + line.available, 0n)).toBe(credits?.available ?? 0n);
          expect(lines[0]?.balance ?? 0n).toBe(credits?.available ?? 0n);
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
