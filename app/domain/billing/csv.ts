import { stringify } from 'csv-stringify/sync';
import { formatDecimal } from './money.ts';

export type CsvRow = Record<string, string | number | bigint | null>;

export interface CsvOptions {
  /** It may be opened in a spreadsheet: no text cell can start a formula there. */
  spreadsheet?: boolean;
}

/** One header line and a line per row; text is quoted where it must be, null is an empty cell. */
export function toCsv(columns: readonly string[], rows: readonly CsvRow[], options: CsvOptions = {}): string {
  const cell = (value: CsvRow[string]) => {
    if (value === null || value === undefined) return '';
    if (typeof value !== 'string') return value.toString();
    return options.spreadsheet ? withoutFormula(value) : value;
  };
  const body = rows.map((row) => columns.map((column) => cell(row[column] ?? null)));
  return stringify([[...columns], ...body]);
}

const number = /^-?\d+(\.\d+)?$/;
const startsFormula = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** An apostrophe before what a spreadsheet would read as a formula; plain numbers stay numbers. */
export function withoutFormula(text: string): string {
  if (number.test(text)) return text;
  return startsFormula.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
}

/** Minor units as a plain decimal, so that a spreadsheet reads a number. */
export const csvMoney = (amount: bigint, digits: number): string => formatDecimal(amount, digits);
