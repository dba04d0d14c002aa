import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { followCharge } from '#app/domain/billing/follow-charge.server.ts';
import { giveDiscount } from '#app/domain/billing/give-discount.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { removeRunLine } from '#app/domain/billing/remove-run-line.server.ts';
import { writeOffLine } from '#app/domain/billing/write-off-line.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground, type SettledPlace } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
let clientId: string;
let first: SettledPlace;
let second: SettledPlace;

beforeAll(async () => {
  const ground: Ground = {
    organisation: await anOrganisation(db),
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  clientId = (await aClient(db, { ref: 'C001' })).id;
  const student = await aStudent(db, { clientId });
  const place = (date: string, net: bigint, taxPercent: string) =>
    aSettledPlace(db, ground, { clientId, clientRef: 'C001', studentId: student.id, date, net, taxPercent });
  first = await place('2026-03-03', 6000n, '20');
  second = await place('2026-03-10', 4000n, '0');
});

const preview = () => previewInvoiceRun(db, march, ctx.clock());
const lines = async () =>
  (await preview()).families.flatMap((f) => f.lines.map((line) => [line.kind, line.net, line.taxPercent]));
const balance = async (code: string) =>
  (await db.selectFrom('account').select('balance').where('code', '=', code).executeTakeFirst())?.balance ?? 0n;
const extra = (requestId = randomUUID()) => ({
  ...{ requestId, clientId, description: 'Workbook', amount: 1500n, taxPercent: '20', localDate: '2026-03-31' },
  ...{ studentId: null, programId: null },
});
const discount = (over: { amount?: bigint; percent?: string; chargeId?: string; requestId?: string }) => ({
  ...{ requestId: randomUUID(), clientId, chargeId: null, amount: null, percent: null, reason: 'Sibling', period: march },
  ...over,
});

describe('what an administrator changes before a run', () => {
  it('an extra line is on the next invoice once, however often its button is pressed', async () => {
    const line = extra();
    await Promise.all([1, 2].map(() => addExtraLine(db, ctx, office, line)));
    expect(await lines()).toEqual([
      ['session', 6000n, '20'],
      ['session', 4000n, '0'],
      ['extra', 1500n, '20'],
    ]);
    expect(await balance('income:extras')).toBe(-1500n);
    await removeRunLine(db, office, { chargeId: line.requestId });
    await removeRunLine(db, office, { chargeId: line.requestId });
    expect((await lines()).length).toBe(2);
    expect(await balance('income:extras')).toBe(0n);
  });

  it('a percentage off is taken from each tax for itself, and says what it is of', async () => {
    const given = discount({ percent: '10' });
    expect(await giveDiscount(db, ctx, office, given)).toEqual({ net: -1000n });
    expect(await giveDiscount(db, ctx, office, given)).toEqual({ net: -1000n });
    expect((await lines()).filter(([kind]) => kind === 'discount')).toEqual([
      ['discount', -600n, '20'],
      ['discount', -400n, '0'],
    ]);
    expect((await preview()).totals).toMatchObject({ net: 9000n, tax: 1080n, total: 10_080n });
    expect(await balance('income:discounts')).toBe(1000n);
  });

  it('no more is taken off than there is', async () => {
    await expect(giveDiscount(db, ctx, office, discount({ amount: 9001n }))).rejects.toMatchObject({ field: 'amount' });
  });

  it('a discount on one line and its write-off come to nothing with it, and follow when the session changes', async () => {
    const chargeId = second.chargeId ?? '';
    await giveDiscount(db, ctx, office, discount({ chargeId, percent: '25' }));
    await writeOffLine(db, ctx, office, { chargeId, reason: 'The room was cold' });
    await writeOffLine(db, ctx, office, { chargeId, reason: 'pressed twice' });
    const about = async () =>
      (await preview()).families.flatMap((f) => f.lines.filter((l) => l.aboutChargeId === chargeId).map((l) => l.net));
    expect(await about()).toEqual([-1000n, -3000n]);
    expect(await balance('expenses:write-offs')).toBe(3000n);
    const client = { id: clientId, ref: 'C001' };
    await inTransaction(db, async (trx) => {
      await followCharge(trx, { chargeId, net: 2000n, client, currency: 'EUR' });
      await trx.updateTable('charge').set({ net: 2000n }).where('id', '=', chargeId).execute();
    });
    expect(await about()).toEqual([-500n, -1500n]);
    expect(await balance('expenses:write-offs')).toBe(1500n);
    await inTransaction(db, async (trx) => {
      await followCharge(trx, { chargeId, net: 4000n, client, currency: 'EUR' });
      await trx.updateTable('charge').set({ net: 4000n }).where('id', '=', chargeId).execute();
    });
  });

  it('issued, they are lines of the invoice with their reason, and can’t be changed any more', async () => {
    const { hash, totals } = await preview();
    const { runId } = await confirmInvoiceRun(db, ctx, office, { ...march, hash });
    await issueInvoiceRun(db, ctx, { runId, quiet: true });
    const invoice = await db.selectFrom('invoice').selectAll().where('runId', '=', runId).executeTakeFirstOrThrow();
    expect(invoice.total).toBe(totals.total);
    const stored = await db
      .selectFrom('invoiceLine')
      .select(['kind', 'ref', 'net', 'reason'])
      .where('invoiceId', '=', invoice.id)
      .orderBy('position')
      .execute();
    expect(stored.map((line) => [line.kind, line.ref, line.net])).toEqual([
      ['discount', '', -600n],
      ['session', first.ref, 6000n],
      ['discount', '', -400n],
      ['session', second.ref, 4000n],
      ['discount', second.ref, -1000n],
      ['write_off', second.ref, -3000n],
    ]);
    expect(stored[5]?.reason).toEqual({ said: 'The room was cold', of: '3000' });
    await expect(writeOffLine(db, ctx, office, { chargeId: first.chargeId ?? '', reason: 'late' })).rejects.toMatchObject({
      code: 'locked',
    });
    expect(await balance('assets:unbilled:C001')).toBe(0n);
  });
});
