import { createRequire } from 'node:module';
import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import { type ComponentProps, createElement as h, type ReactElement, type ReactNode } from 'react';
import type { Company, CreditNoteView, InvoiceDetail } from './invoice-queries.server.ts';
import { currencyDigits, formatDecimal } from './money.ts';
import { shortPercent } from './tax.ts';

// The fonts that PDF brings along know no ł or ž and would print another letter: one with all of Europe is embedded.
const require = createRequire(import.meta.url);
const fontFile = (name: string) => require.resolve(`@expo-google-fonts/source-sans-3/${name}`);
let registered = false;
function registerFonts(): void {
  if (registered) return;
  Font.register({
    family: 'Source Sans 3',
    fonts: [
      { src: fontFile('400Regular/SourceSans3_400Regular.ttf'), fontWeight: 400 },
      { src: fontFile('600SemiBold/SourceSans3_600SemiBold.ttf'), fontWeight: 600 },
    ],
  });
  // Names are never broken at a place somebody guessed.
  Font.registerHyphenationCallback((word) => [word]);
  registered = true;
}

const styles = StyleSheet.create({
  page: { fontFamily: 'Source Sans 3', fontSize: 10, padding: 48, paddingBottom: 64, color: '#1c1e21' },
  head: { flexDirection: 'row', justifyContent: 'space-between', marginBottom: 28 },
  title: { fontSize: 20, fontWeight: 600, marginBottom: 6 },
  strong: { fontWeight: 600 },
  quiet: { color: '#5c636a' },
  to: { marginBottom: 24 },
  row: { flexDirection: 'row', paddingVertical: 4, borderBottomWidth: 0.5, borderBottomColor: '#d5d9de' },
  headRow: { flexDirection: 'row', paddingVertical: 4, borderBottomWidth: 1, borderBottomColor: '#1c1e21' },
  day: { width: 68 },
  what: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 8 },
  minutes: { width: 44, textAlign: 'right' },
  tax: { width: 52, textAlign: 'right' },
  amount: { width: 84, textAlign: 'right' },
  sums: { marginTop: 12, marginLeft: 'auto', width: 260 },
  sum: { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: 2 },
  total: {
    flexDirection: 'row',
    justifyContent: 'space-between',
    paddingVertical: 4,
    borderTopWidth: 1,
    borderTopColor: '#1c1e21',
    fontWeight: 600,
    fontSize: 12,
  },
  foot: {
    position: 'absolute',
    left: 48,
    right: 48,
    bottom: 32,
    flexDirection: 'row',
    justifyContent: 'space-between',
    fontSize: 8,
    color: '#5c636a',
  },
});

interface DocumentLine {
  localDate: string;
  description: string;
  minutes: number | null;
  taxPercent: string;
  net: bigint;
  late: boolean;
}

interface Paper {
  kind: 'Invoice' | 'Credit note';
  number: string;
  facts: [string, string][];
  company: Company;
  clientName: string;
  clientAddress: string;
  currency: string;
  note: string;
  lines: DocumentLine[];
  net: bigint;
  taxes: { label: string; tax: bigint }[];
  total: bigint;
}

type Style = ComponentProps<typeof View>['style'];

const text = (style: Style | null, ...children: ReactNode[]) => h(Text, style ? { style } : null, ...children);

