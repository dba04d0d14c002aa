import type { Kysely } from 'kysely';
import type { ReactNode } from 'react';
import type { Config } from '#config/env.ts';
import type { DB } from '#db/types.ts';
import { findPicture } from './documents/company.server.ts';
import { type Company, taxName } from './documents/company.ts';
import { dayText, moneyText, spanText } from './documents/document-text.ts';
import { heading, link, type PaperColumn, paragraph, renderPaper, sums, table } from './documents/paper.server.ts';
import { payLinkOf } from './documents/pay-link.server.ts';
import type { CreditNoteView, InvoiceDetail } from './invoice-queries.server.ts';
import { shortPercent } from './tax.ts';

type Keys = Pick<Config, 'keyRing'>;

export interface PrintedLine {
  localDate: string;
  description: string;
  minutes: number | null;
  taxPercent: string;
  net: bigint;
  late?: boolean;
}

/** The lines of a bill as a table. */
export function billTable(lines: readonly PrintedLine[], currency: string, locale: string): ReactNode {
  const columns: PaperColumn<PrintedLine>[] = [
    { header: 'Day', width: 76, cell: (line) => dayText(line.localDate, locale) },
    { header: 'For', cell: (line) => (line.late ? `${line.description} (late)` : line.description) },
    { header: 'Minutes', width: 48, right: true, cell: (line) => (line.minutes === null ? '' : String(line.minutes)) },
    { header: 'Tax', width: 52, right: true, cell: (line) => `${shortPercent(line.taxPercent)}%` },
    { header: 'Net', width: 88, right: true, cell: (line) => moneyText(line.net, currency, locale) },
  ];
  return table(columns, lines);
}

export interface PrintedTotals {
  net: bigint;
  taxes: readonly { taxPercent: string; net: bigint; tax: bigint }[];
  total: bigint;
}

/** Net, each tax by its name, total. A tax of nothing is said only where it has a name. */
export function billSums(totals: PrintedTotals, company: Company, currency: string): ReactNode {
  const money = (amount: bigint) => moneyText(amount, currency, company.locale);
  return sums([
    ['Net', money(totals.net)],
    ...totals.taxes.flatMap(({ taxPercent, net, tax }): [string, string][] => {
      const percent = shortPercent(taxPercent);
      const named = company.taxNames?.[percent] !== undefined;
      return tax !== 0n || named ? [[`${taxName(company, percent)} of ${money(net)}`, money(tax)]] : [];
    }),
    ['Total', money(totals.total)],
  ]);
}

/** What stands below the total: how to pay, where to see it, the terms. */
export function closingWords(company: Company, payLink?: string): ReactNode[] {
  return [
    ...(company.paymentInstructions ? [heading('How to pay'), paragraph(company.paymentInstructions)] : []),
    ...(payLink ? [link('See it online, and pay', payLink)] : []),
    ...(company.terms ? [heading('Terms'), paragraph(company.terms, { quiet: true })] : []),
  ];
}

/** The invoice as it was issued: name, address, logo and words of that day, whatever has changed since. */
export async function renderInvoice(db: Kysely<DB>, config: Keys, invoice: InvoiceDetail): Promise<Buffer> {
  const { company, currency } = invoice;
  const { locale } = company;
  const payLink = payLinkOf(config, company, invoice.id);
  return renderPaper({
    title: `Invoice ${invoice.numberText}`,
    madeOn: invoice.issuedOn,
    facts: [
      ['Issued', dayText(invoice.issuedOn, locale)],
      ['Due', dayText(invoice.dueOn, locale)],
      ['For', spanText(invoice.periodFrom, invoice.periodTo, locale)],
    ],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: invoice.clientName, address: invoice.clientAddress },
    body: [billTable(invoice.lines, currency, locale), billSums(invoice, company, currency), ...closingWords(company, payLink)],
  });
}

export async function renderCreditNote(db: Kysely<DB>, invoice: InvoiceDetail, note: CreditNoteView): Promise<Buffer> {
  const company = note.company ?? invoice.company;
  const { locale } = company;
  const lines = note.lines.flatMap((taken) => {
    const line = invoice.lines.find((one) => one.id === taken.lineId);
    return line ? [{ ...line, net: taken.net, minutes: taken.net === -line.net ? line.minutes : null }] : [];
  });
  const taxes = note.tax === 0n ? [] : ([['Tax', moneyText(note.tax, invoice.currency, locale)]] as const);
  return renderPaper({
    title: `Credit note ${note.numberText}`,
    madeOn: note.issuedOn,
    facts: [
      ['Issued', dayText(note.issuedOn, locale)],
      ['For invoice', `${invoice.numberText} of ${dayText(invoice.issuedOn, locale)}`],
    ],
    company,
    logo: await findPicture(db, company.logo),
    to: { name: invoice.clientName, address: invoice.clientAddress },
    body: [
      paragraph(note.reason),
      billTable(lines, invoice.currency, locale),
      sums([
        ['Net', moneyText(note.net, invoice.currency, locale)],
        ...taxes,
        ['Total', moneyText(note.total, invoice.currency, locale)],
      ]),
    ],
  });
}
