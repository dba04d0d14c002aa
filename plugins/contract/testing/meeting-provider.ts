import { describe, expect, test } from 'vitest';
import type { MeetingPlugin } from '../define-plugin.ts';
import { isPluginError } from '../errors.ts';
import type { JoinWindow, MeetingHave, MeetingWant, Participant } from '../meeting.ts';
import { capabilitiesUnder, meetingAttempt, tutor, wanted } from './attempt.ts';
import { testDefinition } from './definition.ts';
import type { FakeMeetingServer, noServer } from './fake-server.ts';
import { testPresence } from './presence.ts';
import { testProviderFaults } from './provider-faults.ts';

const nothing: MeetingHave = { ref: null, joinUrl: null };
const host: Participant = {
  userId: 'u1',
  name: 'Ana "A&B" Núñez',
  email: 'ana@example.com',
  role: 'host',
};
const guest: Participant = {
  userId: 'u2',
  name: 'Łukasz <Guest>',
  email: null,
  role: 'guest',
};
const window: JoinWindow = {
  opensAt: new Date('2026-03-28T14:50:00Z'),
  closesAt: new Date('2026-03-28T16:00:00Z'),
  tutor,
};

/**
 * What the core relies on from every meeting provider. A provider that talks to the world brings a fake server that
 * enforces that world's rules and fails on demand; one that doesn't brings `noServer()`.
 */
export function testMeetingProvider(plugin: MeetingPlugin, server: FakeMeetingServer | ReturnType<typeof noServer>): void {
  const capabilities = capabilitiesUnder(plugin, server.settings);
  const hasRoom = capabilities.links === 'shared' || capabilities.links === 'per_person';

  describe(`${plugin.id} as a meeting provider`, () => {
    testDefinition(plugin, server.settings);
    const provider = plugin.create(plugin.config.parse(server.settings));
    const context = () => meetingAttempt(plugin, server).context;

    const provision = async (want: MeetingWant, have = nothing) => {
      const made = await provider.provision(context(), want, have);
      if (made.state !== 'ready') throw new Error(`${plugin.id} was not ready: give a server that answers at once`);
      return { ref: made.ref, joinUrl: made.joinUrl ?? null };
    };

    test('gives a room whose link is what its capabilities promise', async () => {
      const have = await provision(wanted);
      expect(have.ref).toBeTruthy();
      if (capabilities.links === 'shared') expect(new URL(have.joinUrl ?? '').protocol).toBe('https:');
      else expect(have.joinUrl).toBeNull();
    });

    test('asked twice for one session, makes one room', async () => {
      const first = await provision(wanted);
      expect(await provision(wanted)).toEqual(first);
      expect(await provision(wanted, first)).toEqual(first);
      if ('rooms' in server) expect(server.rooms().filter((ref) => ref === first.ref)).toHaveLength(1);
    });

    test('gives two sessions two rooms, unless the room is the tutor’s or a place', async () => {
      const other = {
        ...wanted,
        sessionId: '0190a000-0000-7000-8000-0000000000bb',
        code: 'zyxwvutsrqponmlkjihgfedcba',
      };
      const [one, two] = [await provision(wanted), await provision(other)];
      if (capabilities.create === 'not_needed') expect(two.ref).toBe(one.ref);
      else expect(two.ref).not.toBe(one.ref);
    });

    test('keeps the room when the session moves over a clock change', async () => {
      const before = await provision(wanted);
      const moved = {
        ...wanted,
        startsAt: new Date('2026-03-29T14:00:00Z'),
        endsAt: new Date('2026-03-29T15:00:00Z'),
      };
      expect(await provision(moved, before)).toEqual(before);
    });

    test('leads each person to the room, or says that there is none to enter online', async () => {
      const have = await provision(wanted);
      for (const who of [host, guest]) {
        const link = await provider.joinUrl(context(), have, who, window, wanted);
        if (!hasRoom) {
          expect(link).toBeUndefined();
          continue;
        }
        const url = new URL(link ?? '');
        expect(url.protocol).toBe('https:');
        // A name is the person's own text: it must not get out of its place in the address.
        expect(link).not.toMatch(/[<>"\s]/);
      }
    });

    test('gives a room up twice without complaint', async () => {
      const have = await provision(wanted);
      if (capabilities.provisioning === 'on_join') await provider.joinUrl(context(), have, host, window, wanted);
      await provider.release(context(), have);
      await provider.release(context(), have);
      if ('rooms' in server) expect(server.rooms()).not.toContain(have.ref);
    });

    test('says at booking, and in the same words when asked for a room, what a tutor lacks', async () => {
      const roomless = { ...tutor, personalRoomUrl: null };
      const missing = provider.missingFor?.(roomless);
      expect(provider.missingFor?.(tutor)).toBeUndefined();
      // Where tutors connect an account, the host knows who has.
      expect(capabilities.auth === 'per_tutor' && !plugin.oauth).toBe(missing !== undefined);
      if (missing === undefined) return;
      const error = await provider.provision(context(), { ...wanted, tutor: roomless }, nothing).catch((e: unknown) => e);
      expect(isPluginError(error) && error.publicMessage).toBe(missing);
    });

    test('offers what its capabilities say, and nothing else', () => {
      expect(provider.ownRoom !== undefined).toBe(capabilities.links === 'own');
      expect(provider.webhook !== undefined, 'webhook').toBe(capabilities.attendance === 'webhook');
      if (capabilities.attendance === 'poll') expect(provider.attendance).toBeTypeOf('function');
      if (capabilities.create === 'reconcile') expect(provider.findByCode).toBeTypeOf('function');
      if (plugin.oauth) expect(['per_tutor', 'either']).toContain(plugin.capabilities.auth);
    });

    if (plugin.check) {
      test('the check says that the settings are good', async () => {
        expect(await plugin.check?.(context(), plugin.config.parse(server.settings))).toMatchObject({ ok: true });
      });
    }

    if ('failNext' in server) testPresence(plugin, server);
    if ('failNext' in server) testProviderFaults(plugin, server);
  });
}
