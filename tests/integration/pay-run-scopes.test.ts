import { beforeAll, describe, expect, it } from 'vitest';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { addPayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import type { PayWho } from '#app/domain/payroll/pay-who.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
const week = { from: '2026-03-09', to: '2026-03-16' };
let weekly: PayWho;
let alone: PayWho;
let anna = '';
let ben = '';
let cleo = '';

const bonus = async (tutorId: string, localDate: string, amount: bigint) =>
  (await addPayAdjustment(db, ctx, office, { tutorId, kind: 'bonus', localDate, amount, note: '' })).itemId ?? '';

const totals = async (period: typeof march, who?: PayWho) =>
  (await previewPayRun(db, period, ctx.clock(), who)).statements.map((one) => [one.tutorRef, one.total]);

async function approve(period: typeof march, who: PayWho) {
  const { hash } = await previewPayRun(db, period, ctx.clock(), who);
  return approvePayRun(db, ctx, office, { ...period, who, hash });
}

beforeAll(async () => {
  await anOrganisation(db);
  const group = await addNamed(db, ctx, office, 'payGroup', { name: 'Weekly' });
  anna = (await aTutor(db, { ref: 'T1' })).id;
  ben = (await aTutor(db, { ref: 'T2' })).id;
  cleo = (await aTutor(db, { ref: 'T3' })).id;
  await db.updateTable('tutor').set({ payGroupId: group.id }).where('id', '=', anna).execute();
  weekly = { kind: 'group', groupId: group.id };
  alone = { kind: 'tutors', tutorIds: [ben] };
});

describe('whom a pay run is of', () => {
  it('a run of a pay group pays its tutors alone, and no other tutor’s days are covered by it', async () => {
    await bonus(anna, '2026-03-10', 100n);
    await bonus(ben, '2026-03-10', 200n);
    expect(await totals(week, weekly)).toEqual([['T1', 100n]]);
    await approve(week, weekly);
    expect((await previewPayRun(db, week, ctx.clock(), weekly)).closed).toBe(true);
    expect(await totals(week, { kind: 'rest' })).toEqual([['T2', 200n]]);
    expect((await previewPayRun(db, week, ctx.clock())).closed).toBe(false);
  });

  it('what a tutor of the group gets later for a paid week is late on the group’s next run; of another tutor it is not', async () => {
    await bonus(anna, '2026-03-11', 30n);
    expect(await totals(week, weekly)).toEqual([]);
    const next = await previewPayRun(db, { from: '2026-03-16', to: '2026-03-23' }, ctx.clock(), weekly);
    expect(next.statements.flatMap((one) => one.lines.map((line) => [line.amount, line.late]))).toEqual([[30n, true]]);
  });

  it('a run off the calendar pays the chosen tutors what is there, again and again, and covers nothing', async () => {
    const { runId } = await approve(march, alone);
    expect((await listPayLines(db, runId)).map((line) => [line.tutorRef, line.amount, line.late])).toEqual([['T2', 200n, false]]);
    await bonus(ben, '2026-03-12', 7n);
    expect(await totals(march, alone)).toEqual([['T2', 7n]]);
    await expect(approve(march, { kind: 'tutors', tutorIds: [] })).rejects.toMatchObject({ field: 'tutorIds' });
  });

  it('a run of everybody pays who was not paid for these days yet, each once', async () => {
    await bonus(cleo, '2026-03-31', 9n);
    expect(await totals(march)).toEqual([
      ['T1', 30n],
      ['T2', 7n],
      ['T3', 9n],
    ]);
    const { runId } = await approve(march, { kind: 'all' });
    expect((await previewPayRun(db, march, ctx.clock())).closed).toBe(true);
    await voidPayRun(db, ctx, office, { runId, reason: 'Too early' });
    expect((await totals(march)).length).toBe(3);
    await approve(march, { kind: 'all' });
    expect(await totals(march)).toEqual([]);
  });

  it('who the group has since then does not change what a run covers', async () => {
    await db.updateTable('tutor').set({ payGroupId: null }).where('id', '=', anna).execute();
    expect((await db.selectFrom('payRun').select('tutorIds').where('payGroupId', 'is not', null).execute())[0]?.tutorIds).toEqual(
      [anna],
    );
  });
});

describe('pay when paid', () => {
  it('a session is paid once the invoices of its places are, and then as a late one', async () => {
    const organisation = await db.selectFrom('organisation').select(['timezone', 'currency']).executeTakeFirstOrThrow();
    const install = await db
      .selectFrom('pluginInstall')
      .select('id')
      .where('pluginId', '=', 'billing-invoicing')
      .executeTakeFirstOrThrow();
    const ground: Ground = {
      organisation: { ...organisation, installs: { 'billing-invoicing': install.id } },
      tutorId: cleo,
      programId: (await aProgram(db)).id,
      subjectId: (await aSubject(db)).id,
      policyVersionId: await aPolicyVersion(db),
    };
    const client = await aClient(db, { ref: 'C1' });
    const student = await aStudent(db, { clientId: client.id });
    const place = await aSettledPlace(db, ground, {
      clientId: client.id,
      clientRef: 'C1',
      studentId: student.id,
      date: '2026-04-01',
    });
    await db
      .insertInto('payItem')
      .values({
        kind: 'session',
        tutorId: cleo,
        sessionId: place.sessionId,
        localDate: '2026-04-01',
        minutes: 60,
        amount: 50n,
        settledAt: ctx.clock(),
      })
      .execute();
    const april = { from: '2026-04-01', to: '2026-05-01' };
    expect(await totals(april)).toEqual([['T3', 50n]]);
    await saveMoneySettings(db, office, { pay_when_paid: true });
    const waiting = await previewPayRun(db, april, ctx.clock());
    expect([waiting.statements, waiting.leftOut.map((session) => session.reason)]).toEqual([[], ['unpaid_invoice']]);
    // The line is written off: nobody owes anything for it any more.
    await db
      .insertInto('charge')
      .values({
        kind: 'write_off',
        clientId: client.id,
        aboutChargeId: place.chargeId,
        localDate: '2026-04-01',
        description: 'x',
        net: -6000n,
        settledAt: ctx.clock(),
      })
      .execute();
    expect(await totals(april)).toEqual([['T3', 50n]]);
    await saveMoneySettings(db, office, { pay_when_paid: false });
  });
});
