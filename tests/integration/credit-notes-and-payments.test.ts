import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { getInvoice, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { allocate } from '#app/domain/billing/payment-allocation.server.ts';
import { findClientBalance, listPayments } from '#app/domain/billing/payment-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { listUnbilled } from '#app/domain/billing/unbilled-queries.server.ts';
import { writeOffInvoice } from '#app/domain/billing/write-off-invoice.server.ts';
import { type AnOrganisation, aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
const april = { from: '2026-04-01', to: '2026-05-01' };
let organisation: AnOrganisation;
let ground: Ground;
let clientId: string;
let invoiceId: string;

const balance = async (code: string) =>
  (await db.selectFrom('account').select('balance').where('code', '=', code).executeTakeFirst())?.balance ?? 0n;

beforeAll(async () => {
  organisation = await anOrganisation(db);
  const tutor = await aTutor(db);
  ground = {
    organisation,
    tutorId: tutor.id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  const client = await aClient(db, { ref: 'C001', name: 'Łucja Žižek' });
  clientId = client.id;
  const student = await aStudent(db, { clientId });
  for (const [index, net] of [6833n, 5750n, 8500n, 6833n].entries()) {
    await aSettledPlace(db, ground, {
      clientId,
      clientRef: 'C001',
      studentId: student.id,
      date: `2026-03-0${index + 2}`,
      net,
      taxPercent: '20',
    });
  }
  await aSettledPlace(db, ground, { clientId, clientRef: 'C001', studentId: student.id, date: '2026-04-09', net: 10_000n });
  await runInvoices(db, ctx, office, march);
  invoiceId = (await listInvoices(db))[0]?.id ?? '';
});

describe('payments', () => {
  it('68.33 + 57.50 + 85.00 + 68.33 at 20 % is invoiced 334.99', async () => {
    expect(await getInvoice(db, invoiceId)).toMatchObject({ net: 27_916n, tax: 5583n, total: 33_499n, open: 33_499n });
  });

  it('a payment pays the oldest invoice first, and what no invoice takes is shown as unapplied', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    const payment = { id, clientId, amount: 40_000n, receivedOn: '2026-04-02', method: 'transfer', reference: 'March' };
    await recordPayment(db, ctx, office, payment);
    await recordPayment(db, ctx, office, payment);
    expect(await listPayments(db)).toMatchObject([
      { amount: 40_000n, unapplied: 6501n, invoices: [{ number: 'INV-00001', amount: '33499' }] },
    ]);
    expect(await findClientBalance(db, clientId)).toMatchObject({ owed: -6501n, unapplied: 6501n, unbilled: 10_000n });
    expect(await balance('assets:bank')).toBe(40_000n);
  });

  it('an invoice issued later takes what was paid ahead', async () => {
    ctx.setNow('2026-05-02T09:00:00Z');
    await runInvoices(db, ctx, office, april);
    const [second] = await listInvoices(db);
    expect(second).toMatchObject({ numberText: 'INV-00002', total: 10_000n, paid: 6501n, open: 3499n });
    expect(await findClientBalance(db, clientId)).toMatchObject({ owed: 3499n, unapplied: 0n });
  });

  it('a payment is never applied beyond itself or beyond what an invoice is owed', () => {
    const allocations = allocate(
      [
        { id: 'p1', amount: 50n },
        { id: 'p2', amount: 100n },
      ],
      [
        { id: 'i1', owed: 70n },
        { id: 'credited', owed: -5n },
        { id: 'i2', owed: 40n },
      ],
    );
    expect(allocations).toEqual([
      { paymentId: 'p1', invoiceId: 'i1', amount: 50n },
      { paymentId: 'p2', invoiceId: 'i1', amount: 20n },
      { paymentId: 'p2', invoiceId: 'i2', amount: 40n },
    ]);
  });

  it('refuses a payment of nothing, at its field', async () => {
    const nothing = recordPayment(db, ctx, office, { clientId, amount: 0n, receivedOn: '2026-04-02', method: 'cash' });
    await expect(nothing).rejects.toMatchObject({ code: 'invalid_value', field: 'amount' });
  });

  it('refuses a payment of a day that is still to come', async () => {
    const later = recordPayment(db, ctx, office, { clientId, amount: 100n, receivedOn: '9999-12-31', method: 'cash' });
    await expect(later).rejects.toMatchObject({ code: 'invalid_value', field: 'receivedOn' });
  });
});

describe('credit notes', () => {
  it('four single-line credit notes give back exactly what was invoiced, and the books are as if it had never been', async () => {
    const before = await getInvoice(db, invoiceId);
    const totals: bigint[] = [];
    for (const line of before.lines) {
      const note = await issueCreditNote(db, ctx, office, { invoiceId, lineIds: [line.id], reason: 'Taught by mistake' });
      totals.push(note.total);
    }
    expect(totals.reduce((sum, total) => sum + total, 0n)).toBe(-33_499n);
    const after = await getInvoice(db, invoiceId);
    expect(after.creditNotes.map((note) => note.numberText)).toEqual(['CN-00001', 'CN-00002', 'CN-00003', 'CN-00004']);
    expect({ lines: after.lines.map((line) => line.net), total: after.total }).toEqual({
      lines: before.lines.map((line) => line.net),
      total: before.total,
    });
    expect(await balance('liabilities:tax')).toBe(0n);
    expect(await balance('income:tuition')).toBe(-10_000n);
    expect(await balance('assets:unbilled:C001')).toBe(0n);
  });

  it('what paid a credited invoice pays the next open one, and the rest is unapplied', async () => {
    expect((await listInvoices(db)).map(({ numberText, paid, open }) => [numberText, paid, open])).toEqual([
      ['INV-00002', 10_000n, 0n],
      ['INV-00001', 0n, 0n],
    ]);
    expect(await findClientBalance(db, clientId)).toMatchObject({ owed: -30_000n, unapplied: 30_000n });
  });

  it('a line is taken back once', async () => {
    const [line] = (await getInvoice(db, invoiceId)).lines;
    const again = issueCreditNote(db, ctx, office, { invoiceId, lineIds: [line?.id ?? ''], reason: 'Twice' });
    await expect(again).rejects.toMatchObject({ code: 'already_done' });
  });

  it('a credited place is unbilled as credited until somebody bills it again', async () => {
    const places = await listUnbilled(db, march);
    expect(places.map((place) => place.reason)).toEqual(['credited', 'credited', 'credited', 'credited']);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM charge WHERE run_id IS NULL`.execute(db);
    expect(rows[0]?.count).toBe(0);
    await expect(billAgain(db, ctx, office, { attendanceId: '00000000-0000-7000-8000-000000000009' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('says at the field what is missing: the lines, the reason', async () => {
    await expect(issueCreditNote(db, ctx, office, { invoiceId, lineIds: [], reason: 'x' })).rejects.toMatchObject({
      field: 'lineIds',
    });
    await expect(issueCreditNote(db, ctx, office, { invoiceId, lineIds: [invoiceId], reason: ' ' })).rejects.toMatchObject({
      field: 'reason',
    });
    await expect(issueCreditNote(db, ctx, office, { invoiceId, lineIds: [invoiceId], reason: 'x' })).rejects.toMatchObject({
      code: 'invalid_value',
    });
  });
});

describe('parts of a line', () => {
  let second: string;
  const lineOf = async (id: string) => (await getInvoice(db, id)).lines[0]?.id ?? '';

  beforeAll(async () => {
    ctx.setNow('2026-06-02T09:00:00Z');
    const client = await aClient(db, { ref: 'C002' });
    const student = await aStudent(db, { clientId: client.id });
    await aSettledPlace(db, ground, {
      ...{ clientId: client.id, clientRef: 'C002', studentId: student.id, date: '2026-05-04', net: 10_001n, taxPercent: '20' },
    });
    await runInvoices(db, ctx, office, { from: '2026-05-01', to: '2026-06-01' });
    second = (await listInvoices(db, { clientIds: [client.id] }))[0]?.id ?? '';
  });

  it('are taken back one after the other, each with its tax; the place stays invoiced until nothing is left of it', async () => {
    const id = '00000000-0000-7000-8000-0000000000c1';
    const lineId = await lineOf(second);
    const part = { id, invoiceId: second, lineIds: [], parts: [{ lineId, amount: 3333n }], reason: 'Began late' };
    const first = await issueCreditNote(db, ctx, office, part);
    expect(first.total).toBe(-(3333n + 666n));
    // Sent twice, it is one.
    expect(await issueCreditNote(db, ctx, office, part)).toEqual(first);
    expect(await listUnbilled(db, { from: '2026-05-01', to: '2026-06-01' })).toEqual([]);
    const invoice = await getInvoice(db, second);
    expect(invoice).toMatchObject({ open: 12_001n - 3999n, credited: -3999n });
    expect(invoice.lines[0]).toMatchObject({ credited: -3333n, creditedBy: first.numberText, leftOut: null });
    const rest = await issueCreditNote(db, ctx, office, { invoiceId: second, lineIds: [lineId], reason: 'All of it' });
    expect(first.total + rest.total).toBe(-12_001n);
    expect(await listUnbilled(db, { from: '2026-05-01', to: '2026-06-01' })).toMatchObject([{ reason: 'credited' }]);
    expect(await balance('assets:receivable:C002')).toBe(0n);
    expect(await balance('assets:unbilled:C002')).toBe(0n);
  });

  it('are refused beyond what is left, at their field', async () => {
    const lineId = await lineOf(invoiceId);
    const gone = issueCreditNote(db, ctx, office, { invoiceId, lineIds: [], parts: [{ lineId, amount: 1n }], reason: 'x' });
    await expect(gone).rejects.toMatchObject({ code: 'already_done' });
    const third = (await listInvoices(db)).find((one) => one.numberText === 'INV-00002')?.id ?? '';
    const open = await lineOf(third);
    for (const amount of [0n, -5n, 10_001n]) {
      const wrong = issueCreditNote(db, ctx, office, {
        ...{ invoiceId: third, lineIds: [], parts: [{ lineId: open, amount }], reason: 'x' },
      });
      await expect(wrong).rejects.toMatchObject({ code: 'invalid_value', field: `amount.${open}` });
    }
  });
});

describe('what is given up of an invoice', () => {
  it('is owed no more, stays on the invoice, and is a bad debt in the books; sent twice it is one', async () => {
    ctx.setNow('2026-07-02T09:00:00Z');
    const client = await aClient(db, { ref: 'C003' });
    const student = await aStudent(db, { clientId: client.id });
    await aSettledPlace(db, ground, {
      ...{ clientId: client.id, clientRef: 'C003', studentId: student.id, date: '2026-06-04', net: 5000n },
    });
    await runInvoices(db, ctx, office, { from: '2026-06-01', to: '2026-07-01' });
    const id = (await listInvoices(db, { clientIds: [client.id] }))[0]?.id ?? '';
    await recordPayment(db, ctx, office, { clientId: client.id, amount: 2000n, receivedOn: '2026-07-02', method: 'cash' });
    const given = { id: '00000000-0000-7000-8000-0000000000d1', invoiceId: id, amount: 2500n, reason: 'Moved away' };
    await writeOffInvoice(db, ctx, office, given);
    await writeOffInvoice(db, ctx, office, given);
    expect(await getInvoice(db, id)).toMatchObject({ total: 5000n, paid: 2000n, writtenOff: 2500n, open: 500n });
    expect(await balance('expenses:bad-debts')).toBe(2500n);
    expect(await balance('assets:receivable:C003')).toBe(500n);
    const more = writeOffInvoice(db, ctx, office, { ...given, id: '00000000-0000-7000-8000-0000000000d2', amount: 501n });
    await expect(more).rejects.toMatchObject({ code: 'invalid_value', field: 'amount' });
    await recordPayment(db, ctx, office, { clientId: client.id, amount: 900n, receivedOn: '2026-07-02', method: 'cash' });
    expect(await getInvoice(db, id)).toMatchObject({ paid: 2500n, open: 0n });
    expect(await findClientBalance(db, client.id)).toMatchObject({ owed: -400n, unapplied: 400n, oldestDueOn: null });
  });
});
