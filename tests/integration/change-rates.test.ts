import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { changeRates, previewRateChange } from '#app/domain/billing/change-rates.server.ts';
import { explainPrice } from '#app/domain/billing/explain-price.server.ts';
import type { RateChangeInput } from '#app/domain/billing/rate-change.ts';
import { listRateChanges, listRates } from '#app/domain/billing/rate-queries.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { undoRateChange } from '#app/domain/billing/undo-rate-change.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action, loader } from '#app/routes/office.rates.change/route.tsx';
import { loader as costPage } from '#app/routes/office.rates.cost/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T08:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const organisation = await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const scheduler = await aUser(db, { roles: ['scheduler'] });
const subject = await aSubject(db);
const program = await aProgram(db, { taxPercent: '20' });
const tutor = await aTutor(db);
const client = await aClient(db, { billingInstallId: organisation.installs['billing-invoicing'] });
const student = await aStudent(db, { clientId: client.id });
await aRate(db, { amountPerHour: 5840n });
await aRate(db, { amountPerHour: 6000n, tutorId: tutor.id });
await aRate(db, { side: 'pay', amountPerHour: 3000n });
await aRate(db, { side: 'pay', tutorId: tutor.id, basis: 'percent', percent: '55', amountPerHour: 0n });

const rise = (over: Partial<RateChangeInput> = {}): RateChangeInput => ({
  from: '2026-03-10',
  rise: { percent: '5', amount: null, roundTo: 50n },
  sides: ['charge'],
  reprice: true,
  ...over,
});

