import { expect } from 'vitest';
import type { AnyPlugin } from '../define-plugin.ts';
import type { EffectContext } from '../effect-context.ts';
import { PluginError } from '../errors.ts';
import type { MeetingTutor, MeetingWant } from '../meeting.ts';
import type { FakeMeetingServer } from './fake-server.ts';

/** The moment of every attempt. */
export const now = new Date('2026-03-20T12:00:00Z');

export const tutor: MeetingTutor = {
  id: '0190a000-0000-7000-8000-000000000001',
  name: 'Ana Núñez',
  personalRoomUrl: 'https://rooms.example.com/ana',
};

export const wanted: MeetingWant = {
  sessionId: '0190a000-0000-7000-8000-0000000000aa',
  code: 'abcdefghijklmnopqrstuvwxyz',
  title: 'Algebra, with commas; and "quotes"',
  startsAt: new Date('2026-03-28T15:00:00Z'),
  endsAt: new Date('2026-03-28T16:00:00Z'),
  timezone: 'Europe/Dublin',
  tutor,
  place: '12 Elm Street',
};

export interface Attempt {
  context: EffectContext;
  /** Everything the plugin wrote to the log. */
  logged: string[];
}

/** A context as the host makes it: declared hosts only, everything logged is kept for the scan. */
export function attempt(
  plugin: Pick<AnyPlugin, 'config' | 'hosts'>,
  server: Pick<FakeMeetingServer, 'settings' | 'fetch'>,
  effect = `provision:${wanted.sessionId}`,
): Attempt {
  const config = plugin.config.parse(server.settings);
  const hosts = typeof plugin.hosts === 'function' ? plugin.hosts(config) : plugin.hosts;
  const logged: string[] = [];
  const signal = AbortSignal.timeout(5_000);
  const context: EffectContext = {
    signal,
    idempotencyKey: `install:${effect}`,
    now: () => now,
    log: (message, facts) => logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
    http: async (address, init = {}) => {
      const url = new URL(address);
      expect(hosts, 'the host was declared').toContain(url.host);
      try {
        return await server.fetch(url, { ...init, signal });
      } catch (cause) {
        throw new PluginError('outcome_unknown', `${url.host} did not answer in time.`, { cause });
      }
    },
  };
  return { context, logged };
}
