import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { getInvoice, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { addPayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { marginOf, NOTHING, payOf, revenueOf, type TeachingSums } from '#app/domain/reports/teaching.ts';
import { listTeachingLines, sumTeaching } from '#app/domain/reports/teaching-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as page } from '#app/routes/office.reports.$report/route.tsx';
import { loader as csv } from '#app/routes/office.reports.$report[.]csv/route.ts';
import { loader as lines } from '#app/routes/office.reports.lines/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-02-01T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const office = { userId: null, kind: 'system' as const };
const { installs } = await anOrganisation(db, { policies: JSON.stringify({ mileage: { rate_per_mile: '0.5' } }) });
const admin = await aUser(db, { roles: ['admin'] });
const scheduler = await aUser(db, { roles: ['scheduler'] });
const byInvoice = await aClient(db, { ref: 'C001', name: 'Byrne' });
const byCredits = await aClient(db, { ref: 'C002', name: 'Walsh', billingInstallId: installs['billing-credits'] });
const [ada, ben] = [await aStudent(db, { clientId: byInvoice.id }), await aStudent(db, { clientId: byCredits.id })];
const [maths, music] = [await aSubject(db, { name: 'Maths' }), await aSubject(db, { name: 'Music' })];
const program = await aProgram(db, { name: 'One-to-one', capacity: 4 });
const subjectIds = [maths.id, music.id];
const tess = await aTutor(db, { firstName: 'Tess', lastName: 'Tutor', subjectIds });
const tom = await aTutor(db, { firstName: 'Tom', lastName: '=Byrne', subjectIds });
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 2500n });

async function args(user: { id: string }, path: string, params: Record<string, string> = {}) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  return {
    request: new Request(`http://lectern.test${path}`, { headers: { cookie: `lectern=${token}` } }),
    context,
    params,
  } as never;
}

interface Taught {
  at: string;
  tutorId: string;
  subjectId: string;
  outcomes: Record<string, 'attended' | 'no_show'>;
  miles?: string;
}

