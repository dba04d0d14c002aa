import { describe, expect, it } from 'vitest';
import { ordinalText, waiverText } from './waiver-words.ts';

describe('why a late cancellation is not charged', () => {
  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [22, '22nd'],
  ])('%i is %s', (n, text) => {
    expect(ordinalText(n)).toBe(text);
  });

  it('is said with which free one it is, or until when it may be made up for', () => {
    const free = { as: 'free' as const, termId: 't', termName: 'Spring', ordinal: 1, of: 2 };
    expect(waiverText(free, 'en-GB')).toBe('nothing is charged: the 1st of 2 free ones in Spring');
    expect(waiverText({ ...free, of: 1 }, 'en-GB')).toBe('nothing is charged: the free one of Spring');
    expect(waiverText({ as: 'make_up', expiresOn: '2026-03-31' }, 'en-GB')).toContain('until 31 March 2026');
  });
});
