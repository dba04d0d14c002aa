import { Document, Image, Link, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import { type ComponentProps, createElement as h, type ReactElement, type ReactNode } from 'react';
import type { Company } from './company.ts';
import { isRightToLeft } from './document-text.ts';
import { familiesOf, registerFonts, type Size } from './fonts.server.ts';

/** What documents are laid out with: a head, tables, sums and a foot. The same input gives the same bytes. */

const INK = '#1c1e21';
const QUIET = '#5c636a';

type Style = Exclude<ComponentProps<typeof View>['style'], undefined>;

const type = (fontSize: Size) => ({ fontSize, fontFamily: familiesOf(fontSize) });

const styles = StyleSheet.create({
  page: { ...type(10), padding: 48, paddingBottom: 64, color: INK },
  head: { flexDirection: 'row', justifyContent: 'space-between', marginBottom: 28 },
  title: { ...type(20), fontWeight: 600, marginBottom: 6 },
  heading: { ...type(12), fontWeight: 600, marginTop: 18, marginBottom: 4 },
  strong: { fontWeight: 600 },
  quiet: { color: QUIET },
  logo: { maxWidth: 180, maxHeight: 56, objectFit: 'contain', objectPositionX: 'right', marginBottom: 8 },
  row: { flexDirection: 'row', paddingVertical: 4, borderBottomWidth: 0.5, borderBottomColor: '#d5d9de' },
  headRow: { flexDirection: 'row', paddingVertical: 4, borderBottomWidth: 1, borderBottomColor: INK },
  sums: { marginTop: 12, marginLeft: 'auto', width: 280 },
  sum: { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: 2 },
  total: { borderTopWidth: 1, borderTopColor: INK, paddingVertical: 4, ...type(12), fontWeight: 600 },
  foot: {
    ...type(8),
    position: 'absolute',
    left: 48,
    right: 48,
    bottom: 32,
    flexDirection: 'row',
    justifyContent: 'space-between',
    color: QUIET,
  },
});

/** A text in its own direction, standing where its neighbours stand. */
export function text(content: string, style: Style = {}): ReactElement {
  const own = isRightToLeft(content) ? ([{ textAlign: 'left' }, style, { direction: 'rtl' }].flat() as Style) : style;
  return h(Text, { style: own }, content);
}

const linesOf = (words: string) => words.split('\n').filter((line) => line.trim() !== '');

const keyed = (elements: readonly ReactNode[], style: Style = {}) =>
  h(View, { style }, ...elements.map((element, index) => h(View, { key: index }, element)));

export interface Picture {
  content: Buffer;
  /** image/png or image/jpeg. */
  type: string;
}

export interface PaperHead {
  /** "Invoice INV-00001". */
  title: string;
  facts: readonly (readonly [string, string])[];
  company: Company;
  logo?: Picture | undefined;
  /** Whom it is for. */
  to: { name: string; address: string };
}

interface Paper extends PaperHead {
  /** YYYY-MM-DD, what the file says it was made on: the day of the document, not of the download. */
  madeOn: string;
  body: readonly ReactNode[];
}

/** The whole document as PDF: head, who it is for, the body, and the number of each page. */
export async function renderPaper(paper: Paper): Promise<Buffer> {
  await registerFonts();
  const { company, title } = paper;
  const made = new Date(`${paper.madeOn}T00:00:00Z`);
  const page = h(
    Page,
    { size: company.locale.endsWith('-US') ? 'LETTER' : 'A4', style: styles.page },
    head(paper),
    keyed([text(paper.to.name, styles.strong as Style), ...linesOf(paper.to.address).map((line) => text(line))], {
      marginBottom: 24,
    }),
    ...paper.body.map((part, index) => h(View, { key: index, wrap: true }, part)),
    h(
      View,
      { style: styles.foot, fixed: true },
      text(`${company.name}, ${title.charAt(0).toLowerCase()}${title.slice(1)}`),
      h(Text, {
        render: ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) => `${pageNumber} / ${totalPages}`,
      }),
    ),
  );
  const document = h(
    Document,
    { title, author: company.name, language: company.locale, creator: 'Lectern', creationDate: made, modificationDate: made },
    page,
  );
  return renderToBuffer(document as Parameters<typeof renderToBuffer>[0]);
}

function head({ title, facts, company, logo }: PaperHead): ReactElement {
  const about = [
    ...linesOf(company.address),
    ...(company.email ? [company.email] : []),
    ...(company.phone ? [company.phone] : []),
  ].map((line) => text(line));
  const tax = company.taxNumber ? [text(`Tax number ${company.taxNumber}`, styles.quiet as Style)] : [];
  return h(
    View,
    { style: styles.head },
    keyed([
      text(title, styles.title as Style),
      ...facts.map(([name, value]) => h(Text, null, h(Text, { style: styles.quiet }, `${name}  `), value)),
    ]),
    h(
      View,
      { style: { alignItems: 'flex-end' } },
      logo
        ? h(Image, { src: { data: logo.content, format: logo.type === 'image/png' ? 'png' : 'jpg' }, style: styles.logo })
        : null,
      keyed([text(company.name, styles.strong as Style), ...about, ...tax], { alignItems: 'flex-end' }),
    ),
  );
}

export interface PaperColumn<Row> {
  header: string;
  /** Points; left out: what the others leave. */
  width?: number;
  right?: boolean;
  cell: (row: Row) => string;
}

/** A table whose head is said again on each page; a row is never torn. */
export function table<Row>(columns: readonly PaperColumn<Row>[], rows: readonly Row[]): ReactElement {
  const styleOf = ({ width, right }: PaperColumn<Row>): Style => ({
    ...(width ? { width } : { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 8 }),
    ...(right ? { textAlign: 'right' } : {}),
  });
  return h(
    View,
    null,
    h(
      View,
      { style: styles.headRow, fixed: true },
      ...columns.map((column) =>
        h(
          View,
          { key: column.header, style: styleOf(column) },
          text(column.header, [styleOf(column), styles.strong].flat() as Style),
        ),
      ),
    ),
    ...rows.map((row, index) =>
      h(
        View,
        { key: index, style: styles.row, wrap: false },
        ...columns.map((column) =>
          h(
            View,
            { key: column.header, style: styleOf(column) },
            text(column.cell(row), column.right ? { textAlign: 'right' } : {}),
          ),
        ),
      ),
    ),
  );
}

/** Sums below a table, the last of them the total. */
export function sums(rows: readonly (readonly [string, string])[]): ReactElement {
  return h(
    View,
    { style: styles.sums, wrap: false },
    ...rows.map(([name, value], index) =>
      h(View, { key: name, style: index === rows.length - 1 ? [styles.sum, styles.total] : styles.sum }, text(name), text(value)),
    ),
  );
}

export const heading = (words: string): ReactElement => text(words, styles.heading as Style);

/** Words with their line breaks. */
export function paragraph(words: string, { quiet = false } = {}): ReactElement {
  return keyed(
    words.split('\n').map((line) => text(line === '' ? ' ' : line, (quiet ? styles.quiet : {}) as Style)),
    { marginTop: 4, marginBottom: 8 },
  );
}

/** A link, written out so that it can be typed from paper. */
export function link(label: string, url: string): ReactElement {
  return h(Text, { style: { marginTop: 8 } }, `${label}  `, h(Link, { src: url, style: { color: INK } }, url));
}
