import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { listIssued } from '#app/domain/billing/invoice-run-queries.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
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

beforeAll(async () => {
  organisation = await anOrganisation(db);
  ground = {
    organisation,
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
});

async function family(ref: string, email: string | null = `${ref}@example.test`) {
  const client = await aClient(db, { ref, email });
  const student = await aStudent(db, { clientId: client.id });
  const place = (date: string, over: { net?: bigint; taxPercent?: string; leftOut?: string; wall?: string } = {}) =>
    aSettledPlace(db, ground, { clientId: client.id, clientRef: ref, studentId: student.id, date, ...over });
  return { client, student, place };
}

const billedRefs = async (period: typeof march) =>
  (await listIssued(db, period)).flatMap((invoice) => invoice.lines.map((line) => line.ref));

async function balances() {
  const rows = await db.selectFrom('account').select(['code', 'balance']).where('balance', '<>', 0n).orderBy('code').execute();
  return Object.fromEntries(rows.map((row) => [row.code, row.balance]));
}

describe('an invoice run', () => {
  it('bills the local dates of its period and nothing after it', async () => {
    const one = await family('C001');
    const two = await family('C002', null);
    await one.place('2026-03-31', { net: 6833n, taxPercent: '20', wall: '23:30' });
    await one.place('2026-03-01', { net: 5750n, taxPercent: '20', wall: '00:00' });
    const april1 = await one.place('2026-04-01', { net: 1234n });
    const february = await one.place('2026-02-28', { net: 4321n });
    await two.place('2026-03-10', { net: 10_000n });
    await two.place('2026-03-11', { leftOut: 'unclosed' });
    const preview = await previewInvoiceRun(db, march, ctx.clock());
    expect(preview.totals).toEqual({ families: 2, lines: 3, net: 22_583n, tax: 2517n, total: 25_100n });
    expect(preview.leftOut.map((place) => place.reason)).toEqual(['unclosed']);
    expect(preview.exceptions.map((one) => one.code)).toEqual(['before_period', 'unclosed', 'no_email']);
    expect(preview.families.flatMap((f) => f.lines.map((line) => line.ref))).not.toContain(april1.ref);
    expect(preview.families.flatMap((f) => f.lines.map((line) => line.ref))).not.toContain(february.ref);
  });

  it('with two people confirming and issuing at once there is one run, and its numbers have no gap', async () => {
    const { hash } = await previewInvoiceRun(db, march, ctx.clock());
    const confirmed = await Promise.all([1, 2].map(() => confirmInvoiceRun(db, ctx, office, { ...march, hash })));
    expect(new Set(confirmed.map((one) => one.runId)).size).toBe(1);
    expect(confirmed.map((one) => one.fresh).sort()).toEqual([false, true]);
    const runId = confirmed[0]?.runId ?? '';
    const counts = await Promise.all([1, 2].map(() => issueInvoiceRun(db, ctx, { runId, batchSize: 1 })));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    const numbers = await db.selectFrom('invoice').select(['number', 'numberText', 'total']).orderBy('number').execute();
    expect(numbers).toEqual([
      { number: 1n, numberText: 'INV-00001', total: 15_100n },
      { number: 2n, numberText: 'INV-00002', total: 10_000n },
    ]);
  });

  it('moves what was unbilled to what the family owes, with the tax beside it', async () => {
    expect(await balances()).toMatchObject({
      'assets:receivable:C001': 15_100n,
      'assets:receivable:C002': 10_000n,
      'assets:unbilled:C001': 1234n + 4321n,
      'liabilities:tax': -2517n,
    });
    const { rows } = await sql<{ sum: bigint }>`SELECT sum(amount)::bigint AS sum FROM ledger_entry`.execute(db);
    expect(rows[0]?.sum).toBe(0n);
  });

  it('mails each family that has an address its invoice, once', async () => {
    const mails = await db.selectFrom('mailMessage').select(['toAddress', 'template']).execute();
    expect(mails).toEqual([{ toAddress: 'C001@example.test', template: 'invoice' }]);
  });

  it('run again, the period is closed and bills nothing twice', async () => {
    const again = await previewInvoiceRun(db, march, ctx.clock());
    expect(again.closed).toBe(true);
    expect(again.families).toEqual([]);
    await expect(confirmInvoiceRun(db, ctx, office, { ...march, hash: again.hash })).rejects.toThrow('nothing to bill');
  });

  it('what is settled after its period was billed goes onto the next run, marked late, never into the closed period', async () => {
    const three = await family('C003');
    const late = await three.place('2026-03-20');
    const due = await three.place('2026-04-05');
    expect((await previewInvoiceRun(db, march, ctx.clock())).families).toEqual([]);
    expect((await previewInvoiceRun(db, march, ctx.clock())).leftOut).toContainEqual(
      expect.objectContaining({ sessionRef: late.ref, reason: 'late' }),
    );
    const preview = await previewInvoiceRun(db, april, new Date('2026-05-01T09:00:00Z'));
    const lines = preview.families.find((f) => f.clientRef === 'C003')?.lines.map((line) => [line.ref, line.late]);
    expect(lines).toEqual([
      [late.ref, true],
      [due.ref, false],
    ]);
  });

  it('refuses to issue when anything changed since the preview, says what, and does nothing', async () => {
    const preview = await previewInvoiceRun(db, april, ctx.clock());
    const four = await family('C004');
    await four.place('2026-04-07', { net: 999n });
    const refused = await confirmInvoiceRun(db, ctx, office, { ...april, hash: preview.hash, seen: preview.seen }).catch(
      (error: unknown) => error,
    );
    expect(isDomainError(refused, 'preview_changed') && refused.details).toEqual({
      changes: [`${four.client.name}: new, 9.99 (1 line).`],
    });
    expect(await db.selectFrom('invoiceRun').selectAll().where('periodFrom', '=', april.from).execute()).toEqual([]);
  });

  it('interrupted after some batches, the same call finishes it: everything once, no number lost', async () => {
    const { hash } = await previewInvoiceRun(db, april, ctx.clock());
    const { runId } = await confirmInvoiceRun(db, ctx, office, { ...april, hash });
    const crash = issueInvoiceRun(db, ctx, {
      runId,
      batchSize: 1,
      onBatch: () => {
        throw new Error('the machine went away');
      },
    });
    await expect(crash).rejects.toThrow('went away');
    expect(await db.selectFrom('invoiceRun').select('status').where('id', '=', runId).executeTakeFirst()).toEqual({
      status: 'issuing',
    });
    const rest = await issueInvoiceRun(db, ctx, { runId });
    const invoices = await db.selectFrom('invoice').select('number').where('runId', '=', runId).orderBy('number').execute();
    expect(invoices.length).toBe(rest + 1);
    expect(invoices.map((invoice) => invoice.number)).toEqual(invoices.map((_, index) => BigInt(index) + 3n));
    expect(await issueInvoiceRun(db, ctx, { runId })).toBe(0);
    const lines = await billedRefs(april);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('an issued invoice and its lines never change, in the database too', async () => {
    await expect(sql`UPDATE invoice SET client_name = 'Somebody else'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`DELETE FROM invoice_line`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`UPDATE charge SET net = net + 1 WHERE run_id IS NOT NULL`.execute(db)).rejects.toThrow('on an invoice run');
    const before = await db.selectFrom('invoice').select('clientName').where('clientRef', '=', 'C001').executeTakeFirstOrThrow();
    await db.updateTable('client').set({ name: 'Married Name' }).where('ref', '=', 'C001').execute();
    expect(await db.selectFrom('invoice').select('clientName').where('clientRef', '=', 'C001').executeTakeFirst()).toEqual(
      before,
    );
  });
});

it('days that are none are refused at their field', async () => {
  const wrong = { from: 'soon', to: '2026-04-01', hash: 'x' };
  await expect(confirmInvoiceRun(db, ctx, office, wrong)).rejects.toMatchObject({ code: 'invalid_value', field: 'from' });
});
