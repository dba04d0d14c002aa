import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { invoiceCsv, invoicesCsv } from '#app/domain/billing/invoice-csv.ts';
import { renderCreditNote, renderInvoice } from '#app/domain/billing/invoice-documents.server.ts';
import { getInvoice, type InvoiceDetail, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
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
  const client = await aClient(db, { ref: 'C001', name: '=Łukasz Žižek', address: 'ul. Długa 5' });
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

/** The letters a PDF says it shows: the code points of its fonts' ToUnicode maps. */
function lettersOf(pdf: Buffer): string {
  const letters = new Set<string>();
  let at = 0;
  for (;;) {
    const start = pdf.indexOf('stream\n', at);
    if (start < 0) return [...letters].join('');
    const end = pdf.indexOf('endstream', start);
    at = end + 'endstream'.length;
    let text: string;
    try {
      text = inflateSync(pdf.subarray(start + 7, end)).toString('latin1');
    } catch {
      continue;
    }
    if (!text.includes('beginbfrange') && !text.includes('beginbfchar')) continue;
    for (const [, hex = ''] of text.matchAll(/<([0-9a-f]{4})>/gi)) letters.add(String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

describe('an invoice as a document', () => {
  it('is a PDF with a font of its own in it that writes Łukasz and Žižek', async () => {
    const pdf = await renderInvoice(invoice);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/\/FontName \/[A-Z]{6}\+SourceSans3/);
    expect(pdf.toString('latin1')).toContain('/FontFile2');
    for (const letter of 'ŁŽž€') expect(lettersOf(pdf)).toContain(letter);
  });

  it('its credit note is one too', async () => {
    const [line] = invoice.lines;
    await issueCreditNote(db, ctx, office, { invoiceId: invoice.id, lineIds: [line?.id ?? ''], reason: 'Zajęcia odwołane' });
    invoice = await getInvoice(db, invoice.id);
    const [note] = invoice.creditNotes;
    if (!note) throw new Error('no credit note');
    const pdf = await renderCreditNote(invoice, note);
    for (const letter of 'ęł') expect(lettersOf(pdf)).toContain(letter);
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
