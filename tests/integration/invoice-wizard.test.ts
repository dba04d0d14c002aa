import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { countRunsWaiting, getInvoiceRun } from '#app/domain/billing/invoice-run-queries.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { runDueSchedules } from '#app/domain/billing/run-due-schedules.server.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { listSchedules, saveSchedule } from '#app/domain/billing/save-schedule.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action as runAction } from '#app/routes/office.invoice-runs.$id/route.tsx';
import { loader as runCsv } from '#app/routes/office.invoice-runs.$id[.]csv/route.ts';
import { action, loader } from '#app/routes/office.invoice-runs.new/route.tsx';
import { action as decide, loader as proposalPage } from '#app/routes/office.invoice-runs.proposals.$id/route.tsx';
import { loader as rateForm } from '#app/routes/office.rates.new/route.tsx';
import { loader as closeOutForm } from '#app/routes/office.sessions.$id.close-out/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const office = { userId: null, kind: 'system' as const };
await anOrganisation(db);
const [first, second] = [await aUser(db, { roles: ['admin'] }), await aUser(db, { roles: ['admin'] })];
const client = await aClient(db, { ref: 'C001', name: 'Łucja Žižek', email: null });
const student = await aStudent(db, { clientId: client.id });
const [program, subject] = [await aProgram(db), await aSubject(db)];
const tutor = await aTutor(db, { subjectIds: [subject.id] });

async function args(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: /[0-9a-f-]{36}/.exec(path)?.[0] } } as never;
}
const sent = (work: Promise<unknown>) =>
  work.then(
    (answer) => answer as { data: { errors: Record<string, string>; message?: string; changes?: string[] } },
    (thrown: unknown) => thrown as Response,
  );

const at = (step: string) => `/office/invoice-runs/new?step=${step}&from=2026-03-01&until=2026-03-31`;
const page = async (step: string, more = '') => loader(await args(first, at(step) + more));
const press = async (form: Record<string, string>, step = 'check') => sent(action(await args(first, at(step), form)));
const idIn = (answer: unknown) => /[0-9a-f-]{36}/.exec((answer as Response).headers.get('location') ?? '')?.[0] ?? '';
const confirmed = async (user: { id: string }) => {
  const { preview } = await page('confirm');
  if (!preview) throw new Error('no preview');
  const { from, to, hash, seen } = preview;
  return sent(action(await args(user, at('confirm'), { from, to, hash, seen })));
};

let sessionId: string;

beforeAll(async () => {
  ({ sessionId } = await bookSession(db, ctx, office, {
    ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id },
    ...{ wallStart: '2026-03-03T10:00', durationMinutes: 60, mode: 'in_person', location: 'Library', billable: true },
  }));
  ctx.setNow('2026-04-01T09:00:00Z');
});

describe('what stands in the way is mended in the wizard', () => {
  it('a session that nobody closed out', async () => {
    expect((await page('check')).check?.unclosed).toMatchObject({ count: 1, rows: [{ sessionId, begun: true }] });
    await press({ intent: 'close-out', session: sessionId });
    const { check, blocking } = await page('check');
    expect(check?.unclosed.count).toBe(0);
    expect([blocking, check?.missing]).toEqual([1, [expect.objectContaining({ programId: program.id, first: '2026-03-03' })]]);
  });

  it('a page that mends something outside of it leads back to the step, whatever was chosen there', async () => {
    const back = encodeURIComponent(at('check'));
    const rates = await rateForm(await args(first, `/office/rates/new?side=charge&back=${back}`));
    const closeOut = await closeOutForm(await args(first, `/office/sessions/${sessionId}/close-out?back=${back}`));
    expect([rates.back, closeOut.back]).toEqual(Array(2).fill({ to: at('check'), label: 'Back to the run' }));
  });

  it('a rate that is missing; what is no amount is said at its field', async () => {
    const key = `${program.id}.${subject.id}`;
    const rate = { intent: 'rate', key, programId: program.id, subjectId: subject.id, of: 'subject', validFrom: '2026-03-01' };
    expect(await press({ ...rate, amountPerHour: 'much' })).toMatchObject({
      data: { errors: { [`amountPerHour.${key}`]: expect.any(String) } },
    });
    await press({ ...rate, amountPerHour: '60' });
    const { check, preview } = await page('check');
    expect([check?.missing, preview?.totals.net]).toEqual([[], 6000n]);
  });

  it('an address and a mail address, which a second form does not overwrite', async () => {
    const codes = async () => (await page('check')).check?.warnings.map((one) => one.code);
    expect(await codes()).toEqual(['no_address', 'no_email']);
    await press({ intent: 'complete', clientId: client.id, address: '1 Main Street' });
    await press({ intent: 'complete', clientId: client.id, email: 'lucja@example.test' });
    expect(await codes()).toEqual([]);
    const refused = await press({ intent: 'complete', clientId: client.id, address: 'Elsewhere' });
    expect(refused).toMatchObject({ data: { errors: { address: expect.any(String) } } });
  });
});

