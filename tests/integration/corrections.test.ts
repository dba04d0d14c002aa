import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { getInvoice, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { correctSession, rehearseCorrection } from '#app/domain/corrections/correct-session.server.ts';
import type { CorrectionResult, CorrectSessionInput } from '#app/domain/corrections/correction.ts';
import { correctionHash } from '#app/domain/corrections/correction-hash.server.ts';
import { readSessionMoney } from '#app/domain/corrections/session-money.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action, loader } from '#app/routes/office.sessions.$id.correct/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const organisation = await anOrganisation(db, {
  policies: JSON.stringify({
    completion: 'closeout',
    no_show: { wait_percent: 33, client_charge_percent: 50, tutor_pay_percent: 50, pay_base: 'tutor_pay' },
    late_cancel: { notice_hours: 24, client_charge_percent: 50, tutor_pay_percent: 25 },
    mileage: { rate_per_mile: '0.50' },
    invoice: { due_days: 14 },
  }),
});
const admin = await aUser(db, { roles: ['admin'] });
const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 3, taxPercent: '20' });
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 3000n });

/** A month of its own for each test, so that runs don't meet. */
let month = 0;
interface Taught {
  sessionId: string;
  studentIds: string[];
  clientId: string;
  tutorId: string;
  period: { from: string; to: string };
}

