import { definePlugin, type PayrollExport, type PayrollRun, z } from '#plugins/contract/index.ts';
import { type Cell, columnsOf, type RowOf, readColumns, USUAL } from './columns.ts';

const separators = { comma: ',', semicolon: ';', tab: '\t' } as const;

const config = z
  .object({
    rows: z
      .enum(['line', 'tutor'])
      .default('line')
      .meta({
        title: 'A row for each',
        options: { line: 'Line: every session, mileage and adjustment', tutor: 'Tutor: the sums of the run' },
      }),
    columns: z
      .string()
      .trim()
      .max(2000, 'Keep it under 2,000 characters')
      .default('')
      .meta({
        title: 'Columns, in their order',
        description: `Names with commas between; a heading of your own before an equals sign, such as Employee=tutor. Empty: the usual ones. Of every row: ${Object.keys(columnsOf('tutor')).slice(0, 10).join(', ')}. Of a line: ${names('line')}. Of a tutor: ${names('tutor')}.`,
      }),
    separator: z
      .enum(['comma', 'semicolon', 'tab'])
      .default('comma')
      .meta({ title: 'Between columns', options: { comma: 'Comma', semicolon: 'Semicolon', tab: 'Tab' } }),
    decimal: z
      .enum(['point', 'comma'])
      .default('point')
      .meta({ title: 'Amounts are written', options: { point: '1234.50', comma: '1234,50' } }),
  })
  .check((ctx) => {
    const known = columnsOf(ctx.value.rows);
    for (const { name, heading } of readColumns(ctx.value.columns)) {
      if (Object.hasOwn(known, name) && heading !== '') continue;
      const message =
        heading === '' ? `Write a heading before =${name}` : `There is no column “${name}” for a row of a ${ctx.value.rows}`;
      ctx.issues.push({ code: 'custom', path: ['columns'], message, input: ctx.value.columns });
    }
  });

function names(rows: 'line' | 'tutor'): string {
  return Object.keys(columnsOf(rows)).slice(10).join(', ');
}

export const plugin = definePlugin({
  kind: 'payroll',
  id: 'payroll-csv',
  apiVersion: 1,
  version: '1.0.0',
  name: 'CSV file',
  description:
    'Writes a pay run as a CSV file for the payroll or its spreadsheet, with the columns you choose, a row for each line or for each tutor. Nothing is sent anywhere, and it needs nothing.',
  config,
  configVersion: 1,
  capabilities: {},
  hosts: [],
  create: ({ rows, columns, separator, decimal }): PayrollExport => ({
    export(run) {
      const chosen = readColumns(columns === '' ? USUAL[rows] : columns);
      const cells = columnsOf(rows);
      const between = separators[separator];
      const write = (cell: Cell) => quoted(textOf(cell, run.digits, decimal === 'comma' ? ',' : '.'), between);
      const body = rowsOf(run, rows).map((row) => chosen.map(({ name }) => write(cells[name]?.(row) ?? { text: '' })));
      const head = chosen.map(({ heading }) => write({ text: heading }));
      return {
        name: `pay-${run.from}-to-${run.to}.csv`,
        contentType: 'text/csv; charset=utf-8',
        content: [head, ...body].map((row) => `${row.join(between)}\n`).join(''),
      };
    },
  }),
});

function rowsOf(run: PayrollRun, rows: 'line' | 'tutor'): RowOf[] {
  return run.tutors.flatMap((tutor): RowOf[] =>
    rows === 'tutor' ? [{ run, tutor, line: undefined }] : tutor.lines.map((line) => ({ run, tutor, line })),
  );
}

function textOf(cell: Cell, digits: number, point: string): string {
  if ('money' in cell) return decimalOf(cell.money, digits, point);
  if ('number' in cell) return cell.number === null ? '' : String(cell.number);
  return harmless(cell.text);
}

function decimalOf(amount: bigint, digits: number, point: string): string {
  const figures = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  const sign = amount < 0n ? '-' : '';
  return digits === 0 ? sign + figures : `${sign}${figures.slice(0, -digits)}${point}${figures.slice(-digits)}`;
}

/** An apostrophe before what a spreadsheet would take for a formula; a plain number stays one. */
function harmless(text: string): string {
  if (/^-?\d+([.,]\d+)?$/.test(text)) return text;
  return /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
}

const quoted = (text: string, between: string) =>
  text.includes(between) || /["\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
