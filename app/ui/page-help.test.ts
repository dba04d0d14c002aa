import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HELP_TOPICS } from '#app/domain/help/help-topics.ts';
import { familyNav, officeNav, tutorNav } from './nav.ts';

const routes = new URL('../routes/', import.meta.url);
const files = readdirSync(routes, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
const helped = files.filter((name) => /help=\{HELP|<PageHelp/.test(readFileSync(new URL(name, routes), 'utf8')));

/** Pages whose frame is another's, or which have a help of their own (the board's list of keys). */
const ELSEWHERE: Record<string, string> = {
  'tutor.book': 'planning-pages',
  'family.book': 'planning-pages',
  'tutor.availability': 'availability-pages',
  'tutor.messages': 'conversation-pages',
  'family.messages': 'conversation-pages',
  'office.messages': 'conversation-pages',
};
const OWN = ['office.board'];

it('every place of the menus has a small help, of each role', () => {
  const user = { id: 'u', email: '', name: '', tutorId: 't', clientIds: ['c'], studentIds: ['s'], guardedIds: [] };
  const owner = { ...user, roles: ['owner' as const], timezone: null, locale: null, signInSessionId: 's' };
  const groups = [...officeNav(owner), ...tutorNav({ offers: 1 }), ...familyNav({ ...owner, roles: ['client'] })];
  const without = groups
    .flatMap((group) => group.items.map((item) => item.to.slice(1).replaceAll('/', '.')))
    .filter((route) => !OWN.includes(route))
    .filter((route) => {
      const folders = [ELSEWHERE[route] ?? route, `${route}._index`];
      return !helped.some((name) => folders.includes(name.split('/')[0] ?? ''));
    });
  expect(without).toEqual([]);
});

it('a help is two or three sentences, and leads to a topic of its role', () => {
  const known = new Set(
    Object.entries(HELP_TOPICS).flatMap(([role, topics]) => Object.keys(topics).map((id) => `${role}/${id}`)),
  );
  const texts = helped.flatMap((name) => {
    const source = readFileSync(new URL(name, routes), 'utf8');
    return [...source.matchAll(/text(?::\s*|=)['"]([^'"]+)['"],?\s*about(?::\s*|=)['"]([a-z/-]+)['"]/g)].map(
      ([, text = '', about = '']) => ({
        name,
        about,
        sentences: text.split(/[.:;!?](?:\s|$)/).filter(Boolean).length,
      }),
    );
  });
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter(({ about }) => !known.has(about))).toEqual([]);
  expect(texts.filter(({ sentences }) => sentences < 1 || sentences > 4)).toEqual([]);
});
