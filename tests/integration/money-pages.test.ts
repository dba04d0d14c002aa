import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { listUnbilled } from '#app/domain/billing/unbilled-queries.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as creditNotePdf } from '#app/routes/credit-notes.$id[.]pdf/route.ts';
import { loader as familyInvoices } from '#app/routes/family.invoices._index/route.tsx';
import { loader as familyInvoice } from '#app/routes/family.invoices.$id/route.tsx';
import { loader as invoicePdf } from '#app/routes/invoices.$id[.]pdf/route.ts';
import { action as sell } from '#app/routes/office.credits.$id/route.tsx';
import { action as continueRun, loader as runPage } from '#app/routes/office.invoice-runs.$id/route.tsx';
import { action as confirm, loader as wizard } from '#app/routes/office.invoice-runs.new/route.tsx';
import { action as invoiceAction, loader as invoicePage } from '#app/routes/office.invoices.$id/route.tsx';
import { loader as payRun } from '#app/routes/office.pay-runs.$id/route.tsx';
import { action as exportPay } from '#app/routes/office.pay-runs.$id[.]csv/route.ts';
import { action as approve, loader as payWizard } from '#app/routes/office.pay-runs.new/route.tsx';
import { action as pay } from '#app/routes/office.payments.new/route.tsx';
import { action as billAgainAction, loader as unbilled } from '#app/routes/office.unbilled/route.tsx';
import { loader as statement } from '#app/routes/tutor.pay.$id/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const office = { userId: null, kind: 'system' as const };
// Pay of an absence is a share of the session's fee, which is the family's money and none of the tutor's business.
const policies = { no_show: { wait_percent: 33, client_charge_percent: 50, tutor_pay_percent: 50, pay_base: 'session_fee' } };
await anOrganisation(db, { policies: JSON.stringify(policies) });
const admin = await aUser(db, { roles: ['admin'] });
const parent = await aUser(db, { roles: ['client'] });
const stranger = await aUser(db, { roles: ['client'] });
const child = await aUser(db, { roles: ['student'] });
const teacher = await aUser(db, { roles: ['tutor'] });
const client = await aClient(db, { ref: 'C001', name: 'Łucja Žižek', userId: parent.id });
await aClient(db, { ref: 'C002', userId: stranger.id });
const student = await aStudent(db, { clientId: client.id, userId: child.id });
const [program, subject] = [await aProgram(db, { taxPercent: '20' }), await aSubject(db)];
const tutor = await aTutor(db, { userId: teacher.id, subjectIds: [subject.id] });
await aRate(db, { amountPerHour: 6000n });
await aRate(db, { side: 'pay', amountPerHour: 3000n });

interface Refused {
  data: { errors: Record<string, string>; values: Record<string, string>; message?: string; changes?: string[] };
  init: { status: number };
}

async function args(user: { id: string }, path: string, form?: Record<string, string> | [string, string][]) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: /[0-9a-f-]{36}/.exec(path)?.[0] } } as never;
}

/** What was thrown, as an action throws its redirects and refusals. */
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Response,
  );

