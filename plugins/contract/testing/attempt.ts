import { expect } from 'vitest';
import type { AnyPlugin, MeetingPlugin } from '../define-plugin.ts';
import type { EffectContext } from '../effect-context.ts';
import { PluginError } from '../errors.ts';
import type { MeetingCapabilities, MeetingContext, MeetingTutor, MeetingWant } from '../meeting.ts';
import type { FakeMeetingServer } from './fake-server.ts';

/** The moment of every attempt. */
export const now = new Date('2026-03-20T12:00:00Z');

export const tutor: MeetingTutor = {
  id: '0190a000-0000-7000-8000-000000000001',
  name: 'Ana Núñez',
  email: 'ana@example.com',
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
  students: 1,
  place: '12 Elm Street',
};

/** What a plugin is under the settings of the test. */
export function capabilitiesUnder(plugin: MeetingPlugin, settings: Record<string, unknown>): MeetingCapabilities {
  return { ...plugin.capabilities, ...plugin.capabilitiesWith?.(plugin.config.parse(settings)) };
}

export interface Attempt<Context = EffectContext> {
  context: Context;
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

/** A context of a meeting provider, with the account that the server stands for, or the company's own token. */
export function meetingAttempt(
  plugin: MeetingPlugin,
  server: Pick<FakeMeetingServer, 'settings' | 'fetch' | 'account' | 'accessToken'>,
  effect?: string,
): Attempt<MeetingContext> {
  const { context, logged } = attempt(plugin, server, effect);
  const accessToken = async (rejected?: string) => {
    if (server.accessToken) return server.accessToken(rejected);
    const token = await plugin.installToken?.(context, plugin.config.parse(server.settings));
    if (!token) throw new PluginError('auth_expired', 'There is no account to act for.');
    return token.accessToken;
  };
  return { context: { ...context, account: server.account ?? null, accessToken }, logged };
}
