import { describe, expect, it } from 'vitest';
import { hoursText, payWarnings } from './pay-warnings.ts';

const limits = { unusualFactor: 1.5, hoursAWeek: 40, money: (amount: bigint) => `${amount}` };
const codes = (over: Partial<Parameters<typeof payWarnings>[0]>) =>
  payWarnings({ total: 100n, lines: [], usual: undefined, ...over }, limits).map((warning) => warning.code);

describe('what is pointed out before pay is approved', () => {
  it('a statement of nothing or of less', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ total: 0n })).toEqual(['zero']);
    expect(codes({ total: -1n })).toEqual(['negative']);
  });

  it('more than so many times the usual, exactly', () => {
    expect(codes({ total: 150n, usual: 100n })).toEqual([]);
    expect(codes({ total: 151n, usual: 100n })).toEqual(['unusual']);
    expect(codes({ total: 151n, usual: 0n })).toEqual([]);
  });

  it('more hours in one week, Monday to Sunday, than anybody should work; mileage has none', () => {
    const line = (localDate: string, minutes: number | null, kind: 'session' | 'work' | 'mileage' = 'session') => ({
      localDate,
      minutes,
      kind,
    });
    expect(codes({ lines: [line('2026-03-02', 1200), line('2026-03-08', 1200, 'work'), line('2026-03-09', 60)] })).toEqual([]);
    expect(codes({ lines: [line('2026-03-02', 1200), line('2026-03-08', 1201)] })).toEqual(['hours']);
    expect(codes({ lines: [line('2026-03-02', 2400), line('2026-03-03', null, 'mileage')] })).toEqual([]);
    expect(hoursText(3690)).toBe('61.5');
  });
});
