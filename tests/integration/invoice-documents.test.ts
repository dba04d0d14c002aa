import { beforeAll, describe, expect, it } from 'vitest';
import { moneyText } from '#app/domain/billing/documents/document-text.ts';
import { invoiceIdOfToken, payLinkOf, payToken } from '#app/domain/billing/documents/pay-link.server.ts';
import { invoiceCsv, invoicesCsv } from '#app/domain/billing/invoice-csv.ts';
import { renderCreditNote, renderInvoice } from '#app/domain/billing/invoice-documents.server.ts';
import { getInvoice, type InvoiceDetail, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { loader as linkedPage } from '#app/routes/pay.$token/route.tsx';
import { loader as linkedPdf } from '#app/routes/pay.$token[.]pdf/route.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
import { hasChecker, pdfText, readBy } from '#tests/setup/checkers.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
let invoice: InvoiceDetail;

beforeAll(async () => {
  const organisation = await anOrganisation(db, { address: 'Quay 1\nDublin', taxNumber: 'IE123' });
  const ground = {
    organisation,
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  const client = await aClient(db, { ref: 'C001', name: '=Łukasz Žižek', address: '小林町 5\nمريم الهاشمي' });
  await saveMoneySettings(db, office, { terms: 'Pay within two weeks.', payment_instructions: 'IBAN IE00 1234' });
  await db.insertInto('taxRate').values({ name: 'VAT 20 %', percent: '20' }).execute();
  const student = await aStudent(db, { clientId: client.id });
  for (const date of ['2026-03-02', '2026-03-03']) {
    await aSettledPlace(db, ground, {
      clientId: client.id,
      clientRef: 'C001',
      studentId: student.id,
      date,
      net: 6833n,
      taxPercent: '20',
    });
  }
  await runInvoices(db, ctx, office, { from: '2026-03-01', to: '2026-04-01' });
  invoice = await getInvoice(db, (await listInvoices(db))[0]?.id ?? '');
});

describe('an invoice as a document', () => {
  it('is a PDF with fonts of its own in it that write Łukasz, 小林 and مريم', async (test) => {
    const pdf = await renderInvoice(db, ctx.config, invoice);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    for (const font of ['SourceSans3', 'NotoSansJP', 'NotoNaskhArabic'])
      expect(pdf.toString('latin1')).toMatch(new RegExp(`/FontName /[A-Z]{6}\\+${font}`));
    expect(pdf.toString('latin1')).toContain('/FontFile2');
    if (!(await hasChecker('pdftotext', test))) return;
    const text = await pdfText(pdf);
    for (const words of ['Łukasz Žižek', '小林', 'مريم']) expect(text).toContain(words);
  });

  it('says the totals of the database, by the name that its tax has', async (test) => {
    if (!(await hasChecker('pdftotext', test))) return;
    const text = await pdfText(await renderInvoice(db, ctx.config, invoice));
    for (const line of invoice.lines) expect(text).toContain(moneyText(line.net, 'EUR', 'en-IE'));
    expect(text).toContain(`VAT 20 % of ${moneyText(invoice.net, 'EUR', 'en-IE')} ${moneyText(invoice.tax, 'EUR', 'en-IE')}`);
    expect(text).toContain(`Total ${moneyText(invoice.total, 'EUR', 'en-IE')}`);
    expect(text).toContain('Pay within two weeks.');
    expect(text).toContain('IBAN IE00 1234');
  });

  it('stands without a fault before qpdf', async (test) => {
    if (!(await hasChecker('qpdf', test))) return;
    expect(await readBy('qpdf', await renderInvoice(db, ctx.config, invoice), (file) => ['--check', file])).toContain(
      'No syntax or stream encoding errors found',
    );
  });

  it('is the same to the byte whatever is changed later', async () => {
    const before = await renderInvoice(db, ctx.config, invoice);
    await db.updateTable('organisation').set({ name: 'Another', address: 'Elsewhere', locale: 'fr', logoSha256: null }).execute();
    await saveMoneySettings(db, office, { terms: 'Pay at once.', payment_instructions: 'In gold.' });
    await db.updateTable('taxRate').set({ name: 'Moms' }).execute();
    await db.updateTable('client').set({ name: 'Somebody', address: '' }).execute();
    ctx.setNow('2027-01-01T00:00:00Z');
    const after = await renderInvoice(db, ctx.config, await getInvoice(db, invoice.id));
    expect(after.equals(before)).toBe(true);
    ctx.setNow('2026-04-02T09:00:00Z');
  });

  it('links to its page by a code that nobody can guess, and that another key still opens', () => {
    const token = payToken(ctx.config, invoice.id);
    expect(payLinkOf(ctx.config, invoice.company, invoice.id)).toBe(`${ctx.config.origin}/pay/${token}`);
    expect(invoiceIdOfToken(ctx.config, token)).toBe(invoice.id);
    const rotated = { keyRing: [{ id: 'new', key: Buffer.alloc(32, 7) }, ...ctx.config.keyRing] };
    expect(invoiceIdOfToken(rotated, token)).toBe(invoice.id);
    expect(payLinkOf(rotated, invoice.company, invoice.id)).toBe(payLinkOf(ctx.config, invoice.company, invoice.id));
    for (const wrong of ['', 'x', token.slice(0, -2), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`])
      expect(invoiceIdOfToken(ctx.config, wrong)).toBeUndefined();
    expect(invoiceIdOfToken({ keyRing: [{ id: 'other', key: Buffer.alloc(32, 9) }] }, token)).toBeUndefined();
  });

  it('is seen by whoever holds its link, and by nobody with another', async () => {
    const at = (token: string) =>
      ({
        request: new Request(`http://lectern.test/pay/${token}`),
        params: { token },
        context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' },
      }) as never;
    const token = payToken(ctx.config, invoice.id);
    expect(await linkedPage(at(token))).toMatchObject({ invoice: { numberText: 'INV-00001', total: invoice.total } });
    expect((await linkedPdf(at(token))).headers.get('Content-Type')).toBe('application/pdf');
    const other = payToken({ keyRing: [{ id: 'x', key: Buffer.alloc(32, 1) }] }, invoice.id);
    await expect(linkedPage(at(other))).rejects.toMatchObject({ status: 404 });
  });

  it('its credit note is one too, with the company of its own day', async (test) => {
    const [line] = invoice.lines;
    await issueCreditNote(db, ctx, office, { invoiceId: invoice.id, lineIds: [line?.id ?? ''], reason: 'Zajęcia odwołane' });
    invoice = await getInvoice(db, invoice.id);
    const [note] = invoice.creditNotes;
    if (!note) throw new Error('no credit note');
    const pdf = await renderCreditNote(db, invoice, note);
    if (!(await hasChecker('pdftotext', test))) return;
    const text = await pdfText(pdf);
    for (const words of ['Zajęcia odwołane', 'Another', moneyText(note.total, 'EUR', 'fr')]) expect(text).toContain(words);
  });

  it('as CSV it has a row per line, amounts as plain numbers, and no cell that starts a formula', () => {
    const [head, first] = invoiceCsv(invoice).split('\n');
    expect(head).toBe('invoice,family,date,kind,ref,student,description,minutes,net,tax_percent,currency,late,credited_by');
    expect(first).toMatch(
      /^INV-00001,'=Łukasz Žižek,2026-03-02,session,ses-\d+,Sam Student \d+,"Mathematics, 60 min",60,68\.33,20,EUR,,CN-00001$/,
    );
  });

  it('the list of invoices as CSV says what is still open', async () => {
    const [, row] = invoicesCsv(await listInvoices(db)).split('\n');
    expect(row).toBe("INV-00001,'=Łukasz Žižek,2026-03-01,2026-04-01,2026-04-02,2026-04-16,163.99,-81.99,0.00,82.00,EUR");
  });
});
