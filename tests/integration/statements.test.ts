import { beforeAll, describe, expect, it } from 'vitest';
import { moneyText } from '#app/domain/billing/documents/document-text.ts';
import { renderProForma } from '#app/domain/billing/documents/pro-forma-document.server.ts';
import { renderStatement } from '#app/domain/billing/documents/statement-document.server.ts';
import { getInvoice, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { findClientBalance } from '#app/domain/billing/payment-queries.server.ts';
import { getProForma } from '#app/domain/billing/pro-forma-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { sendProForma } from '#app/domain/billing/send-pro-forma.server.ts';
import { sendStatements } from '#app/domain/billing/send-statements.server.ts';
import { getStatement } from '#app/domain/billing/statement-queries.server.ts';
import { attachmentsOf } from '#app/domain/messages/mail-attachments.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
import { hasChecker, pdfText } from '#tests/setup/checkers.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const april = { from: '2026-04-01', to: '2026-05-01' };
let clientId: string;
let studentId: string;
let ground: Parameters<typeof aSettledPlace>[1];

beforeAll(async () => {
  const organisation = await anOrganisation(db);
  const subject = await aSubject(db);
  ground = {
    organisation,
    tutorId: (await aTutor(db, { subjectIds: [subject.id] })).id,
    programId: (await aProgram(db, { taxPercent: '20' })).id,
    subjectId: subject.id,
    policyVersionId: await aPolicyVersion(db),
  };
  const client = await aClient(db, { ref: 'C001', name: 'Łucja Žižek', email: 'lucja@example.test' });
  clientId = client.id;
  studentId = (await aStudent(db, { clientId })).id;
  for (const [date, net] of [
    ['2026-03-02', 10_000n],
    ['2026-03-03', 5000n],
  ] as const)
    await aSettledPlace(db, ground, { clientId, clientRef: 'C001', studentId, date, net, taxPercent: '20' });
  await runInvoices(db, ctx, office, { from: '2026-03-01', to: '2026-04-01', quiet: true });
  const invoice = await getInvoice(db, (await listInvoices(db))[0]?.id ?? '');
  await recordPayment(db, ctx, office, {
    clientId,
    amount: 7000n,
    receivedOn: '2026-04-02',
    method: 'transfer',
    reference: 'March',
  });
  ctx.setNow('2026-05-04T09:00:00Z');
  await issueCreditNote(db, ctx, office, { invoiceId: invoice.id, lineIds: [invoice.lines[1]?.id ?? ''], reason: 'Ill' });
});

describe('a statement', () => {
  it('goes from what was owed before, by each document and payment, to what is owed then', async () => {
    const statement = await getStatement(db, clientId, april);
    expect(statement.rows.map(({ what, amount, balance }) => [what, amount, balance])).toEqual([
      ['Invoice INV-00001', 18_000n, 18_000n],
      ['Payment by bank transfer, March', -7000n, 11_000n],
    ]);
    expect(statement).toMatchObject({ opening: 0n, closing: 11_000n });
    const may = await getStatement(db, clientId, { from: '2026-05-01', to: '2026-06-01' });
    expect(may).toMatchObject({ opening: 11_000n, closing: 5000n, rows: [{ amount: -6000n }] });
    expect(may.closing).toBe((await findClientBalance(db, clientId))?.owed);
  });

  it('as a PDF says what the database says', async (test) => {
    if (!(await hasChecker('pdftotext', test))) return;
    const statement = await getStatement(db, clientId, april);
    const text = await pdfText(await renderStatement(db, ctx, statement));
    for (const row of statement.rows) expect(text).toContain(`${row.what}`);
    expect(text).toContain(`To be paid on 30 Apr 2026 ${moneyText(statement.closing, 'EUR', 'en-IE')}`);
  });

  it('is mailed with its PDF, once a day; who has no address is named, and nobody without a movement is written to', async () => {
    await aClient(db, { name: 'Quiet' });
    const silent = await aClient(db, { ref: 'C009', name: 'Silent', email: null });
    await recordPayment(db, ctx, office, { clientId: silent.id, amount: 100n, receivedOn: '2026-04-20', method: 'cash' });
    expect(await sendStatements(db, ctx, office, april)).toEqual({ sent: 1, silent: ['Silent'] });
    expect(await sendStatements(db, ctx, office, april)).toEqual({ sent: 0, silent: ['Silent'] });
    const mails = await db.selectFrom('mailMessage').selectAll().where('template', '=', 'statement').execute();
    expect(mails).toMatchObject([{ toAddress: 'lucja@example.test', data: { closing: '11000' } }]);
    const [file] = await attachmentsOf(db, ctx, mails[0] as never);
    expect(file).toMatchObject({ filename: 'Statement 2026-04-01.pdf', contentType: 'application/pdf' });
  });
});

describe('a pro forma', () => {
  it('says what planned lessons will cost, with tax, and which of them no rate has a price for', async (test) => {
    ctx.setNow('2026-05-04T09:00:00Z');
    await aRate(db, { amountPerHour: 6000n, validFrom: '2026-06-01', validTo: '2026-06-10' });
    const lesson = (wallStart: string) =>
      bookSession(db, ctx, office, {
        ...{ tutorId: ground.tutorId, studentIds: [studentId], programId: ground.programId, subjectId: ground.subjectId },
        ...{ wallStart, durationMinutes: 45, mode: 'in_person' as const, location: 'Library', billable: true },
      });
    await lesson('2026-06-02T10:00');
    await lesson('2026-06-03T10:00');
    await lesson('2026-06-20T10:00');
    const june = { from: '2026-06-01', to: '2026-07-01' };
    const proForma = await getProForma(db, ctx, clientId, june);
    expect(proForma).toMatchObject({ net: 9000n, tax: 1800n, total: 10_800n });
    expect(proForma.withoutPrice).toMatchObject([{ localDate: '2026-06-20' }]);
    await sendProForma(db, ctx, office, { ...june, clientId });
    await sendProForma(db, ctx, office, { ...june, clientId });
    expect(await db.selectFrom('mailMessage').selectAll().where('template', '=', 'pro-forma').execute()).toHaveLength(1);
    // Nothing is posted, and no number taken.
    expect(await listInvoices(db)).toHaveLength(1);
    if (!(await hasChecker('pdftotext', test))) return;
    expect(await pdfText(await renderProForma(db, ctx, proForma))).toContain(`Total ${moneyText(10_800n, 'EUR', 'en-IE')}`);
  });
});
