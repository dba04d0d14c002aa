import { describe, expect, test } from 'vitest';
import { noServer, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

const turn = { turn: 'turn:turn.example.com:3478, turns:turn.example.com:5349?transport=tcp', turnSecret: 'north' };

testMeetingProvider(plugin, noServer());
testMeetingProvider(plugin, noServer(turn));

describe('the servers that two browsers find each other by', () => {
  const who = { userId: 'u1', name: 'Mia', email: null, role: 'guest' } as const;
  const window = { opensAt: new Date('2026-03-02T14:50:00Z'), closesAt: new Date('2026-03-02T16:00:00Z'), tutor: {} as never };
  const serversOf = (settings: object) =>
    plugin.create(plugin.config.parse(settings)).ownRoom?.(who, window, window.opensAt).iceServers;

  test('are a public one where nothing was set, and none where it was taken out', () => {
    expect(serversOf({})).toEqual([{ urls: ['stun:stun.l.google.com:19302'] }]);
    expect(serversOf({ stun: '' })).toEqual([]);
  });

  test('of a TURN server everybody has a password of their own that ends an hour after the session', () => {
    // printf '1772470800:u1' | openssl dgst -sha1 -hmac north -binary | base64
    expect(serversOf({ stun: '', ...turn })).toEqual([
      {
        urls: ['turn:turn.example.com:3478', 'turns:turn.example.com:5349?transport=tcp'],
        username: '1772470800:u1',
        credential: 'BLN9fMvbka/YdwtOqeAzk6ryc88=',
      },
    ]);
  });

  test.each(['https://turn.example.com', 'turn:evil.example.com turn', 'turn:a b?x=1', 'javascript:alert(1)'])(
    'a TURN server can’t be %s',
    (typed) => {
      expect(plugin.config.safeParse({ turn: typed }).success).toBe(false);
    },
  );
});
