import type { NavItem } from './nav.ts';

/** As many as a thumb finds in a bar of 360 px; the header of a wide screen has room for more. "More" is one of them. */
const IN_BAR = 5;
const IN_HEADER = 9;

/** Where a place stands: always in the bar, on a wide screen alone (else under "More"), or under "More" everywhere. */
export type Stands = 'bar' | 'wide' | 'more';

/** In the order given: what is used most comes first. */
export function barPlaces(items: readonly NavItem[]): { item: NavItem; stands: Stands }[] {
  const before = (most: number) => (items.length <= most ? most : most - 1);
  return items.map((item, index) => ({
    item,
    stands: index < before(IN_BAR) ? 'bar' : index < before(IN_HEADER) ? 'wide' : 'more',
  }));
}
