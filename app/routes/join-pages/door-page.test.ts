import { describe, expect, test } from 'vitest';
import type { JoinSession } from '#app/domain/meetings/queries.server.ts';
import { doorPage, inWords } from './door-page.ts';
import { isPrefetch } from './is-prefetch.ts';

const session: JoinSession = {
  id: '0190a000-0000-7000-8000-000000000001',
  title: 'Algebra',
  status: 'scheduled',
  mode: 'online',
  location: '',
  startsAt: new Date('2026-03-02T15:00:00Z'),
  endsAt: new Date('2026-03-02T16:00:00Z'),
  tutorId: 't',
  tutorName: 'Ana Núñez',
  joinWindowMinutes: 10,
  timezone: 'Europe/Dublin',
  locale: 'en-IE',
  supportContact: 'Call 01 234 5678',
  places: [],
  hostCame: true,
};
const reader = {
  now: new Date('2026-03-02T14:20:30Z'),
  timezone: 'America/New_York',
  locale: 'en-GB',
  insider: false,
  back: '/family/sessions/1',
  href: '/sessions/1/join',
  ready: '/sessions/1/ready',
};
const closed = { opensAt: new Date('2026-03-02T14:50:00Z'), reason: null, wayOut: null };

describe('the door', () => {
  test('says when the room opens, in the reader’s own time, and how long that is', () => {
    const page = doorPage(session, { state: 'too_early', ...closed }, reader);
    expect(page.session).toBe('Algebra with Ana Núñez, Monday 2 March, 10:00');
    expect(page.lines).toEqual(['It opens at 09:50, 10 minutes before the start.']);
    expect(page.opensIn).toBe('30 minutes');
    expect(page).toMatchObject({ again: { href: '/sessions/1/join', label: 'Join' }, ready: '/sessions/1/ready' });
  });

  test('names the day where it is not today', () => {
    const page = doorPage(session, { state: 'too_early', ...closed }, { ...reader, now: new Date('2026-02-27T12:00:00Z') });
    expect(page.lines[0]).toContain('09:50 on Monday 2 March');
    expect(page.opensIn).toBe('3 days');
  });

  test('tells the office and the tutor what went wrong and what to do, families that it is known', () => {
    const failed = { state: 'failed', ...closed, reason: 'The key was revoked.', wayOut: 'Reconnect the provider.' } as const;
    expect(doorPage(session, failed, { ...reader, insider: true }).lines).toEqual([
      'The key was revoked.',
      'Reconnect the provider.',
    ]);
    const outside = doorPage(session, failed, reader);
    expect(outside.lines.join(' ')).not.toContain('revoked');
    expect(outside.support).toBe('Call 01 234 5678');
  });

  test('lets a family wait for the tutor, or go in alone, and says when the office knows', () => {
    const absent = (now: string) =>
      doorPage(session, { state: 'host_absent', ...closed }, { ...reader, now: new Date(now), timezone: 'Europe/Dublin' });
    const early = absent('2026-03-02T14:55:00Z');
    expect(early).toMatchObject({
      title: 'Ana Núñez is not there yet',
      refreshSeconds: 10,
      again: { href: '/sessions/1/join?alone=1', label: 'Go in now' },
    });
    expect(early.lines[0]).toBe('The session starts at 15:00.');
    expect(absent('2026-03-02T15:04:59Z').lines.join(' ')).not.toContain('office');
    expect(absent('2026-03-02T15:05:00Z').lines).toContain('The office sees it too and looks after it.');
  });

  test('tries again by itself while the room is being made or the tutor is awaited, and only then', () => {
    expect(doorPage(session, { state: 'pending', ...closed }, reader).refreshSeconds).toBe(5);
    for (const state of ['too_early', 'failed', 'ended', 'cancelled', 'place_cancelled', 'in_person', 'none'] as const) {
      expect(doorPage(session, { state, ...closed }, reader).refreshSeconds).toBeNull();
    }
  });

  test('leads back to the session, whatever the reason', () => {
    for (const state of [
      'too_early',
      'pending',
      'failed',
      'ended',
      'cancelled',
      'place_cancelled',
      'in_person',
      'none',
    ] as const) {
      expect(doorPage(session, { state, ...closed }, reader)).toMatchObject({
        back: '/family/sessions/1',
        title: expect.stringMatching(/.+/),
      });
    }
  });

  test('names the place of a session in person', () => {
    const page = doorPage(
      { ...session, mode: 'in_person', location: '12 Elm Street' },
      { state: 'in_person', ...closed },
      reader,
    );
    expect(page.lines).toEqual(['It takes place here: 12 Elm Street.']);
  });
});

test.each([
  [1, '1 minute'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [3_600, '1 hour'],
  [5_400, '1 hour 30 minutes'],
  [172_800, '2 days'],
])('%i seconds are %s', (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test.each([
  ['Sec-Purpose', 'prefetch;prerender'],
  ['Purpose', 'prefetch'],
  ['X-Moz', 'prefetch'],
])('a fetch ahead of the click is known by %s', (name, value) => {
  expect(isPrefetch(new Request('http://lectern.test/', { headers: { [name]: value } }))).toBe(true);
  expect(isPrefetch(new Request('http://lectern.test/'))).toBe(false);
});
