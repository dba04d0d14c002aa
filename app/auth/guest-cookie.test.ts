import { describe, expect, test } from 'vitest';
import { guestName, readGuestCookie, writeGuestCookie } from './guest-cookie.server.ts';

const token = 'a'.repeat(43);
const pair = (setCookie: string) => setCookie.split(';')[0] ?? '';

describe('a guest’s cookie', () => {
  test('keeps the link and the name, beside what else is there', () => {
    for (const origin of ['http://localhost:3000', 'https://lectern.example']) {
      const kept = pair(writeGuestCookie({ origin }, { token, name: 'Łukasz; 小林=' }));
      expect(readGuestCookie({ origin }, `a=b; ${kept}; c=d`)).toEqual({ token, name: 'Łukasz; 小林=' });
    }
  });

  test('is bound to its host and to https where that is how the page is reached', () => {
    expect(writeGuestCookie({ origin: 'https://lectern.example' }, { token, name: '' })).toMatch(
      /^__Host-lectern-guest=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/,
    );
  });

  test('that is none of ours is none', () => {
    const place = { origin: 'http://localhost:3000' };
    for (const header of [
      null,
      '',
      'lectern-guest=',
      `lectern-guest=${token}`,
      `lectern-guest=${token}.<b>`,
      'lectern-guest=short.TWlh',
    ])
      expect(readGuestCookie(place, header)).toBeUndefined();
  });
});

test('a guest’s name is one line of at most 60 characters', () => {
  expect(guestName('  Mia\n\u202e Byrne\u0000 ')).toBe('Mia Byrne');
  expect([...guestName('😀'.repeat(100))]).toHaveLength(60);
});
