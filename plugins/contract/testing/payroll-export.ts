import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PayrollPlugin } from '../define-plugin.ts';
import type { PayrollLine, PayrollRun } from '../payroll.ts';
import { testDefinition } from './definition.ts';

/** Texts as people write them, and as somebody would who wants a spreadsheet to run something. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    'Łukasz',
    '小林',
    'مريم',
    '=1+1',
    '+4',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '"quoted", and; more',
    'two\nlines',
    '＝HYPERLINK("x")',
  ),
);
const amount = fc.bigInt({ min: -10_000_000n, max: 10_000_000n });
const day = fc.integer({ min: 0, max: 30 }).map((n) => `2026-03-${String(n + 1).padStart(2, '0')}`);

const line: fc.Arbitrary<PayrollLine> = fc.record({
  kind: fc.constantFrom('session', 'mileage', 'work', 'bonus', 'correction', 'expense'),
  ref: fc.constantFrom('', 'ses-1', 'ses-22'),
  date: day,
  minutes: fc.option(fc.integer({ min: 0, max: 1440 }), { nil: null }),
  amount,
  late: fc.boolean(),
  note: text,
  program: text,
  subject: text,
});

const run: fc.Arbitrary<PayrollRun> = fc
  .record({
    money: fc.constantFrom({ currency: 'USD', digits: 2 }, { currency: 'JPY', digits: 0 }, { currency: 'KWD', digits: 3 }),
    group: fc.option(text, { nil: null }),
    offCycle: fc.boolean(),
    company: text,
    tutors: fc.array(
      fc.record({
        firstName: text,
        lastName: text,
        email: fc.option(fc.constant('a@example.org'), { nil: null }),
        lines: fc.array(line, { minLength: 1, maxLength: 6 }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ money, tutors, ...rest }) => ({
    ...rest,
    ...money,
    id: '0198c0de-0000-7000-8000-000000000001',
    from: '2026-03-01',
    to: '2026-04-01',
    tutors: tutors.map((tutor, index) => {
      const sum = (kinds: readonly string[]) =>
        tutor.lines.reduce((total, one) => (kinds.includes(one.kind) ? total + one.amount : total), 0n);
      const [wages, mileage, adjustments] = [sum(['session', 'work']), sum(['mileage']), sum(['bonus', 'correction', 'expense'])];
      return {
        ...tutor,
        ref: `T${index + 1}`,
        wages,
        mileage,
        adjustments,
        total: wages + mileage + adjustments,
        minutes: tutor.lines.reduce((n, one) => (['session', 'work'].includes(one.kind) ? n + (one.minutes ?? 0) : n), 0),
      };
    }),
  }));

interface Case {
  settings: Record<string, unknown>;
  /** The cells of a file, row by row, as a spreadsheet reads them; the first row has the headings. */
  cells(content: string): string[][];
  /** Which column has the amounts that add up to the pay. */
  amount: number;
}

const number = /^-?\d+([.,]\d+)?$/;
const startsFormula = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * What the core relies on from every payroll export: it is pure, its files are safe to open in a spreadsheet, and not a
 * line of the pay gets lost.
 */
export function testPayrollExport(plugin: PayrollPlugin, cases: readonly Case[]): void {
  for (const { settings, cells, amount: column } of cases) {
    describe(`${plugin.id} as a payroll export, with ${JSON.stringify(settings)}`, () => {
      testDefinition(plugin, settings);
      const exporter = plugin.create(plugin.config.parse(settings));

      describe('without a clock, chance or the world', () => {
        const forbidden = () => {
          throw new Error('a payroll export is made of the run alone');
        };
        beforeEach(() => {
          vi.spyOn(Date, 'now').mockImplementation(forbidden);
          vi.spyOn(Math, 'random').mockImplementation(forbidden);
          vi.spyOn(globalThis, 'fetch').mockImplementation(forbidden);
        });
        afterEach(() => vi.restoreAllMocks());

        test('writes any run', () => {
          for (const one of fc.sample(run, { numRuns: 60, seed: 7 })) exporter.export(one);
        });
      });

      test('gives the same bytes for the same run, and leaves the run as it was', () => {
        fc.assert(
          fc.property(run, (one) => {
            const before = structuredClone(one);
            const file = exporter.export(one);
            expect(exporter.export(structuredClone(before))).toEqual(file);
            expect(one).toEqual(before);
            expect(file.name).toMatch(/^[\w.-]+$/);
            expect(file.contentType).toMatch(/^[a-z]+\/[\w.+-]+/);
          }),
          { numRuns: 50 },
        );
      });

      test('the amounts of its rows add up to what the run pays', () => {
        fc.assert(
          fc.property(run, (one) => {
            const [, ...rows] = cells(exporter.export(one).content);
            const written = rows.map((row) => BigInt((row[column] ?? '').replace(/[.,]/, '')));
            expect(written.reduce((sum, each) => sum + each, 0n)).toBe(one.tutors.reduce((sum, tutor) => sum + tutor.total, 0n));
          }),
          { numRuns: 50 },
        );
      });

      test('no cell starts a formula', () => {
        fc.assert(
          fc.property(run, (one) => {
            for (const cell of cells(exporter.export(one).content).flat())
              if (!number.test(cell)) expect(cell).not.toMatch(startsFormula);
          }),
          { numRuns: 50 },
        );
      });
    });
  }
}