describe('what is changed before the invoices go out', () => {
  it('opens a family down to its lines, takes a line more and a discount, and keeps what was typed where it can’t', async () => {
    const requestId = randomUUID();
    const extra = { intent: 'extra', clientId: client.id, requestId, description: 'Workbook', localDate: '2026-03-31' };
    const refused = await press({ ...extra, amount: '-3' }, 'preview');
    expect(refused).toMatchObject({ data: { errors: { amount: expect.any(String) }, values: { description: 'Workbook' } } });
    for (const _ of [1, 2]) await press({ ...extra, amount: '15,00' }, 'preview');
    await press({
      intent: 'discount',
      clientId: client.id,
      requestId: randomUUID(),
      percent: '10',
      reason: 'Sibling',
      chargeId: '',
    });
    const { families } = await page('preview', `&open=${client.id}`);
    expect(families?.opened?.lines.map((line) => [line.kind, line.net])).toEqual([
      ['session', 6000n],
      ['extra', 1500n],
      ['discount', -750n],
    ]);
    expect(families?.rows[0]).toMatchObject({ lines: 3, total: 6750n });
  });

  it('a held family is in no step any more until it is let go', async () => {
    await press({ intent: 'hold', clientId: client.id, reason: 'We talk' }, 'preview');
    const held = await page('check');
    expect([held.preview?.totals.families, held.check?.held.map((one) => [one.reason, one.net])]).toEqual([
      0,
      [['We talk', 6750n]],
    ]);
    await press({ intent: 'release', clientId: client.id });
    expect((await page('check')).preview?.totals.families).toBe(1);
  });
});

describe('with a second person', () => {
  it('whoever put a run together can’t confirm it, and is sent it back with a note', async () => {
    await saveMoneySettings(db, office, { second_person: true });
    const proposal = idIn(await confirmed(first));
    expect(await countRunsWaiting(db)).toEqual({ stopped: 0, proposals: 1 });
    expect(await db.selectFrom('mailMessage').select('userId').where('template', '=', 'invoice-run-waits').execute()).toEqual([
      { userId: second.id },
    ]);
    const path = `/office/invoice-runs/proposals/${proposal}`;
    expect(await sent(decide(await args(first, path, {})))).toMatchObject({
      data: { message: expect.stringContaining('another') },
    });
    expect(await sent(decide(await args(second, path, { intent: 'send-back', note: '' })))).toMatchObject({
      data: { errors: { note: expect.any(String) } },
    });
    await sent(decide(await args(second, path, { intent: 'send-back', note: 'The discount is too much' })));
    expect((await proposalPage(await args(first, path))).proposal).toMatchObject({
      status: 'sent_back',
      note: 'The discount is too much',
    });
  });

  it('what changed since is said and not issued; unchanged it is one run, however often it is confirmed', async () => {
    const stale = `/office/invoice-runs/proposals/${idIn(await confirmed(first))}`;
    await press({
      intent: 'extra',
      clientId: client.id,
      requestId: randomUUID(),
      description: 'Exam fee',
      amount: '5',
      localDate: '2026-03-31',
    });
    const shown = await proposalPage(await args(second, stale));
    expect([shown.same, shown.changes]).toEqual([false, ['Łucja Žižek: 67.50 (3 lines) is now 72.50 (4 lines).']]);
    expect(await sent(decide(await args(second, stale, {})))).toMatchObject({
      data: { changes: [expect.stringContaining('72.50')] },
    });
    const path = `/office/invoice-runs/proposals/${idIn(await confirmed(first))}`;
    const runs = [await sent(decide(await args(second, path, {}))), await sent(decide(await args(second, path, {})))].map(idIn);
    expect(new Set(runs).size).toBe(1);
    await saveMoneySettings(db, office, { second_person: false });
  });
});

