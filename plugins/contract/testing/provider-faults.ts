import { describe, expect, test } from 'vitest';
import type { MeetingPlugin } from '../define-plugin.ts';
import { isPluginError, type PluginError } from '../errors.ts';
import type { MeetingContext, MeetingWant } from '../meeting.ts';
import { capabilitiesUnder, meetingAttempt, tutor, wanted } from './attempt.ts';
import type { FakeMeetingServer, MeetingFault } from './fake-server.ts';

const nothing = { ref: null, joinUrl: null };
const who = { userId: 'u1', name: 'Ana Núñez', email: 'ana@example.com', role: 'host' } as const;

/** How a provider must take what goes wrong out there. */
export function testProviderFaults(plugin: MeetingPlugin, server: FakeMeetingServer): void {
  describe('when its provider fails', () => {
    const provider = plugin.create(plugin.config.parse(server.settings));
    let number = 0;
    const fresh = () => {
      number += 1;
      const digits = String(number).padStart(2, '0');
      return {
        ...wanted,
        sessionId: `0190a000-0000-7000-8000-0000000001${digits}`,
        code: `fault${digits.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}abcdefghijklmnopqrs`,
      };
    };

    /** What makes the room: where whoever comes first makes it, that is the way in. */
    async function make(context: MeetingContext, want: MeetingWant) {
      const made = await provider.provision(context, want, nothing);
      if (capabilitiesUnder(plugin, server.settings).provisioning !== 'on_join') return made;
      const window = { opensAt: want.startsAt, closesAt: want.endsAt, tutor };
      await provider.joinUrl(context, { ref: made.ref ?? null, joinUrl: null }, who, window, want);
      return made;
    }

    async function failWith(fault: MeetingFault): Promise<{ error: PluginError; logged: string[] }> {
      const { context, logged } = meetingAttempt(plugin, server);
      server.failNext(fault);
      const error = await make(context, fresh()).catch((e: unknown) => e);
      if (error !== null && typeof error === 'object' && 'state' in error) {
        const also = fault === 'unauthorised' ? ', whatever token it comes with' : '';
        throw new Error(`A room was made after failNext('${fault}'): the server has to fail the next call so${also}`);
      }
      if (!isPluginError(error)) throw new Error(`${fault} must come out as a PluginError`, { cause: error });
      return { error, logged };
    }

    test('401 asks to reconnect, and is not tried again', async () => {
      expect((await failWith('unauthorised')).error.code).toBe('auth_expired');
    });

    test('429 says when it may go on', async () => {
      const { error } = await failWith('rate_limited');
      expect(['rate_limited', 'quota_exhausted']).toContain(error.code);
      expect(error.retryAt).toBeInstanceOf(Date);
    });

    test('5xx is the provider’s trouble, and passes', async () => {
      expect((await failWith('unavailable')).error.code).toBe('unavailable');
    });

    test.each(['malformed', 'html', 'half'] as const)(
      'a reply that is not what was promised (%s) fails closed',
      async (fault) => {
        expect((await failWith(fault)).error.code).toBe('contract_violation');
      },
    );

    test.each(['html', 'half'] as const)(
      'something else (%s) in answer to giving a room up is not taken for done',
      async (fault) => {
        const want = fresh();
        const made = await make(meetingAttempt(plugin, server).context, want);
        const rooms = server.rooms();
        server.failNext(fault);
        const have = { ref: made.ref ?? null, joinUrl: null };
        const error = await provider.release(meetingAttempt(plugin, server).context, have).catch((e: unknown) => e);
        expect(isPluginError(error) && error.code).toBe('contract_violation');
        expect(server.rooms()).toEqual(rooms);
      },
    );

    if (server.accessToken || plugin.installToken) {
      test('a token that ended early is replaced, once, without a person', async () => {
        const { context } = meetingAttempt(plugin, server);
        let refused = 0;
        const http: MeetingContext['http'] = async (address, init) => {
          const response = await context.http(address, init);
          if (response.status === 401) refused += 1;
          return response;
        };
        server.failNext('token_ended');
        expect((await make({ ...context, http }, fresh())).state).toBe('ready');
        expect(refused, 'calls that the server refused because the token ended').toBeGreaterThan(0);
      });
    }

    if (plugin.check) {
      test('the check tells what is wrong in a sentence, and doesn’t throw', async () => {
        server.failNext('unauthorised');
        const found = await plugin.check?.(meetingAttempt(plugin, server).context, plugin.config.parse(server.settings));
        expect(found).toMatchObject({ ok: false, message: expect.stringMatching(/\S.*[.]$/) });
        for (const secret of server.secrets) expect(found?.message).not.toContain(secret);
      });
    }

    test('a reply lost after the room was made leads to that room, not to a second', async () => {
      const want = fresh();
      const before = server.rooms().length;
      server.failNext('reply_lost');
      const lost = await make(meetingAttempt(plugin, server).context, want).catch((e: unknown) => e);
      expect(isPluginError(lost) && lost.code).toBe('outcome_unknown');
      const again = await make(meetingAttempt(plugin, server).context, want);
      expect(again.state).toBe('ready');
      expect(server.rooms()).toHaveLength(before + 1);
    });

    test('gives up a room that is gone already', async () => {
      const want = fresh();
      const made = await make(meetingAttempt(plugin, server).context, want);
      const have = { ref: made.ref ?? null, joinUrl: null };
      await provider.release(meetingAttempt(plugin, server).context, have);
      await expect(provider.release(meetingAttempt(plugin, server).context, have)).resolves.toBeUndefined();
    });

    test('shows no secret in errors or in the log, whatever happens', async () => {
      for (const fault of ['unauthorised', 'rate_limited', 'unavailable', 'malformed', 'html', 'half', 'reply_lost'] as const) {
        const { error, logged } = await failWith(fault);
        const said = [error.message, error.publicMessage, JSON.stringify(error), ...logged].join('\n');
        for (const secret of server.secrets) expect(said).not.toContain(secret);
      }
    });
  });
}
