import { describe, expect, test } from 'vitest';
import { tryConnection, tryRoomHost } from './try-connection.ts';

/** A line on which each try takes so long; null: nothing comes back. */
function line(times: readonly (number | null)[]) {
  let clock = 0;
  const left = [...times];
  const fetch = async () => {
    const ms = left.shift() ?? null;
    clock += ms ?? 4_000;
    if (ms === null) throw new TypeError('Failed to fetch');
    return new Response('ok');
  };
  return [fetch as typeof globalThis.fetch, () => clock] as const;
}

describe('a connection', () => {
  test('is good when all comes back soon, whatever the first took', async () => {
    expect(await tryConnection(...line([900, 30, 40, 30, 35, 50]))).toEqual({ found: 'ok', ms: 40 });
  });

  test('is weak when it is slow, or something is lost', async () => {
    expect(await tryConnection(...line([500, 600, 450, 700, 500, 480]))).toMatchObject({ found: 'weak' });
    expect(await tryConnection(...line([30, 30, null, 30, 30, 30]))).toEqual({ found: 'weak', ms: 30 });
  });

  test('is not there when nothing comes back', async () => {
    expect(await tryConnection(...line([null, null, null, null, null, null]))).toEqual({ found: 'missing', ms: null });
  });
});

test('a room’s host is there when it answers, whatever it says', async () => {
  expect(await tryRoomHost('https://rooms.example', async () => new Response('no', { status: 500 }))).toBe('ok');
  expect(await tryRoomHost('https://rooms.example', () => Promise.reject(new TypeError('blocked')))).toBe('missing');
});
