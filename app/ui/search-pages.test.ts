import { expect, it } from 'vitest';
import type { Role } from '#app/auth/roles.ts';
import { findPages } from './search-pages.ts';

const user = (...roles: Role[]) => ({
  id: 'u',
  email: 'u@example.org',
  name: 'U',
  roles,
  tutorId: null,
  clientIds: [],
  studentIds: [],
  guardedIds: [],
  timezone: null,
  locale: null,
  signInSessionId: 's',
});
const found = (role: Role, q: string) => findPages(user(role), q).map((page) => page.to);

it('pages and actions are found by how their words begin', () => {
  expect(found('admin', 'inv')).toEqual(expect.arrayContaining(['/office/invoices', '/office/settings/users/new']));
  expect(found('admin', 'add tut')).toEqual(['/office/tutors/new']);
  expect(found('admin', 'xyzzy')).toEqual([]);
  expect(found('admin', ' ')).toEqual([]);
});

it('what is about rooms is found by the words people have for it', () => {
  expect(found('scheduler', 'start now')).toEqual(['/office/sessions/instant']);
  expect(found('scheduler', 'meetings')).toContain('/office/meetings');
  expect(found('scheduler', 'camera')).toEqual(['/ready']);
  expect(found('admin', 'describe yaml')).toEqual(['/office/settings/plugins/declared/new']);
  expect(found('scheduler', 'yaml')).toEqual([]);
});

it('nobody finds a page they may not open', () => {
  for (const q of ['inv', 'pay', 'rates', 'settings', 'make']) {
    for (const to of found('scheduler', q)) {
      expect(to).not.toMatch(/invoice|pay|rates|settings(?!\/(places|rooms))/);
    }
  }
});