async function taught(wallStart: string, outcome: 'attended' | 'no_show') {
  ctx.setNow(`${wallStart.slice(0, 10)}T00:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, office, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
    billable: true,
  });
  ctx.setNow(`${wallStart.slice(0, 10)}T23:00:00Z`);
  await submitCloseOut(db, ctx, office, {
    sessionId,
    actualWallStart: wallStart,
    actualMinutes: 60,
    notes: '',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: [{ studentId: student.id, outcome }],
  });
  return sessionId;
}

const march = '/office/invoice-runs/new?from=2026-03-01&until=2026-03-31';
type Preview = { from: string; to: string; hash: string; seen: string };
const fieldsOf = ({ from, to, hash, seen }: Preview) => ({ from, to, hash, seen });

async function previewed(path = march): Promise<Preview> {
  const page = (await wizard(await args(admin, path))) as unknown as { preview: Preview };
  return page.preview;
}

let invoiceId: string;

beforeAll(async () => {
  await taught('2026-03-03T10:00', 'attended');
});

describe('the invoice wizard', () => {
  it('does nothing and says what changed when a session was closed out after the preview', async () => {
    const seen = await previewed();
    await taught('2026-03-10T10:00', 'no_show');
    const refused = (await confirm(await args(admin, march, fieldsOf(seen)))) as unknown as Refused;
    expect(refused.init.status).toBe(409);
    expect(refused.data.changes).toEqual(['Łucja Žižek: 72.00 (1 line) is now 108.00 (2 lines).']);
    expect(await listInvoices(db)).toEqual([]);
  });

  it('confirms what was previewed and leaves the issuing to the queue; pressed again it is the same run', async () => {
    ctx.setNow('2026-04-01T09:00:00Z');
    const seen = await previewed();
    const first = await thrown(confirm(await args(admin, march, fieldsOf(seen))));
    const second = await thrown(confirm(await args(admin, march, fieldsOf(seen))));
    expect(first?.status).toBe(302);
    expect(second?.headers.get('location')).toBe(first?.headers.get('location'));
    const queued = ctx.jobs.filter((job) => job.name === 'invoice-run.issue');
    expect(queued).toHaveLength(1);
    const runId = /[0-9a-f-]{36}/.exec(first?.headers.get('location') ?? '')?.[0] ?? '';
    const page = await runPage(await args(admin, `/office/invoice-runs/${runId}`));
    expect([page.run.status, page.run.issued, page.run.families]).toEqual(['issuing', 0, 1]);
    // A run that stands still is put on the queue again.
    await thrown(continueRun(await args(admin, `/office/invoice-runs/${runId}`, {})));
    expect(ctx.jobs.filter((job) => job.name === 'invoice-run.issue')).toHaveLength(2);
    await issueInvoiceRun(db, ctx, { runId });
    invoiceId = (await listInvoices(db))[0]?.id ?? '';
    expect((await invoicePage(await args(admin, `/office/invoices/${invoiceId}`))).invoice).toMatchObject({
      net: 9000n,
      tax: 1800n,
      total: 10_800n,
    });
  });

  it('keeps a period that is none, and says at which field', async () => {
    const page = await wizard(await args(admin, '/office/invoice-runs/new?from=2026-03-31&until=2026-03-01'));
    expect(page).toMatchObject({
      preview: null,
      errors: { until: 'The last day must not be before the first.' },
      shown: { from: '2026-03-31' },
    });
  });
});

describe('an invoice', () => {
  it('is its family’s to see, and for others it does not exist', async () => {
    const path = `/family/invoices/${invoiceId}`;
    const page = await familyInvoice(await args(parent, path));
    expect(page.invoice.numberText).toBe('INV-00001');
    expect((await invoicePdf(await args(parent, `/invoices/${invoiceId}.pdf`))).headers.get('content-type')).toBe(
      'application/pdf',
    );
    for (const other of [stranger, child, teacher]) {
      expect((await thrown(invoicePdf(await args(other, `/invoices/${invoiceId}.pdf`))))?.status).toBe(404);
    }
    expect((await thrown(familyInvoice(await args(stranger, path))))?.status).toBe(404);
    expect((await familyInvoices(await args(stranger, '/family/invoices'))).invoices).toEqual([]);
    expect((await thrown(familyInvoices(await args(child, '/family/invoices'))))?.status).toBe(403);
  });

  it('a credit note without a reason is refused at its field, with the chosen lines kept', async () => {
    const { invoice } = await invoicePage(await args(admin, `/office/invoices/${invoiceId}`));
    const lineId = invoice.lines[0]?.id ?? '';
    const refused = (await invoiceAction(
      await args(admin, `/office/invoices/${invoiceId}`, [
        ['lineIds', lineId],
        ['reason', ' '],
      ]),
    )) as unknown as Refused;
    expect(refused.init.status).toBe(400);
    expect(refused.data.errors.reason).toContain('Say why');
    expect(refused.data.values.lineIds).toBe(lineId);
  });

  it('a credited session is billed again as revision 2 on the next run, marked late', async () => {
    const { invoice } = await invoicePage(await args(admin, `/office/invoices/${invoiceId}`));
    const line = invoice.lines.find((one) => one.net === 6000n);
    await thrown(
      invoiceAction(
        await args(admin, `/office/invoices/${invoiceId}`, { lineIds: line?.id ?? '', reason: 'Taught by somebody else' }),
      ),
    );
    const note = (await invoicePage(await args(admin, `/office/invoices/${invoiceId}`))).invoice.creditNotes[0];
    expect(note?.total).toBe(-7200n);
    expect((await creditNotePdf(await args(parent, `/credit-notes/${note?.id}.pdf`))).status).toBe(200);
    expect((await thrown(creditNotePdf(await args(stranger, `/credit-notes/${note?.id}.pdf`))))?.status).toBe(404);
    const [credited] = await listUnbilled(db, { from: '2026-03-01', to: '2026-04-01' });
    expect(credited?.reason).toBe('credited');

    const again = await thrown(
      billAgainAction(await args(admin, '/office/unbilled', { attendanceId: credited?.attendanceId ?? '' })),
    );
    expect(again?.status).toBe(302);
    expect((await listUnbilled(db, { from: '2026-03-01', to: '2026-04-01' })).map((place) => [place.reason, place.net])).toEqual([
      ['late', 6000n],
    ]);
    ctx.setNow('2026-05-01T09:00:00Z');
    const april = '/office/invoice-runs/new?from=2026-04-01&until=2026-04-30';
    const run = await thrown(confirm(await args(admin, april, fieldsOf(await previewed(april)))));
    await issueInvoiceRun(db, ctx, { runId: /[0-9a-f-]{36}/.exec(run?.headers.get('location') ?? '')?.[0] ?? '' });
    const second = (await listInvoices(db))[0];
    const page = await invoicePage(await args(admin, `/office/invoices/${second?.id}`));
    expect(page.invoice.lines).toMatchObject([{ net: 6000n, late: true, revision: 2, localDate: '2026-03-03' }]);
    const owed = await db.selectFrom('account').select('balance').where('code', '=', 'assets:unbilled:C001').executeTakeFirst();
    expect(owed?.balance).toBe(0n);
  });
});

describe('forms of money', () => {
  it('take an amount with a comma or a point, and name what is no amount of the currency', async () => {
    const form = { clientId: client.id, amount: '12,50', receivedOn: '2026-05-01', method: 'cash' };
    expect((await thrown(pay(await args(admin, '/office/payments/new', form))))?.status).toBe(302);
    expect((await db.selectFrom('payment').select('amount').executeTakeFirst())?.amount).toBe(1250n);
    for (const amount of ['1.234', 'ten', '', '-5', '0']) {
      const refused = (await pay(await args(admin, '/office/payments/new', { ...form, amount }))) as unknown as Refused;
      expect(refused.data.errors).toEqual({ amount: 'Enter an amount above 0, such as 120.00.' });
      expect(refused.data.values.amount).toBe(amount);
    }
  });

  it('sell a package once, however often the form is sent', async () => {
    const path = `/office/credits/${client.id}`;
    const form = {
      id: '00000000-0000-7000-8000-0000000000aa',
      credits: '5',
      price: '200.00',
      taxPercent: '0',
      purchasedOn: '2026-05-01',
      expiresOn: '',
    };
    for (const _ of [1, 2]) expect((await thrown(sell(await args(admin, path, form))))?.status).toBe(302);
    expect(await db.selectFrom('creditLot').select(['credits', 'price']).execute()).toEqual([{ credits: 500n, price: 20_000n }]);
    const early = (await sell(await args(admin, path, { ...form, id: '', expiresOn: '2026-04-01' }))) as unknown as Refused;
    expect(early.data.errors.expiresOn).toContain('before they are bought');
  });
});

describe('pay', () => {
  it('is approved and exported by an administrator, and its tutor sees the statement without what families pay', async () => {
    const path = '/office/pay-runs/new?from=2026-03-01&until=2026-03-31';
    const { preview } = (await payWizard(await args(admin, path))) as unknown as { preview: Preview };
    const approved = await thrown(approve(await args(admin, path, fieldsOf(preview))));
    const runId = /[0-9a-f-]{36}/.exec(approved?.headers.get('location') ?? '')?.[0] ?? '';
    // A tutor's lines are sent when the tutor is opened: a run of many stays a quick page.
    for (const [asked, lines] of [
      ['', 0],
      [`?open=${tutor.id}`, 2],
    ] as const) {
      const { statements } = await payRun(await args(admin, `/office/pay-runs/${runId}${asked}`));
      expect(statements.map((one) => [one.count, one.lines.length, one.total])).toEqual([[2, lines, 6000n]]);
    }
    const file = await exportPay(await args(admin, `/office/pay-runs/${runId}.csv`, {}));
    expect(file.headers.get('content-disposition')).toContain('pay-2026-03-01-to-2026-04-01.csv');
    expect((await thrown(exportPay(await args(teacher, `/office/pay-runs/${runId}.csv`, {}))))?.status).toBe(403);
    const page = await statement(await args(teacher, `/tutor/pay/${runId}`));
    expect(page.lines.map((line) => line.amount)).toEqual([3000n, 3000n]);
    // The fee of the no-show, 60.00, is nowhere in what the page is given.
    const [, share] = page.lines;
    expect(share?.reason).toEqual({ base: 'session_fee', minutes: 60, percent: '50', outcome: 'no_show' });
  });
});

describe('unbilled, and why', () => {
  it('also names the packages that no run has billed', async () => {
    const page = await unbilled(await args(admin, '/office/unbilled?from=2026-05-01&until=2026-05-31'));
    expect(page.lines).toMatchObject([{ clientName: 'Łucja Žižek', net: 20_000n, reason: 'ready' }]);
  });
});