function draw(paper: Paper): ReactElement {
  const { company, currency } = paper;
  const money = (amount: bigint) => moneyText(amount, currency, company.locale);
  const day = (date: string) => dayText(date, company.locale);
  const addressLines = (address: string) => address.split('\n').filter((line) => line.trim() !== '');
  return h(
    Document,
    { title: `${paper.kind} ${paper.number}`, author: company.name, language: company.locale },
    h(
      Page,
      { size: company.locale.endsWith('-US') ? 'LETTER' : 'A4', style: styles.page },
      h(
        View,
        { style: styles.head },
        h(
          View,
          null,
          text(styles.title, `${paper.kind} ${paper.number}`),
          ...paper.facts.map(([name, value]) => h(Text, { key: name }, h(Text, { style: styles.quiet }, `${name}  `), value)),
        ),
        h(
          View,
          { style: { textAlign: 'right' } },
          text(styles.strong, company.name),
          ...addressLines(company.address).map((line, index) => h(Text, { key: index }, line)),
          company.email ? text(null, company.email) : null,
          company.phone ? text(null, company.phone) : null,
          company.taxNumber ? text(styles.quiet, `Tax number ${company.taxNumber}`) : null,
        ),
      ),
      h(
        View,
        { style: styles.to },
        text(styles.strong, paper.clientName),
        ...addressLines(paper.clientAddress).map((line, index) => h(Text, { key: index }, line)),
      ),
      paper.note ? h(View, { style: { marginBottom: 12 } }, text(null, paper.note)) : null,
      h(
        View,
        { style: styles.headRow, fixed: true },
        text([styles.day, styles.strong], 'Day'),
        text([styles.what, styles.strong], 'For'),
        text([styles.minutes, styles.strong], 'Minutes'),
        text([styles.tax, styles.strong], 'Tax'),
        text([styles.amount, styles.strong], 'Net'),
      ),
      ...paper.lines.map((line, index) =>
        h(
          View,
          { key: index, style: styles.row, wrap: false },
          text(styles.day, day(line.localDate)),
          text(styles.what, line.late ? `${line.description} (late)` : line.description),
          text(styles.minutes, line.minutes === null ? '' : String(line.minutes)),
          text(styles.tax, `${shortPercent(line.taxPercent)}%`),
          text(styles.amount, money(line.net)),
        ),
      ),
      h(
        View,
        { style: styles.sums, wrap: false },
        sum(styles.sum, 'Net', money(paper.net)),
        ...paper.taxes.map((tax) => h(View, { key: tax.label }, sum(styles.sum, tax.label, money(tax.tax)))),
        sum(styles.total, 'Total', money(paper.total)),
      ),
      h(
        View,
        { style: styles.foot, fixed: true },
        text(null, `${company.name}, ${paper.kind.toLowerCase()} ${paper.number}`),
        h(Text, {
          render: ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) => `${pageNumber} / ${totalPages}`,
        }),
      ),
    ),
  );
}

const sum = (style: NonNullable<Style>, name: string, value: string) =>
  h(View, { style }, h(Text, null, name), h(Text, null, value));

/** Exact to the last digit: the amount is formatted from its decimal text, never as a float. */
function moneyText(amount: bigint, currency: string, locale: string): string {
  const digits = currencyDigits(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(usable(locale), { style: 'currency', currency, ...decimals });
  return format.format(formatDecimal(amount, digits) as Intl.StringNumericLiteral).replaceAll(/[\u202f\u00a0]/g, ' ');
}

function dayText(date: string, locale: string): string {
  return new Intl.DateTimeFormat(usable(locale), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

const usable = (locale: string) => Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en';

const taxLabel = (percent: string, net: string) => `Tax ${shortPercent(percent)}% of ${net}`;

/** The invoice as it was issued: name, address and company of that day. */
export async function renderInvoice(invoice: InvoiceDetail): Promise<Buffer> {
  registerFonts();
  const { company, currency } = invoice;
  const lastDay = new Date(`${invoice.periodTo}T00:00:00Z`);
  lastDay.setUTCDate(lastDay.getUTCDate() - 1);
  return renderToBuffer(
    draw({
      kind: 'Invoice',
      number: invoice.numberText,
      facts: [
        ['Issued', dayText(invoice.issuedOn, company.locale)],
        ['Due', dayText(invoice.dueOn, company.locale)],
        [
          'For',
          `${dayText(invoice.periodFrom, company.locale)} – ${dayText(lastDay.toISOString().slice(0, 10), company.locale)}`,
        ],
      ],
      company,
      clientName: invoice.clientName,
      clientAddress: invoice.clientAddress,
      currency,
      note: '',
      lines: invoice.lines,
      net: invoice.net,
      taxes: invoice.taxes
        .filter((one) => one.tax !== 0n)
        .map((one) => ({ label: taxLabel(one.taxPercent, moneyText(one.net, currency, company.locale)), tax: one.tax })),
      total: invoice.total,
    }) as Parameters<typeof renderToBuffer>[0],
  );
}

export async function renderCreditNote(invoice: InvoiceDetail, note: CreditNoteView): Promise<Buffer> {
  registerFonts();
  const { company } = invoice;
  return renderToBuffer(
    draw({
      kind: 'Credit note',
      number: note.numberText,
      facts: [
        ['Issued', dayText(note.issuedOn, company.locale)],
        ['For invoice', `${invoice.numberText} of ${dayText(invoice.issuedOn, company.locale)}`],
      ],
      company,
      clientName: invoice.clientName,
      clientAddress: invoice.clientAddress,
      currency: invoice.currency,
      note: note.reason,
      lines: invoice.lines.filter((line) => note.lineIds.includes(line.id)).map((line) => ({ ...line, net: -line.net })),
      net: note.net,
      taxes: note.tax === 0n ? [] : [{ label: 'Tax', tax: note.tax }],
      total: note.total,
    }) as Parameters<typeof renderToBuffer>[0],
  );
}
