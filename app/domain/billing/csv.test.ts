import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvMoney, toCsv, withoutFormula } from './csv.ts';

describe('CSV for spreadsheets', () => {
  it('no text cell can start a formula, however it is disguised', () => {
    for (const text of ['=SUM(A1)', '+1+1', '-2+3', '@cmd', '\t=1', '  =1', '\r=1', '＝1', '＋1', '－1', '＠x']) {
      expect(withoutFormula(text)).toBe(`'${text}`);
    }
  });

  it('money is written as a number, negative too, with the decimals of its currency', () => {
    const row = (amount: bigint, digits: number) =>
      toCsv(['amount'], [{ amount: csvMoney(amount, digits) }], { spreadsheet: true });
    expect(row(-1167n, 2)).toBe('amount\n-11.67\n');
    expect(row(5n, 0)).toBe('amount\n5\n');
    expect(row(1n, 3)).toBe('amount\n0.001\n');
  });

  it('a text that starts with a letter or a digit is left as it was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]/), (text) => {
        expect(withoutFormula(text)).toBe(text);
      }),
    );
  });

  it('commas, quotes and line breaks stay within their cell', () => {
    expect(toCsv(['a', 'b'], [{ a: '83 Mill Lane, Flat "C"', b: null }])).toBe('a,b\n"83 Mill Lane, Flat ""C""",\n');
  });
});
