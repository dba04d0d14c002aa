import { describe, expect, it } from 'vitest';
import { creditUnitOf, quantityWords } from './credit-unit.ts';

const perSession = creditUnitOf(() => 100n);
const perMinute = creditUnitOf((minutes) => BigInt(minutes) * 100n);

describe('what a credit stands for', () => {
  it('where a session takes one credit whatever its length, packages are counted in sessions', () => {
    expect(perSession.per).toBe('session');
    expect(quantityWords(1000n, perSession)).toBe('10 sessions');
    expect(quantityWords(100n, perSession)).toBe('1 session');
    expect(quantityWords(250n, perSession)).toBe('2.5 sessions');
  });

  it('where a credit is a minute, packages are counted in hours', () => {
    expect(perMinute.per).toBe('hour');
    expect(quantityWords(60_000n, perMinute)).toBe('10 hours');
    expect(quantityWords(4500n, perMinute)).toBe('0.75 hours');
  });
});