async function lesson(date: string, closed: boolean) {
  ctx.setNow(`2026-03-02T08:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, office, {
    ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id },
    ...{ wallStart: `${date}T10:00`, durationMinutes: 60, mode: 'in_person', billable: true },
  });
  ctx.setNow('2026-03-20T08:00:00Z');
  if (!closed) return sessionId;
  const words = { notes: '', privateNote: '', homework: '', nextTopics: '' };
  const attendance = [{ studentId: student.id, outcome: 'attended' as const }];
  const input = { sessionId, actualWallStart: `${date}T10:00`, actualMinutes: 60, ...words, attendance };
  await submitCloseOut(db, ctx, office, input, { office: true });
  return sessionId;
}

const netOf = async (sessionId: string) =>
  (
    await db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select('net')
      .where('sessionId', '=', sessionId)
      .executeTakeFirst()
  )?.net;

const send = async (user: { id: string }, path: string, form?: Record<string, string>) => {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' }, params: {} } as never;
};

let invoiced: string;
let taught: string;
let planned: string;
beforeAll(async () => {
  invoiced = await lesson('2026-03-11', true);
  await runInvoices(db, ctx, office, { from: '2026-03-11', to: '2026-03-12' });
  taught = await lesson('2026-03-12', true);
  planned = await lesson('2026-03-25', false);
});

describe('rates changed together', () => {
  it('every rate and every session it alters is shown first; what was invoiced is not among them', async () => {
    const preview = await previewRateChange(db, rise());
    expect(preview.rows.map((row) => [row.was, row.is, row.splits])).toEqual([
      [5840n, 6150n, true],
      [6000n, 6300n, true],
    ]);
    // 55 % of 3.00 more is the tutor's, by the share of the fees.
    expect(preview.effects.map(({ sessionId, state, charge, pay }) => ({ sessionId, state, charge, pay }))).toEqual([
      { sessionId: invoiced, state: 'settled', charge: 0n, pay: 165n },
      { sessionId: taught, state: 'settled', charge: 300n, pay: 165n },
      { sessionId: planned, state: 'planned', charge: 300n, pay: 165n },
    ]);
    expect((await previewRateChange(db, rise({ reprice: false }))).effects.map((one) => one.sessionId)).toEqual([planned]);
  });

  it('is done as it was seen, once, and taken back whole: rates and amounts are what they were', async () => {
    const before = await listRates(db, { sides: ['charge', 'pay'] });
    const { hash } = await previewRateChange(db, rise());
    await expect(changeRates(db, ctx, office, { ...rise(), hash: 'another' })).rejects.toMatchObject({ code: 'conflict' });
    const both = await Promise.allSettled([1, 2].map(() => changeRates(db, ctx, office, { ...rise(), hash })));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([await netOf(invoiced), await netOf(taught)]).toEqual([6000n, 6300n]);
    expect(await listRates(db, { sides: ['charge'] })).toHaveLength(4);

    const [change] = await listRateChanges(db);
    expect(change).toMatchObject({ rates: 2, fromOn: '2026-03-10', undoneAt: null });
    await undoRateChange(db, ctx, office, { id: change?.id ?? '' });
    expect(await listRates(db, { sides: ['charge', 'pay'] })).toEqual(before);
    expect([await netOf(invoiced), await netOf(taught)]).toEqual([6000n, 6000n]);
    await expect(undoRateChange(db, ctx, office, { id: change?.id ?? '' })).rejects.toMatchObject({ code: 'already_done' });
  });

  it('is not taken back over a rate that somebody changed since: nothing of it is', async () => {
    const input = rise({ from: '2026-06-01', tutorId: tutor.id, rise: { percent: null, amount: 100n, roundTo: 1n } });
    const { id } = await changeRates(db, ctx, office, { ...input, hash: (await previewRateChange(db, input)).hash });
    await db.updateTable('rate').set({ amountPerHour: 9_999n }).where('validFrom', '=', '2026-06-01').execute();
    await expect(undoRateChange(db, ctx, office, { id })).rejects.toMatchObject({ code: 'conflict' });
    await db.updateTable('rate').set({ amountPerHour: 6100n }).where('validFrom', '=', '2026-06-01').execute();
    await undoRateChange(db, ctx, office, { id });
  });

  it('the page looks by its address and does it with the form it showed', async () => {
    const query = { from: '2026-09-01', by: 'amount', value: '2.50', roundTo: '1', side: 'pay', programId: '', reprice: '' };
    const shown = await loader(await send(admin, `/office/rates/change?${new URLSearchParams(query)}`));
    expect(shown.data.preview).toMatchObject({ rows: [{ was: 3000n, is: 3250n }], effects: [] });
    const done = await action(await send(admin, '/office/rates/change', { ...query, hash: shown.data.preview?.hash ?? '' }));
    expect((done as Response).headers.get('Location')).toBe('/office/rates/changes');
    const slip = await loader(await send(admin, `/office/rates/change?${new URLSearchParams({ ...query, value: 'more' })}`));
    expect(slip).toMatchObject({ init: { status: 400 }, data: { answer: { errors: { value: expect.any(String) } } } });
  });
});

describe('what would a session cost, and why', () => {
  const question = {
    programId: program.id,
    subjectId: subject.id,
    tutorId: tutor.id,
    studentId: null,
    date: '2026-03-15',
    minutes: 90,
  };

  it('names the amount of both sides, the row that holds and every row that it beats', async () => {
    const { charge, pay } = await explainPrice(db, question, ['charge', 'pay']);
    expect(charge).toMatchObject({ amount: 9000n, total: 10_800n, rows: [{ amountPerHour: 6000n, weight: 4 }, { weight: 0 }] });
    expect(pay).toMatchObject({ amount: 4950n, reason: { base: 'fees', share: '55.0000', rate: '9000' } });
    expect((await explainPrice(db, { ...question, date: '2019-12-31' }, ['charge'])).charge).toMatchObject({
      amount: null,
      rows: [],
    });
  });

  it('a scheduler is told the price and never the pay', async () => {
    const path = `/office/rates/cost?${new URLSearchParams({ ...question, studentId: '', minutes: '90' })}`;
    const own = await costPage(await send(scheduler, path));
    expect(Object.keys(own.answer ?? {})).toEqual(['charge']);
    expect(Object.keys((await costPage(await send(admin, path))).answer ?? {})).toEqual(['charge', 'pay']);
  });
});
