import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { attendanceRate } from '#app/domain/reports/attendance.ts';
import { attendanceReport, listEndedPlaces } from '#app/domain/reports/attendance-queries.server.ts';
import { listCreditsOutstanding } from '#app/domain/reports/credits-outstanding.server.ts';
import { listOutstanding, listOutstandingInvoices } from '#app/domain/reports/outstanding-queries.server.ts';
import { listUtilisation } from '#app/domain/reports/utilisation.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { loader as csv } from '#app/routes/office.reports.$report[.]csv/route.ts';
import { loader as attendancePage } from '#app/routes/office.reports.attendance/route.tsx';
import { loader as outstandingPage } from '#app/routes/office.reports.outstanding/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-02-01T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const office = { userId: null, kind: 'system' as const };
const { installs } = await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const byrne = await aClient(db, { ref: 'C001', name: 'Byrne' });
const walsh = await aClient(db, { ref: 'C002', name: 'Walsh', billingInstallId: installs['billing-credits'] });
const [ada, ben] = [
  await aStudent(db, { clientId: byrne.id, firstName: 'Ada', lastName: '' }),
  await aStudent(db, { clientId: walsh.id }),
];
const subject = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db, { name: 'One-to-one' });
const tess = await aTutor(db, { firstName: 'Tess', lastName: 'Tutor', subjectIds: [subject.id] });
const tom = await aTutor(db, { firstName: 'Tom', lastName: 'Tutor', subjectIds: [subject.id] });
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 2500n });

async function args(path: string, params: Record<string, string> = {}) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  return {
    request: new Request(`http://lectern.test${path}`, { headers: { cookie: `lectern=${token}` } }),
    context,
    params,
  } as never;
}

async function booked(at: string, studentId = ada.id): Promise<string> {
  ctx.setNow(`${at.slice(0, 10)}T00:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, office, {
    tutorId: tess.id,
    studentIds: [studentId],
    programId: program.id,
    subjectId: subject.id,
    wallStart: at,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
    billable: true,
  });
  return sessionId;
}

async function ended(at: string, outcome: 'attended' | 'no_show', studentId = ada.id) {
  const sessionId = await booked(at, studentId);
  ctx.setNow(`${at.slice(0, 10)}T23:30:00Z`);
  const attendance = [{ studentId, outcome }];
  const words = { notes: '', privateNote: '', homework: '', nextTopics: '' };
  await submitCloseOut(db, ctx, office, { sessionId, actualWallStart: at, actualMinutes: 60, ...words, attendance });
}

const march = { from: '2026-03-01', to: '2026-04-01', tutorId: null, programId: null, subjectId: null };

beforeAll(async () => {
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute) VALUES (${tess.id}, 1, 600, 720), (${tess.id}, 2, 600, 720)`.execute(
    db,
  );
  await sql`INSERT INTO closure (name, starts_on, ends_on) VALUES ('Holiday', '2026-03-16', '2026-03-17')`.execute(db);
  await sql`INSERT INTO time_off (tutor_id, starts_at, ends_at, wall_start, wall_end, zone, status)
    VALUES (${tess.id}, '2026-03-23T00:00Z', '2026-03-24T00:00Z', '2026-03-23', '2026-03-24', 'Europe/Dublin', 'approved')`.execute(
    db,
  );
  await sellPackage(db, ctx, office, {
    clientId: walsh.id,
    credits: 300n,
    price: 10_000n,
    purchasedOn: '2026-02-01',
    expiresOn: '2026-04-20',
  });
  await ended('2026-02-02T10:00', 'attended');
  await ended('2026-03-02T10:00', 'attended');
  await ended('2026-03-03T10:00', 'no_show');
  await ended('2026-03-09T10:00', 'attended', ben.id);
  const sessionId = await booked('2026-03-30T10:00');
  ctx.setNow('2026-03-10T09:00:00Z');
  await cancelSession(db, ctx, office, { sessionId, by: 'office', reason: 'Tutor ill' });
  ctx.setNow('2026-03-01T09:00:00Z');
  await runInvoices(db, ctx, office, { from: '2026-02-01', to: '2026-03-01' });
  ctx.setNow('2026-04-01T09:00:00Z');
  await runInvoices(db, ctx, office, { from: '2026-03-01', to: '2026-04-01' });
  ctx.setNow('2026-04-10T09:00:00Z');
  await recordPayment(db, ctx, office, {
    clientId: byrne.id,
    amount: 2000n,
    receivedOn: '2026-04-02',
    method: 'transfer',
    reference: '',
  });
  await recordPayment(db, ctx, office, {
    clientId: walsh.id,
    amount: 15_000n,
    receivedOn: '2026-04-03',
    method: 'transfer',
    reference: '',
  });
});