async function taught({ at, tutorId, subjectId, outcomes, miles }: Taught): Promise<string> {
  ctx.setNow(`${at.slice(0, 10)}T00:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, office, {
    tutorId,
    studentIds: Object.keys(outcomes),
    programId: program.id,
    subjectId,
    wallStart: at,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
    billable: true,
  });
  ctx.setNow(`${at.slice(0, 10)}T23:30:00Z`);
  await submitCloseOut(db, ctx, office, {
    sessionId,
    actualWallStart: at,
    actualMinutes: 90,
    ...(miles ? { miles } : {}),
    notes: '',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: Object.entries(outcomes).map(([studentId, outcome]) => ({ studentId, outcome })),
  });
  return sessionId;
}

const all = { tutorId: null, programId: null, subjectId: null };
const march = { from: '2026-03-01', to: '2026-04-01', ...all };
const shown = (sums: TeachingSums) => ({
  sessions: sums.sessions,
  minutes: sums.minutes,
  revenue: revenueOf(sums),
  pay: payOf(sums),
  margin: marginOf(sums),
});

beforeAll(async () => {
  await sellPackage(db, ctx, office, { clientId: byCredits.id, credits: 300n, price: 10_000n, purchasedOn: '2026-02-01' });
  // The last evening of February is February, and April is not March.
  await taught({ at: '2026-02-28T20:00', tutorId: tess.id, subjectId: maths.id, outcomes: { [ada.id]: 'attended' } });
  await taught({
    at: '2026-03-02T10:00',
    tutorId: tess.id,
    subjectId: maths.id,
    outcomes: { [ada.id]: 'attended', [ben.id]: 'attended' },
    miles: '10',
  });
  await taught({ at: '2026-03-09T10:00', tutorId: tess.id, subjectId: music.id, outcomes: { [ada.id]: 'no_show' } });
  await taught({ at: '2026-03-31T20:00', tutorId: tom.id, subjectId: music.id, outcomes: { [ada.id]: 'attended' } });
  await taught({ at: '2026-04-01T10:00', tutorId: tom.id, subjectId: music.id, outcomes: { [ada.id]: 'attended' } });
  await addPayAdjustment(db, ctx, office, {
    tutorId: tom.id,
    kind: 'bonus',
    amount: 1000n,
    localDate: '2026-03-30',
    note: 'Exam week',
  });
});

describe('hours, revenue, pay and margin', () => {
  it('count what was settled in the days, credits at what they had cost, and no hour in which nobody was there', async () => {
    const { total } = await sumTeaching(db, march, { by: 'tutor', unit: 'week' });
    expect(total).toMatchObject({
      sessions: 2,
      minutes: 180,
      studentMinutes: 270,
      credits: 3333n,
      mileage: 500n,
      otherPay: 1000n,
    });
    const { rows } = await sql<{ charged: bigint; paid: bigint }>`
      SELECT (SELECT sum(net) FROM charge WHERE kind = 'session' AND local_date >= '2026-03-01' AND local_date < '2026-04-01')::bigint AS charged,
        (SELECT sum(amount) FROM pay_item WHERE local_date >= '2026-03-01' AND local_date < '2026-04-01')::bigint AS paid`.execute(
      db,
    );
    expect(revenueOf(total)).toBe((rows[0]?.charged ?? 0n) + 3333n);
    expect(payOf(total)).toBe(rows[0]?.paid);
  });

  it.each(['tutor', 'program', 'subject', 'month', 'week'] as const)(
    'come to the same whether summed by %s or by time',
    async (by) => {
      const { total, groups, buckets } = await sumTeaching(db, march, { by, unit: 'day' });
      const add = (list: Iterable<TeachingSums>) =>
        [...list].reduce(
          (sum, one) =>
            Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, value + (one as never)[key]])) as never,
          NOTHING,
        );
      expect(add(groups.map((group) => group.sums))).toEqual(total);
      expect(add(buckets.values())).toEqual(total);
    },
  );

  it('of a tutor, a subject or of no session are exactly the lines behind them', async () => {
    const scopes = [march, { ...march, tutorId: tom.id }, { ...march, subjectId: music.id }, { ...march, subjectId: 'none' }];
    const summed = [];
    for (const scope of scopes) {
      const { total } = await sumTeaching(db, scope, { by: 'tutor', unit: 'day' });
      const behind = await listTeachingLines(db, scope, { limit: 100, offset: 0 });
      expect(behind.reduce((sum, line) => sum + marginOf(line), 0n)).toBe(marginOf(total));
      expect(behind.reduce((sum, line) => sum + line.minutes, 0)).toBe(total.minutes);
      summed.push(shown(total));
    }
    expect(summed[1]).toEqual({ sessions: 1, minutes: 90, revenue: 9000n, pay: 4750n, margin: 4250n });
    expect(summed[3]).toEqual({ sessions: 0, minutes: 0, revenue: 0n, pay: 1000n, margin: -1000n });
  });
});

describe('the pages of reports', () => {
  it('show last month by tutor, the most first, held against the month before', async () => {
    ctx.setNow('2026-04-02T08:00:00Z');
    const { report } = await page(await args(admin, '/office/reports/hours', { report: 'hours' }));
    expect(report?.rows.map((row) => [row.name, row.now.minutes, row.before?.minutes])).toEqual([
      ['Tess Tutor', 90, 90],
      ['Tom =Byrne', 90, 0],
    ]);
    expect(report?.compared).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(report?.buckets).toHaveLength(31);
  });

  it('keep the days that are none with the reason at the field, and know no other report', async () => {
    const refused = await page(await args(admin, '/office/reports/pay?from=2026-03-02&until=2026-03-01', { report: 'pay' }));
    expect(refused).toMatchObject({ report: null, errors: { until: 'The last day must not be before the first.' } });
    await expect(args(admin, '/office/reports/moon', { report: 'moon' }).then(page)).rejects.toMatchObject({ status: 404 });
    await expect(args(scheduler, '/office/reports/pay', { report: 'pay' }).then(page)).rejects.toMatchObject({ status: 403 });
  });

  it('lead to the lines behind a number, session by session', async () => {
    const { lines: shownLines, total } = await lines(
      await args(admin, `/office/reports/lines?from=2026-03-01&until=2026-03-31&tutor=${tom.id}`),
    );
    expect(shownLines.map((line) => [line.about, line.sessionId !== null, payOf(line)])).toEqual([
      ['Music', true, 3750n],
      ['Exam week', false, 1000n],
    ]);
    expect(total && payOf(total)).toBe(4750n);
  });

  it('are files too: numbers as numbers, a name that begins with a sign no formula', async () => {
    const response = await csv(
      await args(admin, '/office/reports/margin.csv?from=2026-03-01&until=2026-03-31&compare=none', { report: 'margin' }),
    );
    const [header, ...rows] = (await response.text()).trimEnd().split('\n');
    expect(header).toBe(
      'tutor,sessions,hours,student_hours,invoiced,not_invoiced,by_credits,revenue,teaching_pay,mileage,other_pay,pay,margin,currency',
    );
    expect(rows.at(-1)).toMatch(/^Total,2,3\.00,4\.50,0\.00,/);
    expect(
      rows.some((row) => row.startsWith('Tom =Byrne,1,1.50,1.50,0.00,90.00,0.00,90.00,37.50,0.00,10.00,47.50,42.50,EUR')),
    ).toBe(true);
  });
});

describe('what is added, given up and taken back', () => {
  it('counts on its day: an extra line of no session for its program, and less for a part of a line that was credited', async () => {
    const before = await sumTeaching(db, march, { by: 'program', unit: 'day' });
    ctx.setNow('2026-04-03T08:00:00Z');
    const extra = {
      requestId: randomUUID(),
      clientId: byInvoice.id,
      localDate: '2026-03-20',
      description: 'Book',
      amount: 1500n,
    };
    await addExtraLine(db, ctx, office, { ...extra, taxPercent: '0', studentId: null, programId: program.id });
    await runInvoices(db, ctx, office, { from: march.from, to: march.to });
    const [issued] = await listInvoices(db, { clientIds: [byInvoice.id] });
    const invoice = await getInvoice(db, issued?.id ?? '');
    const lesson = invoice.lines.find((line) => line.kind === 'session' && line.net > 1000n);
    const parts = [{ lineId: lesson?.id ?? '', amount: 1000n }];
    await issueCreditNote(db, ctx, office, { invoiceId: invoice.id, lineIds: [], parts, reason: 'Began late' });
    const after = await sumTeaching(db, march, { by: 'program', unit: 'day' });
    expect(revenueOf(after.total) - revenueOf(before.total)).toBe(500n);
    expect(after.total.unbilled).toBe(0n);
    const ofProgram = after.groups.find((group) => group.key === program.id);
    expect(ofProgram && revenueOf(ofProgram.sums)).toBe(revenueOf(after.total));
    const behind = await listTeachingLines(db, march, { limit: 100, offset: 0 });
    expect(behind.filter((line) => line.sessionId === null && line.source === 'charge').map((line) => line.about)).toEqual([
      'Book',
    ]);
    expect(behind.reduce((sum, line) => sum + revenueOf(line), 0n)).toBe(revenueOf(after.total));
  });
});
