import { expect, test } from 'vitest';
import { noServer, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

testMeetingProvider(plugin, noServer());
testMeetingProvider(plugin, noServer({ baseUrl: 'https://jitsi.example.org/school/' }));

test('a room is named by the session’s unguessable code, on the server of the settings', async () => {
  const provider = plugin.create({
    baseUrl: 'https://jitsi.example.org/school/',
  });
  const want = { code: 'q2w3e4r5t6y7abcdefghijklmn' } as never;
  const made = await provider.provision({} as never, want, {
    ref: null,
    joinUrl: null,
  });
  expect(made).toEqual({
    state: 'ready',
    ref: 'lectern-q2w3e4r5t6y7abcdefghijklmn',
    joinUrl: 'https://jitsi.example.org/school/lectern-q2w3e4r5t6y7abcdefghijklmn',
  });
});

test('a room that was handed out keeps its address when the server of the settings changes', async () => {
  const have = {
    ref: 'lectern-a',
    joinUrl: 'https://old.example.org/lectern-a',
  };
  const provider = plugin.create({ baseUrl: 'https://new.example.org' });
  expect(await provider.provision({} as never, { code: 'b' } as never, have)).toMatchObject(have);
});

test('whoever joins is shown under their name', async () => {
  const provider = plugin.create({ baseUrl: 'https://meet.jit.si' });
  const have = { ref: 'r', joinUrl: 'https://meet.jit.si/r' };
  const who = {
    userId: '1',
    name: 'Łukasz "Luke" O’Neil',
    email: null,
    role: 'guest',
  } as const;
  const url = new URL((await provider.joinUrl({} as never, have, who, {} as never)) ?? '');
  expect(JSON.parse(decodeURIComponent(url.hash).replace('#userInfo.displayName=', ''))).toBe(who.name);
});

test.each(['http://meet.example.com', 'meet.example.com', 'javascript:alert(1)', 'https://'])(
  'the server can’t be %s',
  (baseUrl) => {
    expect(plugin.config.safeParse({ baseUrl }).success).toBe(false);
  },
);