describe('attendance', () => {
  it('is of the places kept to the end: what was cancelled in time counts neither for nor against', async () => {
    const { total, rows, buckets } = await attendanceReport(db, march, 'tutor');
    expect(total).toMatchObject({ attended: 2, no_show: 1, cancelled: 1 });
    expect(attendanceRate(total)).toBe(667);
    expect(rows).toMatchObject([{ name: 'Tess Tutor', sums: total }]);
    expect(buckets.reduce((sum, bucket) => sum + bucket.sums.attended, 0)).toBe(2);
    const missed = await listEndedPlaces(db, { ...march, outcome: 'no_show' }, { limit: 10, offset: 0 });
    expect(missed.map((place) => [place.studentName, place.localDate])).toEqual([['Ada', '2026-03-03']]);
    const page = await attendancePage(await args('/office/reports/attendance?from=2026-03-01&until=2026-03-31&by=week'));
    expect(page.report?.rows.map((row) => row.key)).toEqual(['2026-03-02', '2026-03-09', '2026-03-30']);
  });
});

describe('utilisation', () => {
  it('holds what is booked against the hours offered, less holidays and time off; without hours there is no percentage', async () => {
    // March 2026 has five Mondays and five Tuesdays of two hours; three of those ten days are off.
    expect(await listUtilisation(db, march, 'Europe/Dublin')).toMatchObject([
      { name: 'Tess Tutor', open: 7 * 120, booked: 180, taught: 120, sessions: 3 },
      { tutorId: tom.id, open: null, booked: 0, taught: 0 },
    ]);
  });
});

describe('what is outstanding', () => {
  it('is by family and age exactly what the books have as receivable', async () => {
    const families = await listOutstanding(db, '2026-04-10');
    const { rows } = await sql<{ code: string; balance: bigint }>`
      SELECT code, balance FROM account WHERE code LIKE 'assets:receivable:%' AND balance <> 0 ORDER BY code`.execute(db);
    const owed = families.map((family) => ({
      code: `assets:receivable:${family.clientId === byrne.id ? 'C001' : 'C002'}`,
      balance: family.open - family.unapplied,
    }));
    expect(owed.sort((a, b) => (a.code < b.code ? -1 : 1))).toEqual(rows);
    for (const family of families) expect(family.current + family.d30 + family.d60 + family.d90 + family.older).toBe(family.open);
  });

  it('of a past day is what was owed then, and grows older', async () => {
    const invoices = await listInvoices(db, { clientIds: [byrne.id] });
    const first = invoices.at(-1);
    expect(await listOutstanding(db, '2026-03-01')).toMatchObject([
      { clientName: 'Walsh' },
      { clientName: 'Byrne', open: first?.total, current: first?.total },
    ]);
    const [later] = (await listOutstanding(db, '2026-07-30')).filter((family) => family.clientId === byrne.id);
    expect(later).toMatchObject({ current: 0n, d30: 0n, older: later?.open });
    const behind = await listOutstandingInvoices(db, '2026-07-30', { clientId: byrne.id, age: 'older', limit: 10 });
    expect(behind.reduce((sum, invoice) => sum + invoice.open, 0n)).toBe(later?.older);
    expect(await outstandingPage(await args('/office/reports/outstanding?on=2027-01-01'))).toMatchObject({
      error: 'This day is still to come.',
      families: [],
    });
  });
});

describe('credits outstanding', () => {
  it('are what is left, at what it had cost, and when it ends', async () => {
    expect(await listCreditsOutstanding(db, '2026-04-10')).toEqual([
      {
        clientId: walsh.id,
        clientName: 'Walsh',
        available: 200n,
        booked: 0n,
        worth: 6667n,
        expiring: 200n,
        expiresOn: '2026-04-20',
      },
    ]);
  });
});

it.each([
  [
    'attendance',
    'tutor,attended,no_show,late_cancel,cancelled,tutor_no_show,technical_failure,attendance_percent',
    'Total,2,1,0,1,0,0,66.7',
  ],
  ['utilisation', 'tutor,sessions,hours_offered,hours_booked,hours_taught,utilisation_percent', 'Tom Tutor,0,,0.00,0.00,'],
  ['credits', 'family,available,booked,worth,ends_within_30_days,next_end,currency', 'Walsh,2.00,0.00,66.67,2.00,2026-04-20,EUR'],
])('%s is a file too', async (report, header, last) => {
  const response = await csv(await args(`/office/reports/${report}.csv?from=2026-03-01&until=2026-03-31`, { report }));
  const lines = (await response.text()).trimEnd().split('\n');
  expect([lines[0], lines.at(-1)]).toEqual([header, last]);
});
