import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustmentLine, parseAdjustments } from './parse-adjustments.ts';

const tutors = [
  { id: 'a', ref: 'T001', name: 'Ana Łuk', email: 'ana@example.org' },
  { id: 'b', ref: 'T002', name: 'Ben Roy', email: null },
  { id: 'c', ref: 'T003', name: 'Ben Roy', email: null },
];
const known = { tutors, digits: 2, localDate: '2026-03-31' };
const parse = (text: string) => parseAdjustments(text, known);

describe('adjustments in bulk', () => {
  it('reads what is pasted from a spreadsheet, or a file with commas or semicolons, with or without headings', () => {
    const rows = [
      { tutorId: 'a', tutorName: 'Ana Łuk', kind: 'bonus', localDate: '2026-03-31', amount: 2500n, note: 'Well, done' },
      { tutorId: 'b', tutorName: 'Ben Roy', kind: 'expense', localDate: '2026-03-02', amount: -150n, note: '' },
    ];
    expect(parse('T001\tbonus\t25.00\tWell, done\nT002\texpense\t-1,50\t\t2026-03-02').rows).toEqual(rows);
    expect(
      parse('tutor,kind,amount,note,date\r\nana@example.org,Bonus,25,"Well, done"\r\n\r\nt002,expense,-1.5,,2026-03-02'),
    ).toEqual({
      rows,
      problems: [],
    });
    expect(parse('ana łuk;bonus;25,00;Well, done').rows).toEqual(rows.slice(0, 1));
  });

  it('says of each line that it can’t take why, and takes the others', () => {
    const { rows, problems } = parse(
      'T009,bonus,1\nBen Roy,bonus,1\nT001,gift,1\nT001,bonus,0\nT001,bonus,1.234\nT001,bonus,1,,31.3.\nT001,bonus,1',
    );
    expect(rows.length).toBe(1);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [1, 'There is no tutor “T009”'],
      [2, 'There are 2 tutors “Ben Roy”: use the reference'],
      [3, '“gift” is not bonus, correction or expense'],
      [4, '“0” is not an amount'],
      [5, '“1.234” is not an amount'],
      [6, '“31.3.” is not a day such as 2026-03-31'],
    ]);
  });

  it('reads again what it wrote, whatever the note says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const note = text.replaceAll(/[\r\n\t]+/g, ' ').trim();
        expect(parse(adjustmentLine(['T001', 'bonus', '1.00', note])).rows[0]?.note).toBe(note);
      }),
    );
  });
});
