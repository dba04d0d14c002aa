import { expect, test } from 'vitest';
import type { MeetingPlugin } from '../define-plugin.ts';
import type { MeetingWebhookResult } from '../meeting.ts';
import { capabilitiesUnder, meetingAttempt, now, wanted } from './attempt.ts';
import type { FakeMeetingServer } from './fake-server.ts';
import type { SignedWebhook } from './signed-webhook.ts';

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** How a provider tells who was there. */
export function testPresence(plugin: MeetingPlugin, server: FakeMeetingServer): void {
  const { attendance } = capabilitiesUnder(plugin, server.settings);
  const provider = plugin.create(plugin.config.parse(server.settings));
  const room = async () => {
    const made = await provider.provision(meetingAttempt(plugin, server).context, wanted, { ref: null, joinUrl: null });
    return made.ref ?? '';
  };

  if (attendance === 'poll') {
    test('its report says who was there, each stay by itself', async () => {
      const ref = await room();
      server.attend?.(ref);
      const stays = (await provider.attendance?.(meetingAttempt(plugin, server).context, { ref, joinUrl: null })) ?? [];
      expect(stays.length).toBeGreaterThanOrEqual(2);
      expect(new Set(stays.map((stay) => stay.person.key)).size).toBe(1);
      for (const { person, joinedAt, leftAt } of stays) {
        expect(person.name).not.toBe('');
        expect(leftAt === null || leftAt.getTime() >= joinedAt.getTime()).toBe(true);
      }
    });

    test('of a room that nobody entered the report is empty', async () => {
      const other = { ...wanted, sessionId: '0190a000-0000-7000-8000-0000000000cc', code: 'nobodywashereabcdefghijklm' };
      const { context } = meetingAttempt(plugin, server);
      const made = await provider.provision(context, other, { ref: null, joinUrl: null });
      expect(await provider.attendance?.(context, { ref: made.ref ?? null, joinUrl: null })).toEqual([]);
    });
  }

  if (attendance !== 'webhook') return;
  const read = (call: SignedWebhook, at = now): MeetingWebhookResult =>
    provider.webhook?.({ headers: call.headers, rawBody: call.rawBody, now: at }) ?? { ok: false, status: 500, message: 'none' };
  const deliveries = async () => server.webhooks?.(await room(), now) ?? [];

  test('its events say who came and went, in which room, each with a key of its own', async () => {
    const ref = await room();
    const events = (await deliveries()).flatMap((call) => {
      const result = read(call);
      if (!result.ok) throw new Error(result.message);
      return result.events;
    });
    const moves = events.flatMap((event) => (event.fact === 'joined' || event.fact === 'left' ? [event] : []));
    expect(
      moves.map((move) => move.fact),
      'webhooks(ref, now): somebody comes, leaves, comes back and leaves',
    ).toEqual(['joined', 'left', 'joined', 'left']);
    expect(new Set(moves.map((move) => move.person.key)).size).toBe(1);
    for (const event of events) expect(event.ref).toBe(ref);
    expect(new Set(events.map((event) => event.key)).size).toBe(events.length);
  });

  test('the same event has the same key, whenever it comes again', async () => {
    const [call] = await deliveries();
    if (!call) throw new Error('no event');
    expect(read(call, minutes(2))).toEqual(read(call, minutes(1)));
  });

  test('one that is not signed by the provider, altered or older than five minutes is refused', async () => {
    const [call] = await deliveries();
    if (!call) throw new Error('no event');
    expect(read(call)).toMatchObject({ ok: true });
    const altered = Buffer.from(call.rawBody);
    altered[altered.length - 2] = (altered[altered.length - 2] ?? 0) ^ 1;
    expect(read({ ...call, rawBody: altered })).toMatchObject({ ok: false, status: 401 });
    expect(read({ ...call, headers: {} })).toMatchObject({ ok: false, status: 401 });
    expect(read(call, minutes(6))).toMatchObject({ ok: false, status: 401 });
    for (const rawBody of [Buffer.alloc(0), Buffer.from('<html>'), Buffer.from('{"event":')]) {
      expect(read({ ...call, rawBody }).ok).toBe(false);
    }
  });
}
