import { expect, it } from 'vitest';
import { addressOf, isNarrowed, readFilter } from './close-out-filter.ts';

const tutor = '0190a7b2-5c1e-7b6a-8a33-0f5b7c9d1e2f';

it('an address is read and written the same, what is as usual left out', () => {
  for (const address of ['', `?show=overdue&tutor=${tutor}&all=1`, '?which=planned&q=Mia&page=3']) {
    expect(addressOf(readFilter(new URLSearchParams(address)))).toBe(`/office/closeouts${address}`);
  }
});

it('what makes no sense in an address is ignored', () => {
  const filter = readFilter(new URLSearchParams('?show=all&tutor=1&which=odd&page=-1'));
  expect(filter).toEqual(readFilter(new URLSearchParams()));
  expect(isNarrowed(filter)).toBe(false);
});
