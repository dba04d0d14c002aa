import type { PayrollLine, PayrollRun, PayrollTutor } from '#plugins/contract/index.ts';

/** What a cell is made of; `line` is there where a row is a line. */
export interface RowOf {
  run: PayrollRun;
  tutor: PayrollTutor;
  line: PayrollLine | undefined;
}

/** A number is written as one; a text is made harmless for spreadsheets. */
export type Cell = { text: string } | { money: bigint } | { number: number | null };

const text = (value: string): Cell => ({ text: value });
const hours = (minutes: number): Cell => ({ text: (Math.round((minutes * 100) / 60) / 100).toFixed(2) });

/** Columns of every row. */
const ofTutor: Record<string, (row: RowOf) => Cell> = {
  tutor: ({ tutor }) => text(tutor.ref),
  name: ({ tutor }) => text(`${tutor.firstName} ${tutor.lastName}`.trim()),
  first_name: ({ tutor }) => text(tutor.firstName),
  last_name: ({ tutor }) => text(tutor.lastName),
  email: ({ tutor }) => text(tutor.email ?? ''),
  company: ({ run }) => text(run.company),
  group: ({ run }) => text(run.group ?? ''),
  from: ({ run }) => text(run.from),
  until: ({ run }) => text(dayBefore(run.to)),
  currency: ({ run }) => text(run.currency),
};

/** Columns of a row that is a tutor: the sums. */
const sums: Record<string, (row: RowOf) => Cell> = {
  lines: ({ tutor }) => ({ number: tutor.lines.length }),
  minutes: ({ tutor }) => ({ number: tutor.minutes }),
  hours: ({ tutor }) => hours(tutor.minutes),
  wages: ({ tutor }) => ({ money: tutor.wages }),
  mileage: ({ tutor }) => ({ money: tutor.mileage }),
  adjustments: ({ tutor }) => ({ money: tutor.adjustments }),
  total: ({ tutor }) => ({ money: tutor.total }),
};

/** Columns of a row that is a line. */
const lines: Record<string, (row: RowOf) => Cell> = {
  kind: ({ line }) => text(line?.kind ?? ''),
  ref: ({ line }) => text(line?.ref ?? ''),
  date: ({ line }) => text(line?.date ?? ''),
  minutes: ({ line }) => ({ number: line?.minutes ?? null }),
  hours: ({ line }) => (line?.minutes ? hours(line.minutes) : text('')),
  amount: ({ line }) => ({ money: line?.amount ?? 0n }),
  late: ({ line }) => text(line?.late ? 'yes' : ''),
  note: ({ line }) => text(line?.note ?? ''),
  program: ({ line }) => text(line?.program ?? ''),
  subject: ({ line }) => text(line?.subject ?? ''),
};

export type Rows = 'line' | 'tutor';

export const columnsOf = (rows: Rows): Record<string, (row: RowOf) => Cell> => ({
  ...ofTutor,
  ...(rows === 'line' ? lines : sums),
});

export const USUAL: Record<Rows, string> = {
  line: 'tutor, name, kind, ref, date, minutes, amount, currency, late, note',
  tutor: 'tutor, name, email, hours, wages, mileage, adjustments, total, currency',
};

export interface ChosenColumn {
  heading: string;
  name: string;
}

/** "Employee=tutor, total": the columns in their order, each with its heading. */
export function readColumns(list: string): ChosenColumn[] {
  return list
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.lastIndexOf('=');
      const name = part.slice(at + 1).trim();
      return { heading: at < 0 ? name : part.slice(0, at).trim(), name };
    });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