async function taught(
  mode: 'billing-invoicing' | 'billing-credits' = 'billing-invoicing',
  students = 1,
  programId = program.id,
): Promise<Taught> {
  month += 1;
  const day = (months: number, date: number) => new Date(Date.UTC(2020, months, date)).toISOString().slice(0, 10);
  const period = { from: day(month, 1), to: day(month + 1, 1) };
  const client = await aClient(db, { billingInstallId: organisation.installs[mode] });
  const children = await Promise.all(Array.from({ length: students }, () => aStudent(db, { clientId: client.id })));
  const tutor = await aTutor(db);
  if (mode === 'billing-credits')
    await sellPackage(db, ctx, office, { clientId: client.id, credits: 500n, price: 0n, purchasedOn: period.from });
  ctx.setNow(`${period.from}T00:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, office, {
    tutorId: tutor.id,
    studentIds: children.map((child) => child.id),
    programId,
    subjectId: subject.id,
    wallStart: `${day(month, 10)}T10:00`,
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  ctx.setNow(`${period.to}T09:00:00Z`);
  await submitCloseOut(
    db,
    ctx,
    office,
    {
      sessionId,
      actualWallStart: `${day(month, 10)}T10:00`,
      actualMinutes: 60,
      miles: '10',
      ...{ notes: 'Fractions', privateNote: '', homework: '', nextTopics: '' },
      attendance: children.map(({ id }) => ({ studentId: id, outcome: 'attended' })),
    },
    { office: true },
  );
  return { sessionId, studentIds: children.map((child) => child.id), clientId: client.id, tutorId: tutor.id, period };
}

const invoice = (one: Taught) => runInvoices(db, ctx, office, one.period);
async function pay(one: Taught): Promise<string> {
  const { hash } = await previewPayRun(db, one.period, ctx.clock());
  return (await approvePayRun(db, ctx, office, { ...one.period, hash })).runId;
}

async function correction(one: Taught, over: Partial<CorrectSessionInput> = {}): Promise<CorrectSessionInput> {
  const session = await db
    .selectFrom('session')
    .innerJoin('closeOut', 'closeOut.sessionId', 'session.id')
    .select(['session.version', 'billable', 'chargeRateOverride', 'payRateOverride', 'actualMinutes', 'miles'])
    .where('session.id', '=', one.sessionId)
    .executeTakeFirstOrThrow();
  const places = await db
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', one.sessionId)
    .execute();
  return {
    sessionId: one.sessionId,
    version: session.version,
    outcomes: places as CorrectSessionInput['outcomes'],
    actualMinutes: session.actualMinutes,
    miles: session.miles,
    billable: session.billable,
    chargeRate: session.chargeRateOverride,
    payRate: session.payRateOverride,
    reprice: false,
    reason: 'The tutor told us later',
    ...over,
  };
}

const correct = async (one: Taught, over: Partial<CorrectSessionInput>) =>
  correctSession(db, ctx, office, await correction(one, over));
const linesOf = async (one: Taught) =>
  db
    .selectFrom('payItem')
    .select(['kind', 'amount', sql<boolean>`run_id IS NOT NULL`.as('paid')])
    .where('sessionId', '=', one.sessionId)
    .orderBy('createdAt')
    .orderBy('kind')
    .execute();

describe('a session found wrong after its month was closed', () => {
  let one: Taught;
  beforeAll(async () => {
    one = await taught();
    await invoice(one);
    await exportPayRun(db, ctx, office, { runId: await pay(one) });
  });

  it('is looked at without anything being done, and done as it was seen: credit note, new line, pay correction', async () => {
    const input = await correction(one, { actualMinutes: 90, miles: '4' });
    const seen = await rehearseCorrection(db, ctx, office, input);
    expect(seen).toMatchObject({
      before: { places: [{ net: 6000n }], pay: { wages: 3000n, mileage: 500n, paid: 3500n } },
      after: { places: [{ net: 9000n, invoiceNumber: null }], pay: { wages: 4500n, mileage: 200n, paid: 3500n } },
      creditNotes: [{ total: -7200n }],
      payCorrections: expect.arrayContaining([
        { kind: 'session', amount: 1500n },
        { kind: 'mileage', amount: -300n },
      ]),
    });
    expect(await readSessionMoney(db, one.sessionId)).toEqual(seen.before);
    expect((await db.selectFrom('creditNote').selectAll().execute()).length).toBe(0);

    const done = await correctSession(db, ctx, office, { ...input, seen: correctionHash(seen) });
    expect(done && correctionHash(done)).toBe(correctionHash(seen));
    const [first] = await listInvoices(db, { clientIds: [one.clientId] });
    expect(await getInvoice(db, first?.id ?? '')).toMatchObject({
      creditNotes: [{ total: -7200n, reason: 'The tutor told us later' }],
    });
  });

  it('sent twice it is done once, and to the same again is refused', async () => {
    const input = await correction(one, { actualMinutes: 60, miles: '10' });
    const results = await Promise.all([correctSession(db, ctx, office, input), correctSession(db, ctx, office, input)]);
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    await expect(correct(one, {})).rejects.toMatchObject({ code: 'already_done' });
    // It comes to what it came to at first: what was paid already is all there is to pay.
    const { pay: money } = await readSessionMoney(db, one.sessionId);
    expect(money).toEqual({ wages: 3000n, mileage: 500n, paid: 3500n });
  });

  it('whoever looked at another state is told so', async () => {
    const input = await correction(one, { actualMinutes: 75 });
    await expect(correctSession(db, ctx, office, { ...input, seen: 'something else' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(correctSession(db, ctx, office, { ...input, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('the next runs take the new line, marked late, and the corrections, and then there is nothing left', async () => {
    await correct(one, { outcomes: one.studentIds.map((studentId) => ({ studentId, outcome: 'no_show' })) });
    const after = { from: one.period.to, to: new Date(Date.UTC(2020, month + 1, 2)).toISOString().slice(0, 10) };
    await runInvoices(db, ctx, office, after);
    const { hash } = await previewPayRun(db, after, ctx.clock());
    await approvePayRun(db, ctx, office, { ...after, hash });
    const [second] = await listInvoices(db, { clientIds: [one.clientId] });
    expect(await getInvoice(db, second?.id ?? '')).toMatchObject({
      net: 3000n,
      total: 3600n,
      lines: [{ late: true, minutes: 60 }],
    });
    const { pay: money } = await readSessionMoney(db, one.sessionId);
    expect(money).toEqual({ wages: 1500n, mileage: 500n, paid: 2000n });
  });
});

describe('what is changed and what is not', () => {
  it('miles alone touch no invoice; a place that stays as it was keeps its line', async () => {
    const one = await taught('billing-invoicing', 2);
    await invoice(one);
    await pay(one);
    expect((await correct(one, { miles: null }))?.creditNotes).toEqual([]);
    const [first, second] = one.studentIds;
    const result = await correct(one, {
      outcomes: [
        { studentId: first ?? '', outcome: 'attended' },
        { studentId: second ?? '', outcome: 'technical_failure' },
      ],
    });
    expect(result?.creditNotes).toMatchObject([{ total: -7200n }]);
    expect(result?.after.places.map((place) => place.net).sort()).toEqual([0n, 6000n]);
    expect(result?.after.places.filter((place) => place.leftOut === 'no_charge')).toHaveLength(1);
  });

  it('a rate changed since changes nothing, unless it is asked for', async () => {
    const one = await taught();
    await invoice(one);
    await pay(one);
    await aRate(db, { amountPerHour: 6600n, tutorId: one.tutorId });
    expect((await correct(one, { miles: '12' }))?.creditNotes).toEqual([]);
    const result = await correct(one, { reprice: true });
    expect(result).toMatchObject({ creditNotes: [{ total: -7200n }], after: { places: [{ net: 6600n }] }, payCorrections: [] });
  });

  it('a session withdrawn after it was invoiced and paid is owed by nobody and pays nothing', async () => {
    const one = await taught();
    await invoice(one);
    await pay(one);
    const gone = one.studentIds.map((studentId) => ({ studentId, outcome: 'cancelled' as const }));
    const result = await correct(one, { outcomes: gone, actualMinutes: null, miles: null });
    expect(result?.after).toMatchObject({
      places: [{ net: 0n, leftOut: 'cancelled' }],
      pay: { wages: 0n, mileage: 0n, paid: 3500n },
    });
    const { status } = await db.selectFrom('session').select('status').where('id', '=', one.sessionId).executeTakeFirstOrThrow();
    expect(status).toBe('cancelled');
    const back = one.studentIds.map((studentId) => ({ studentId, outcome: 'attended' as const }));
    await correct(one, { outcomes: back, actualMinutes: 60, miles: '10' });
    expect(await readSessionMoney(db, one.sessionId)).toMatchObject({
      places: [{ net: 6000n }],
      pay: { wages: 3000n, mileage: 500n },
    });
  });

  it('credits come back or are used, though the tutor was paid', async () => {
    const one = await taught('billing-credits');
    await exportPayRun(db, ctx, office, { runId: await pay(one) });
    const result = await correct(one, { outcomes: one.studentIds.map((studentId) => ({ studentId, outcome: 'no_show' })) });
    expect(result).toMatchObject({
      before: { places: [{ creditsUsed: 100n, net: 0n }] },
      after: { places: [{ creditsUsed: 50n }] },
      creditNotes: [],
      payCorrections: [{ kind: 'session', amount: -1500n }],
    });
    expect((await correct(one, { billable: false }))?.after.places).toMatchObject([{ creditsUsed: 0n }]);
  });

  it('by hand beats the rates; without any rate nobody is credited and then not charged', async () => {
    const one = await taught();
    await invoice(one);
    await pay(one);
    const result = await correct(one, { chargeRate: 7000n, payRate: 3500n });
    expect(result?.after).toMatchObject({ places: [{ net: 7000n }], pay: { wages: 3500n } });
    const other = await taught();
    await invoice(other);
    await db.updateTable('rate').set({ validFrom: '2030-01-01' }).where('side', '=', 'charge').execute();
    await expect(correct(other, { actualMinutes: 50 })).rejects.toMatchObject({ code: 'invalid_value', field: 'chargeRate' });
    await db.updateTable('rate').set({ validFrom: '2020-01-01' }).where('side', '=', 'charge').execute();
  });

  it('half an answer is refused at its field', async () => {
    const one = await taught();
    const refused = (over: Partial<CorrectSessionInput>) =>
      expect(correct(one, { miles: '1', ...over })).rejects.toMatchObject({ code: 'invalid_value', field: Object.keys(over)[0] });
    await refused({ reason: ' ' });
    await refused({ outcomes: [] });
    await refused({ outcomes: one.studentIds.map((studentId) => ({ studentId, outcome: 'planned' as const })) });
    await refused({ actualMinutes: null });
  });
});

describe('where the tutor is paid for another time than is billed', () => {
  it('what is paid is set right by itself: the family’s line stays, and the tutor’s next run takes the difference', async () => {
    const apart = await aProgram(db, { policyOverrides: JSON.stringify({ two_durations: true }) });
    const one = await taught('billing-invoicing', 1, apart.id);
    await invoice(one);
    await pay(one);
    const result = await correct(one, { paidMinutes: 80 });
    expect(result?.creditNotes).toEqual([]);
    expect(result?.payCorrections).toEqual([{ kind: 'session', amount: 1000n }]);
    // Empty is the same as billed again.
    expect((await correct(one, { paidMinutes: null }))?.payCorrections).toEqual([{ kind: 'session', amount: -1000n }]);
    await expect(correct(one, {})).rejects.toMatchObject({ code: 'already_done' });
  });
});

describe('a pay run voided after its session was corrected', () => {
  it('pays the session once: its line and its corrections together come to what it comes to', async () => {
    const one = await taught();
    const runId = await pay(one);
    await correct(one, { actualMinutes: 40 });
    await voidPayRun(db, ctx, office, { runId, reason: 'The wrong month' });
    expect((await readSessionMoney(db, one.sessionId)).pay).toMatchObject({ wages: 2000n, paid: 0n });
    await correct(one, { actualMinutes: 50 });
    await pay(one);
    expect((await readSessionMoney(db, one.sessionId)).pay).toEqual({ wages: 2500n, mileage: 500n, paid: 3000n });
    const lines = await linesOf(one);
    expect(lines.every((line) => line.paid)).toBe(true);
    expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(3000n);
  });
});

describe('the page of a correction', () => {
  const formOf = async (one: Taught, over: Record<string, string> = {}) => {
    const { version, outcomes, actualMinutes } = await correction(one);
    const said = Object.fromEntries(outcomes.map(({ studentId, outcome }) => [`outcomes.${studentId}`, outcome]));
    const fields = { version: String(version), ...said, actualMinutes: String(actualMinutes), miles: '10', billable: 'yes' };
    return new URLSearchParams({ ...fields, reason: 'Told later', ...over });
  };
  const send = async (one: Taught, body?: URLSearchParams) => {
    const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
    const path = `/office/sessions/${one.sessionId}/correct`;
    const request = new Request(`http://lectern.test${path}`, {
      headers: { cookie: `lectern=${token}` },
      ...(body ? { method: 'POST', body } : {}),
    });
    const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
    return { request, context, params: { id: one.sessionId } } as never;
  };

  it('shows how it stands, what it would come to with the form as it was typed, and does it with the next click', async () => {
    const one = await taught();
    await invoice(one);
    const page = await loader(await send(one));
    expect(page.money.places).toMatchObject([{ net: 6000n, invoiceNumber: expect.stringMatching(/^INV/) }]);
    expect(page.initial).toMatchObject({ actualMinutes: ['60'], miles: ['10'], billable: ['yes'], chargeRate: [''] });
    const look = await formOf(one, { actualMinutes: '45', intent: 'look' });
    const shown = (await action(await send(one, look))) as unknown as {
      data: { seen: string; rehearsal: CorrectionResult; values: unknown };
    };
    expect(shown.data.rehearsal.after.places).toMatchObject([{ net: 4500n }]);
    expect(shown.data.values).toMatchObject({ actualMinutes: ['45'] });
    look.set('intent', 'correct');
    look.set('seen', shown.data.seen);
    const done = (await action(await send(one, look))) as Response;
    expect(done.headers.get('Location')).toBe(`/office/sessions/${one.sessionId}#money`);
    expect((await readSessionMoney(db, one.sessionId)).places).toMatchObject([{ net: 4500n, invoiceNumber: null }]);
  });

  it('a slip is told at its field, with what was typed', async () => {
    const one = await taught();
    const refused = (await action(await send(one, await formOf(one, { actualMinutes: 'an hour', reason: ' ' })))) as never;
    expect(refused).toMatchObject({
      init: { status: 400 },
      data: { errors: { actualMinutes: 'Enter whole minutes, at most a day', reason: expect.any(String) } },
    });
  });
});
