import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { isDomainError } from '#app/domain/errors.ts';
import { addPayAdjustment, removePayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { correctPayItem } from '#app/domain/payroll/correct-pay-item.server.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import { markPayRunPaid } from '#app/domain/payroll/mark-pay-run-paid.server.ts';
import { getPayRun, listPaid, listPayLines, listPayRuns, listStatements } from '#app/domain/payroll/pay-run-queries.server.ts';
import { renderPayStatement } from '#app/domain/payroll/pay-statement.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { sendStatements } from '#app/domain/payroll/send-statements.server.ts';
import { voidPayRun } from '#app/domain/payroll/void-pay-run.server.ts';
import {
  type AnOrganisation,
  aClient,
  anOrganisation,
  aProgram,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground } from '#tests/factories/money.ts';
import { hasChecker, pdfText } from '#tests/setup/checkers.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
const april = { from: '2026-04-01', to: '2026-05-01' };
let organisation: AnOrganisation;
let ground: Ground;
let tutorId: string;
let studentId: string;
let clientId: string;

async function taught(date: string, amount: bigint, over: { mileage?: bigint; wall?: string } = {}) {
  const place = await aSettledPlace(db, ground, {
    clientId,
    clientRef: 'C001',
    studentId,
    date,
    ...(over.wall ? { wall: over.wall } : {}),
  });
  const item = { tutorId, sessionId: place.sessionId, localDate: date, settledAt: new Date() };
  const made = await db
    .insertInto('payItem')
    .values({ ...item, kind: 'session', minutes: 60, amount })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (over.mileage)
    await db
      .insertInto('payItem')
      .values({ ...item, kind: 'mileage', amount: over.mileage })
      .execute();
  return { ...place, itemId: made.id };
}

const approve = async (period: typeof march) => {
  const { hash } = await previewPayRun(db, period, ctx.clock());
  return approvePayRun(db, ctx, office, { ...period, hash });
};

const balances = async () => {
  const rows = await db
    .selectFrom('account')
    .select(['code', 'balance'])
    .where('code', 'like', '%pay%')
    .unionAll(db.selectFrom('account').select(['code', 'balance']).where('code', 'like', 'expenses:%'))
    .execute();
  return Object.fromEntries(rows.map((row) => [row.code, row.balance]));
};

beforeAll(async () => {
  organisation = await anOrganisation(db);
  tutorId = (await aTutor(db, { ref: 'T001', firstName: 'Óscar', lastName: '=Rossi' })).id;
  ground = {
    organisation,
    tutorId,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  clientId = (await aClient(db, { ref: 'C001' })).id;
  studentId = (await aStudent(db, { clientId })).id;
});

describe('a pay run', () => {
  it('pays the local dates of its period, mileage apart from wages, and adjustments, negative ones too', async () => {
    await taught('2026-03-01', 2500n, { wall: '00:00', mileage: 201n });
    await taught('2026-03-31', 2600n, { wall: '23:30' });
    await taught('2026-04-01', 9900n);
    await aSettledPlace(db, ground, { clientId, clientRef: 'C001', studentId, date: '2026-03-15', leftOut: 'unclosed' });
    await addPayAdjustment(db, ctx, office, {
      tutorId,
      kind: 'bonus',
      localDate: '2026-03-13',
      amount: -1167n,
      note: 'Agreed by phone',
    });
    const preview = await previewPayRun(db, march, ctx.clock());
    expect(preview.totals).toEqual({ wages: 5100n, mileage: 201n, adjustments: -1167n, total: 4134n, tutors: 1, lines: 4 });
    expect(preview.leftOut.map((session) => session.reason)).toEqual(['unclosed']);
  });

  it('two people approving at once make one run', async () => {
    const { hash } = await previewPayRun(db, march, ctx.clock());
    const approved = await Promise.all([1, 2].map(() => approvePayRun(db, ctx, office, { ...march, hash })));
    expect(new Set(approved.map((one) => one.runId)).size).toBe(1);
    expect(await balances()).toEqual({
      'liabilities:pay:T001': -4134n,
      'expenses:wages': 5100n,
      'expenses:mileage': 201n,
      'expenses:adjustments': -1167n,
    });
  });

  it('void frees the lines and reverses the postings; the period can then be run again', async () => {
    const [line] = await listPaid(db, march);
    const run = await db.selectFrom('payRun').select('id').executeTakeFirstOrThrow();
    await expect(voidPayRun(db, ctx, office, { runId: run.id, reason: ' ' })).rejects.toMatchObject({ field: 'reason' });
    await voidPayRun(db, ctx, office, { runId: run.id, reason: 'A rate was wrong' });
    expect(Object.values(await balances())).toEqual([0n, 0n, 0n, 0n]);
    expect(await listPaid(db, march)).toEqual([]);
    const again = await approve(march);
    expect(again.runId).not.toBe(run.id);
    expect((await listPaid(db, march)).map((paid) => [paid.itemId, paid.late])).toContainEqual([line?.itemId, false]);
    await expect(voidPayRun(db, ctx, office, { runId: run.id, reason: 'Again' })).rejects.toMatchObject({ code: 'already_done' });
  });

  it('what an approved run pays never changes, in the database too', async () => {
    await expect(sql`UPDATE pay_item SET amount = amount + 1 WHERE run_id IS NOT NULL`.execute(db)).rejects.toThrow(
      'in a pay run',
    );
  });

  it('export stores the hash of the file and gives the same file ever after; its text cells start no formula', async () => {
    const run = await db.selectFrom('payRun').select('id').where('status', '=', 'approved').executeTakeFirstOrThrow();
    const file = await exportPayRun(db, ctx, office, { runId: run.id });
    expect(file.sha256).toBe(createHash('sha256').update(file.csv).digest('hex'));
    expect((await getPayRun(db, run.id)).exportHash).toBe(file.sha256);
    expect(file.csv.split('\n')[1]).toMatch(/^T001,Óscar =Rossi,mileage,ses-\d+,2026-03-01,,2.01,EUR,,$/);
    expect(file.csv).toContain('bonus,,2026-03-13,,-11.67,EUR,,Agreed by phone');
    await db.updateTable('tutor').set({ lastName: 'Married' }).where('id', '=', tutorId).execute();
    expect(await exportPayRun(db, ctx, office, { runId: run.id })).toEqual(file);
  });

  it('after the export nothing but a correction in the next run changes the pay', async () => {
    const run = await db.selectFrom('payRun').select('id').where('status', '=', 'exported').executeTakeFirstOrThrow();
    await expect(voidPayRun(db, ctx, office, { runId: run.id, reason: 'Too late' })).rejects.toMatchObject({ code: 'locked' });
    const line = (await listPayLines(db, run.id)).find((one) => one.amount === 2600n);
    const itemId = line?.itemId ?? '';
    expect(await correctPayItem(db, ctx, office, { payItemId: itemId, shouldBe: 3000n, note: 'Rate of April' })).toMatchObject({
      amount: 400n,
    });
    // What should be is said of the line as it is corrected by now, not of the line as it was.
    expect(await correctPayItem(db, ctx, office, { payItemId: itemId, shouldBe: 2900n, note: 'Read it again' })).toMatchObject({
      amount: -100n,
    });
    await expect(correctPayItem(db, ctx, office, { payItemId: itemId, shouldBe: 2900n, note: 'x' })).rejects.toMatchObject({
      code: 'already_done',
    });
  });

  it('what is settled after its period was paid goes onto the next run, marked late, with the corrections', async () => {
    const late = await taught('2026-03-20', 1111n);
    expect((await previewPayRun(db, march, ctx.clock())).closed).toBe(true);
    expect((await previewPayRun(db, march, ctx.clock())).statements).toEqual([]);
    await expect(approve(march)).rejects.toThrow('nothing to pay');
    ctx.setNow('2026-05-02T09:00:00Z');
    const { runId } = await approve(april);
    const lines = (await listPayLines(db, runId)).map((line) => [line.kind, line.amount, line.late]);
    expect(lines).toEqual([
      ['session', 1111n, true],
      ['correction', 400n, true],
      ['correction', -100n, true],
      ['session', 9900n, false],
    ]);
    expect((await listPayLines(db, runId)).map((line) => line.ref)[0]).toBe(late.ref);
    expect((await listStatements(db, tutorId)).map((one) => one.total)).toEqual([11_311n, 4134n]);
  });

  it('refuses to approve when anything changed since the preview, and says what', async () => {
    const may = { from: '2026-05-01', to: '2026-06-01' };
    await addPayAdjustment(db, ctx, office, { tutorId, kind: 'expense', localDate: '2026-05-02', amount: 500n, note: 'Books' });
    const preview = await previewPayRun(db, may, ctx.clock());
    const { itemId } = await addPayAdjustment(db, ctx, office, {
      tutorId,
      kind: 'bonus',
      localDate: '2026-05-03',
      amount: 700n,
      note: '',
    });
    const refused = await approvePayRun(db, ctx, office, { ...may, hash: preview.hash, seen: preview.seen }).catch(
      (error: unknown) => error,
    );
    expect(isDomainError(refused, 'preview_changed') && refused.details).toEqual({
      changes: ['Óscar Married: 5.00 (1 line) is now 12.00 (2 lines).'],
    });
    await removePayAdjustment(db, ctx, office, { itemId: itemId ?? '' });
    expect((await approvePayRun(db, ctx, office, { ...may, hash: preview.hash })).fresh).toBe(true);
  });

  it('marked paid, the money has left the bank and nothing is owed; what comes to less than nothing stays owed by the tutor', async () => {
    const other = (await aTutor(db, { ref: 'T002' })).id;
    const june = { from: '2026-06-01', to: '2026-07-01' };
    await addPayAdjustment(db, ctx, office, { tutorId, kind: 'bonus', localDate: '2026-06-02', amount: 900n, note: '' });
    await addPayAdjustment(db, ctx, office, {
      tutorId: other,
      kind: 'correction',
      localDate: '2026-06-02',
      amount: -50n,
      note: '',
    });
    const before = await balances();
    const { runId } = await approve(june);
    await expect(markPayRunPaid(db, ctx, office, { runId, paidOn: '2027-01-01' })).rejects.toMatchObject({ field: 'paidOn' });
    const admin = { userId: (await aUser(db, { roles: ['admin'] })).id, kind: 'user' as const };
    await db.updateTable('organisation').set({ booksClosedTo: '2026-03-31' }).execute();
    await expect(markPayRunPaid(db, ctx, admin, { runId, paidOn: '2026-03-31' })).rejects.toMatchObject({ field: 'paidOn' });
    await db.updateTable('organisation').set({ booksClosedTo: null }).execute();
    await Promise.all([1, 2].map(() => markPayRunPaid(db, ctx, office, { runId, paidOn: '2026-05-02' })));
    expect(await balances()).toMatchObject({
      'liabilities:pay:T001': before['liabilities:pay:T001'],
      'liabilities:pay:T002': 50n,
    });
    expect(await getPayRun(db, runId)).toMatchObject({ status: 'paid', paidOn: '2026-05-02' });
    await expect(voidPayRun(db, ctx, office, { runId, reason: 'x' })).rejects.toMatchObject({ code: 'locked' });
    // It can still be exported, and stays paid.
    const file = await exportPayRun(db, ctx, office, { runId });
    expect((await getPayRun(db, runId)).status).toBe('paid');
    expect(file.name).toBe('pay-2026-06-01-to-2026-07-01.csv');
  });

  it('what a run pays is what its statements say and what its export has, for every run there is', async () => {
    for (const run of await listPayRuns(db)) {
      if (run.status === 'void') continue;
      const { csv } = await exportPayRun(db, ctx, office, { runId: run.id });
      const rows = csv.trim().split('\n').slice(1);
      const exported = rows.reduce((sum, row) => sum + BigInt((/,(-?\d+\.\d\d),EUR,/.exec(row)?.[1] ?? '').replace('.', '')), 0n);
      const tutors = new Set((await listPayLines(db, run.id)).map((line) => line.tutorId));
      let stated = 0n;
      for (const id of tutors) stated += (await listStatements(db, id)).find((one) => one.runId === run.id)?.total ?? 0n;
      expect([exported, stated, rows.length]).toEqual([run.total, run.total, run.lines]);
    }
  });

  it('tells each tutor who has an address once, and the PDF of a statement comes to what the run pays', async (test) => {
    await db.updateTable('tutor').set({ email: 'rossi@example.org' }).where('id', '=', tutorId).execute();
    const july = { from: '2026-07-01', to: '2026-08-01' };
    await addPayAdjustment(db, ctx, office, { tutorId, kind: 'bonus', localDate: '2026-07-02', amount: 123_456n, note: 'مريم' });
    const { runId } = await approve(july);
    for (const _ of [1, 2]) await sendStatements(db, ctx, office, { runId });
    const mails = await db
      .selectFrom('mailMessage')
      .select(['toAddress', 'data'])
      .where('template', '=', 'pay-statement')
      .execute();
    const own = mails.filter((mail) => mail.toAddress === 'rossi@example.org');
    expect(own).toMatchObject([{ data: { total: '123456', paidOn: null } }]);
    const run = await getPayRun(db, runId);
    expect(run.sentAt).not.toBeNull();
    const pdf = await renderPayStatement(db, ctx, run, await listPayLines(db, runId, tutorId));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await renderPayStatement(db, ctx, run, await listPayLines(db, runId, tutorId))).toEqual(pdf);
    if (!(await hasChecker('pdftotext', test))) return;
    expect(await pdfText(pdf)).toMatch(/Total €1,234\.56/);
  });
});

it('a line that was corrected and then freed can change again; a run that a later one corrects is void after it only', async () => {
  const june = { from: '2031-06-01', to: '2031-07-01' };
  const july = { from: '2031-07-01', to: '2031-08-01' };
  const { itemId } = await taught('2031-06-10', 5_000n);
  const first = await approve(june);
  const { itemId: correction } = await correctPayItem(db, ctx, office, {
    payItemId: itemId,
    shouldBe: 4_000n,
    note: 'Half an hour less',
  });
  await voidPayRun(db, ctx, office, { runId: first.runId, reason: 'A rate was wrong' });
  expect(await db.selectFrom('payItem').select('id').where('id', '=', correction).executeTakeFirst()).toBeUndefined();
  await db.updateTable('payItem').set({ amount: 4_500n }).where('id', '=', itemId).execute();

  const second = await approve(june);
  await correctPayItem(db, ctx, office, { payItemId: itemId, shouldBe: 4_000n, note: 'Half an hour less' });
  const later = await approve(july);
  await expect(voidPayRun(db, ctx, office, { runId: second.runId, reason: 'Too early' })).rejects.toMatchObject({
    code: 'locked',
  });
  await voidPayRun(db, ctx, office, { runId: later.runId, reason: 'The order' });
  await voidPayRun(db, ctx, office, { runId: second.runId, reason: 'The order' });
});
