import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { DomainError } from '#app/domain/errors.ts';

/** A row of a file, its cells trimmed; `line` is where it begins, the heading being line 1. */
export interface CsvRow {
  line: number;
  /** 1 for the first row under the heading. */
  number: number;
  get(column: string): string;
}

/** The rows of a CSV file; a file that is not there has none. @throws DomainError naming the columns that are missing */
export async function readCsv(directory: string, file: string, columns: readonly string[]): Promise<CsvRow[]> {
  let text: string;
  try {
    text = await readFile(join(directory, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), { delimiter: ',', newline: '\n' });
  const [heading = [], ...body] = data;
  const at = new Map(heading.map((name, index) => [name.trim(), index]));
  const missing = columns.filter((column) => !at.has(column));
  if (missing.length > 0)
    throw new DomainError(
      'invalid_value',
      `${file}: the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
    );
  const rows: CsvRow[] = [];
  let line = 2;
  for (const cells of body) {
    const begins = line;
    line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0);
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    rows.push({ line: begins, number: rows.length + 1, get: (column) => cells[at.get(column) ?? -1]?.trim() ?? '' });
  }
  return rows;
}
