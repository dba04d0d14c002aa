import { describe, expect, it } from 'vitest';
import type { PayrollRun } from '#plugins/contract/index.ts';
import { testPayrollExport } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

/** The cells of a CSV text, quotes taken off. */
function parse(content: string, between: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let inQuotes = false;
  for (let i = 0; i < content.length; i++) {
    const sign = content[i];
    if (inQuotes && sign === '"' && content[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (sign === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (sign === between || sign === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign === '\n') rows.push([]);
    } else cell += sign;
  }
  return rows.slice(0, -1);
}

testPayrollExport(plugin, [
  { settings: {}, cells: (content) => parse(content, ','), amount: 6 },
  { settings: { rows: 'tutor', separator: 'semicolon', decimal: 'comma' }, cells: (content) => parse(content, ';'), amount: 7 },
  { settings: { columns: 'amount, note, first_name', separator: 'tab' }, cells: (content) => parse(content, '\t'), amount: 0 },
]);

const run: PayrollRun = {
  id: 'x',
  from: '2026-03-01',
  to: '2026-04-01',
  company: 'Harbour',
  currency: 'KWD',
  digits: 3,
  group: 'Weekly',
  offCycle: false,
  tutors: [
    {
      ref: 'T1',
      firstName: '=Óscar',
      lastName: 'Rossi',
      email: null,
      wages: 25_000n,
      mileage: 500n,
      adjustments: -75n,
      total: 25_425n,
      minutes: 90,
      lines: [
        {
          kind: 'session',
          ref: 's1',
          date: '2026-03-02',
          minutes: 90,
          amount: 25_000n,
          late: false,
          note: '',
          program: 'P',
          subject: 'S',
        },
        {
          kind: 'mileage',
          ref: 's1',
          date: '2026-03-02',
          minutes: null,
          amount: 500n,
          late: true,
          note: '',
          program: 'P',
          subject: 'S',
        },
        {
          kind: 'correction',
          ref: '',
          date: '2026-03-03',
          minutes: null,
          amount: -75n,
          late: false,
          note: '-, you know',
          program: '',
          subject: '',
        },
      ],
    },
  ],
};
const written = (settings: Record<string, unknown>) => plugin.create(plugin.config.parse(settings)).export(run).content;

describe('the CSV file of a pay run', () => {
  it('has the columns an administrator chose, in that order and under their own headings', () => {
    expect(written({ rows: 'tutor', columns: 'Employee=tutor, until, hours, total' })).toBe(
      'Employee,until,hours,total\nT1,2026-03-31,1.50,25.425\n',
    );
  });

  it('writes amounts with the decimals of the currency, and its texts start no formula', () => {
    expect(parse(written({ columns: 'name, kind, amount, note, late', decimal: 'comma' }), ',')).toEqual([
      ['name', 'kind', 'amount', 'note', 'late'],
      ["'=Óscar Rossi", 'session', '25,000', '', ''],
      ["'=Óscar Rossi", 'mileage', '0,500', '', 'yes'],
      ["'=Óscar Rossi", 'correction', '-0,075', "'-, you know", ''],
    ]);
  });

  it('refuses a column that its rows do not have', () => {
    expect(plugin.config.safeParse({ rows: 'tutor', columns: 'tutor, note' }).error?.issues[0]).toMatchObject({
      path: ['columns'],
      message: 'There is no column “note” for a row of a tutor',
    });
  });
});
