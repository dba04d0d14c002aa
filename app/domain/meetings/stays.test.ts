import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Stay, withMark } from './stays.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 15, minute));
type Mark = { fact: 'joined' | 'left'; at: Date };
const told = (marks: readonly Mark[]) => marks.reduce<Stay[]>((stays, mark) => withMark(stays, mark), []);

describe('stays in a room', () => {
  test('are each from coming to leaving, and open until it is told', () => {
    expect(told([{ fact: 'joined', at: at(0) }])).toEqual([{ joinedAt: at(0), leftAt: null }]);
    expect(
      told([
        { fact: 'joined', at: at(0) },
        { fact: 'left', at: at(5) },
        { fact: 'joined', at: at(7) },
      ]),
    ).toEqual([
      { joinedAt: at(0), leftAt: at(5) },
      { joinedAt: at(7), leftAt: null },
    ]);
  });

  test('whose coming was never told are kept by their end', () => {
    expect(told([{ fact: 'left', at: at(9) }])).toEqual([{ joinedAt: at(9), leftAt: at(9) }]);
  });

  test('whose end was never told stay open when the person comes back', () => {
    expect(
      told([
        { fact: 'joined', at: at(0) },
        { fact: 'joined', at: at(7) },
        { fact: 'left', at: at(9) },
      ]),
    ).toEqual([
      { joinedAt: at(0), leftAt: null },
      { joinedAt: at(7), leftAt: at(9) },
    ]);
  });

  test('are the same in whatever order, and however often, a provider tells of them', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 10 });
    fc.assert(
      fc.property(minutes, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (times, order) => {
        const marks = times.map((minute, index): Mark => ({ fact: index % 2 === 0 ? 'joined' : 'left', at: at(minute) }));
        const shuffled = [...marks, ...marks.slice(0, 3)]
          .map((mark, index) => ({ mark, key: order[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ mark }) => mark);
        expect(told(shuffled)).toEqual(told([...marks].sort((a, b) => a.at.getTime() - b.at.getTime())));
      }),
    );
  });
});
