import { expect, it } from 'vitest';
import { waivedOf, waivedText } from './waived-words.ts';

const none = { waivedAs: null, freeTerm: null, makeUpState: null, makeUpUntil: null };
const says = (stored: Partial<Parameters<typeof waivedOf>[0]>) => {
  const waived = waivedOf({ ...none, ...stored });
  return waived && waivedText(waived, (date) => `the day ${date}`);
};

it('a place that costs nothing says whether it was a free one, may be made up for, or was', () => {
  expect(says({ waivedAs: 'free', freeTerm: 'Spring' })).toBe('One of the free cancellations of Spring: nothing is charged.');
  expect(says({ waivedAs: 'make_up', makeUpState: 'open', makeUpUntil: '2026-03-31' })).toBe(
    'It may be made up for until the day 2026-03-31; if it isn’t, it is charged on the day after.',
  );
  expect(says({ waivedAs: 'make_up', makeUpState: 'used', makeUpUntil: '2026-03-31' })).toContain('makes up for it');
  // It ran out and is charged: nothing is waived any more.
  expect(says({ makeUpState: 'expired', makeUpUntil: '2026-03-31' })).toBeNull();
});