describe('a run that is issued', () => {
  it('that stopped says why on the dashboard, and goes on', async () => {
    const { id: runId } = await db.selectFrom('invoiceRun').select('id').executeTakeFirstOrThrow();
    const broken = issueInvoiceRun(db, ctx, {
      runId,
      onBatch: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(broken).rejects.toThrow('disk');
    expect(await countRunsWaiting(db)).toMatchObject({ stopped: 1 });
    expect((await getInvoiceRun(db, runId)).stoppedBecause).toBe('the disk is full');
    await issueInvoiceRun(db, ctx, { runId });
    expect(await getInvoiceRun(db, runId)).toMatchObject({ status: 'issued', stoppedBecause: null, total: 7250n });
  });

  it('is mailed once by itself, again once per press, and comes as a CSV of its lines', async () => {
    const { id: runId } = await db.selectFrom('invoiceRun').select('id').executeTakeFirstOrThrow();
    const mails = async () =>
      (await db.selectFrom('mailMessage').select('id').where('template', '=', 'invoice').execute()).length;
    const send = async (form: Record<string, string>) =>
      sent(runAction(await args(first, `/office/invoice-runs/${runId}`, { intent: 'send', ...form })));
    expect(await mails()).toBe(1);
    await send({});
    expect(await mails()).toBe(1);
    const again = randomUUID();
    for (const _ of [1, 2]) await send({ again });
    expect(await mails()).toBe(2);
    const csv = await (await runCsv(await args(first, `/office/invoice-runs/${runId}.csv`))).text();
    expect(csv.trim().split('\n').length).toBe(5);
    expect(csv).toContain('Discount: Sibling');
  });
});

describe('a schedule', () => {
  it('tells the administrators once on its day, and issues by itself only where nothing stands in the way', async () => {
    const id = randomUUID();
    const values = { name: 'Monthly', every: 'month' as const, nextOn: '2026-05-01', does: 'issue' as const, paused: false };
    for (const _ of [1, 2]) await saveSchedule(db, ctx, office, { ...values, id });
    // A slip of the pen would make up for two thousand years of months.
    const ancient = { ...values, nextOn: '1926-05-01', id: randomUUID() };
    await expect(saveSchedule(db, ctx, office, ancient)).rejects.toMatchObject({ field: 'nextOn' });
    const told = async () =>
      (await db.selectFrom('mailMessage').select('userId').where('template', '=', 'invoice-run-waits').execute()).length;
    const before = await told();
    expect(await runDueSchedules(db, ctx)).toBe(0);
    const line = { clientId: client.id, description: 'Book', amount: 900n, taxPercent: '0', studentId: null, programId: null };
    await addExtraLine(db, ctx, office, { ...line, requestId: randomUUID(), localDate: '2026-04-10' });
    await saveMoneySettings(db, office, { second_person: true });
    ctx.setNow('2026-05-01T09:00:00Z');
    expect(await runDueSchedules(db, ctx)).toBe(1);
    expect([await told(), await runDueSchedules(db, ctx)]).toEqual([before + 2, 0]);
    await saveMoneySettings(db, office, { second_person: false });
    // April was not issued by hand: it waits, and June's run of May does not take it.
    await addExtraLine(db, ctx, office, { ...line, requestId: randomUUID(), localDate: '2026-05-10' });
    ctx.setNow('2026-06-01T09:00:00Z');
    expect(await runDueSchedules(db, ctx)).toBe(1);
    const runs = await db.selectFrom('invoiceRun').select(['periodFrom', 'scheduleId']).where('scheduleId', '=', id).execute();
    expect(runs).toEqual([{ periodFrom: '2026-05-01', scheduleId: id }]);
    expect(await listSchedules(db)).toMatchObject([{ nextOn: '2026-07-01', lastResult: '2026-05-01: Issued 1 invoice' }]);
  });
});
