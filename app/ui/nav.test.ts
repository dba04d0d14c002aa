import { expect, it } from 'vitest';
import type { Role } from '#app/auth/roles.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { barPlaces } from './bar-places.ts';
import { familyNav, type NavGroup, officeNav, placesOf, tutorNav } from './nav.ts';
import { currentOf } from './nav-links.tsx';

const user = (...roles: Role[]): SignedInUser => ({
  id: 'u',
  email: 'u@example.org',
  name: 'U',
  roles,
  tutorId: roles.includes('tutor') ? 't' : null,
  clientIds: roles.includes('client') ? ['c'] : [],
  studentIds: [],
  guardedIds: [],
  timezone: null,
  locale: null,
  signInSessionId: 's',
});
const labels = (groups: NavGroup[]) => groups.flatMap((group) => group.items.map((item) => item.label));

it('a scheduler is shown no money, no pay and no settings, but the places and rooms that are theirs to keep', () => {
  const shown = labels(officeNav(user('scheduler')));
  expect(shown.slice(0, 2)).toEqual(['Today', 'Board']);
  expect(shown).toEqual(expect.arrayContaining(['Places', 'Rooms', 'Time off']));
  for (const hidden of ['Invoices', 'Unbilled', 'Credits', 'Payments', 'Pay runs', 'Rates', 'Settings']) {
    expect(shown).not.toContain(hidden);
  }
});

it('an admin finds places and rooms in the settings, and everything else in the menu, in groups that are never empty', () => {
  const groups = officeNav(user('admin'));
  expect(labels(groups)).toEqual(expect.arrayContaining(['Invoices', 'Pay runs', 'Rates', 'Settings']));
  expect(labels(groups)).not.toContain('Rooms');
  expect(groups.every((group) => group.items.length > 0)).toBe(true);
});

it('a student alone is shown no invoices', () => {
  expect(labels(familyNav(user('student')))).not.toContain('Invoices');
  expect(labels(familyNav(user('client')))).toContain('Invoices');
});

it('a phone’s bar has room for five: a tutor’s day is in it, an offer that waits too, and the rest is under “More”', () => {
  const inBar = (groups: NavGroup[]) =>
    barPlaces(groups.flatMap((group) => group.items))
      .filter(({ stands }) => stands === 'bar')
      .map(({ item }) => item.label);
  expect(inBar(tutorNav({ offers: 0 }))).toEqual(['Today', 'Calendar', 'Close out', 'Students']);
  expect(inBar(tutorNav({ offers: 1 }))).toEqual(['Today', 'Offers', 'Calendar', 'Close out']);
  expect(inBar(familyNav(user('student'))).length).toBeLessThanOrEqual(5);
});

it('five places need no “More”, and none is lost when there are more', () => {
  const items = labels(officeNav(user('owner'))).map((label) => ({ to: `/${label}`, label, icon: 'today' as const }));
  expect(barPlaces(items.slice(0, 5)).every(({ stands }) => stands === 'bar')).toBe(true);
  expect(barPlaces(items.slice(0, 6)).map(({ stands }) => stands)).toEqual(['bar', 'bar', 'bar', 'bar', 'wide', 'wide']);
  expect(barPlaces(items).map(({ item }) => item)).toEqual(items);
});

it('somebody with two roles can go between their places', () => {
  expect(placesOf(user('owner', 'tutor')).map((place) => place.to)).toEqual(['/office', '/tutor']);
});

it('a scheduler on the page of a room is at the rooms', () => {
  expect(currentOf(officeNav(user('scheduler')), '/office/settings/rooms/123')).toBe('/office/settings/rooms');
});

it.each([
  ['/office', '/office'],
  ['/office/sessions', '/office/sessions'],
  ['/office/sessions/new', '/office/sessions'],
  ['/office/settings/closures', '/office/settings'],
  ['/office/sessions/123', '/office/sessions'],
  ['/office/sessionsomething', undefined],
  ['/office/somewhere', undefined],
])('on %s the menu marks %s', (pathname, marked) => {
  expect(currentOf(officeNav(user('owner')), pathname)).toBe(marked);
});
