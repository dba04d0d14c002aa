import { csvMoney, toCsv } from './csv.ts';
import type { InvoiceDetail, InvoiceSummary } from './invoice-queries.server.ts';
import { currencyDigits } from './money.ts';
import { shortPercent } from './tax.ts';

/** One invoice, a row per line, for a spreadsheet. */
export function invoiceCsv(invoice: InvoiceDetail): string {
  const digits = currencyDigits(invoice.currency);
  const columns = [
    'invoice',
    'family',
    'date',
    'kind',
    'ref',
    'student',
    'description',
    'minutes',
    'net',
    'tax_percent',
    'currency',
    'late',
    'credited_by',
  ];
  const rows = invoice.lines.map((line) => ({
    invoice: invoice.numberText,
    family: invoice.clientName,
    date: line.localDate,
    kind: line.kind,
    ref: line.ref,
    student: line.studentName,
    description: line.description,
    minutes: line.minutes,
    net: csvMoney(line.net, digits),
    tax_percent: shortPercent(line.taxPercent),
    currency: invoice.currency,
    late: line.late ? 'yes' : '',
    credited_by: line.creditedBy ?? '',
  }));
  return toCsv(columns, rows, { spreadsheet: true });
}

/** A list of invoices, a row each, for a spreadsheet. */
export function invoicesCsv(invoices: readonly InvoiceSummary[]): string {
  const columns = ['invoice', 'family', 'from', 'to', 'issued', 'due', 'total', 'credited', 'paid', 'open', 'currency'];
  const rows = invoices.map((one) => {
    const digits = currencyDigits(one.currency);
    return {
      invoice: one.numberText,
      family: one.clientName,
      from: one.periodFrom,
      to: one.periodTo,
      issued: one.issuedOn,
      due: one.dueOn,
      total: csvMoney(one.total, digits),
      credited: csvMoney(one.credited, digits),
      paid: csvMoney(one.paid, digits),
      open: csvMoney(one.open, digits),
      currency: one.currency,
    };
  });
  return toCsv(columns, rows, { spreadsheet: true });
}
