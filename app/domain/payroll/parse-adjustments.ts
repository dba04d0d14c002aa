import { typedMoney } from '#app/domain/billing/money.ts';
import { type AdjustmentKind, isAdjustmentKind } from './pay-run.ts';

/** Adjustments of many tutors as they are typed, pasted from a spreadsheet or read from a CSV file. Pure. */
export interface AdjustmentRow {
  tutorId: string;
  tutorName: string;
  kind: AdjustmentKind;
  localDate: string;
  amount: bigint;
  note: string;
}

export interface AdjustmentProblem {
  /** 1 is the first line. */
  line: number;
  text: string;
  message: string;
}

interface Known {
  tutors: readonly { id: string; ref: string; name: string; email: string | null }[];
  /** Decimals of the currency. */
  digits: number;
  /** Of lines that say none. */
  localDate: string;
}

export const ADJUSTMENT_ROWS = 500;

/**
 * Lines of tutor, kind, amount, note and day (YYYY-MM-DD), the last two of which may be missing; separated by tabs,
 * semicolons or commas, quoted as CSV. A tutor is named by reference, e-mail address or full name. A first line of
 * headings is skipped.
 */
export function parseAdjustments(text: string, known: Known): { rows: AdjustmentRow[]; problems: AdjustmentProblem[] } {
  const rows: AdjustmentRow[] = [];
  const problems: AdjustmentProblem[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = cellsOf(line, separator);
    if (rows.length === 0 && problems.length === 0 && /^tutor$/i.test(cells[0] ?? '')) continue;
    if (rows.length + problems.length >= ADJUSTMENT_ROWS) {
      problems.push({ line: index + 1, text: line, message: `At most ${ADJUSTMENT_ROWS} lines at a time` });
      break;
    }
    const read = rowOf(cells, known);
    if (typeof read === 'string') problems.push({ line: index + 1, text: line.trim(), message: read });
    else rows.push(read);
  }
  return { rows, problems };
}

function rowOf(cells: readonly string[], { tutors, digits, localDate }: Known): AdjustmentRow | string {
  const [who = '', what = '', howMuch = '', note = '', day = ''] = cells;
  const key = who.toLowerCase();
  const found = tutors.filter((tutor) =>
    [tutor.ref, tutor.email ?? '', tutor.name].some((name) => name !== '' && name.toLowerCase() === key),
  );
  const [tutor] = found;
  if (!tutor) return `There is no tutor “${who}”`;
  if (found.length > 1) return `There are ${found.length} tutors “${who}”: use the reference`;
  const kind = what.toLowerCase();
  if (!isAdjustmentKind(kind)) return `“${what}” is not bonus, correction or expense`;
  const amount = typedMoney(howMuch.replaceAll(/['’]/g, ''), digits);
  if (amount === undefined || amount === 0n) return `“${howMuch}” is not an amount`;
  if (amount > MOST || amount < -MOST) return `“${howMuch}” is too much`;
  if (day !== '' && !isDay(day)) return `“${day}” is not a day such as ${localDate}`;
  return { tutorId: tutor.id, tutorName: tutor.name, kind, localDate: day || localDate, amount, note: note.slice(0, 500) };
}

const MOST = 10_000_000_000n;

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i];
    if (quoted && sign === '"' && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (sign === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted;
      if (quoted) cell = '';
    } else if (sign === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  cells.push(cell.trim());
  return cells;
}

/** As `parseAdjustments` reads it again. */
export function adjustmentLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll(/[\r\n\t]+/g, ' ').replaceAll('"', '""')}"`).join('\t');
}
