import { expect, test } from 'vitest';
import { testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { declaredPlugin } from '#tests/fakes/declared.ts';
import { wherebyServer } from '#tests/fakes/whereby/server.ts';

const plugin = declaredPlugin('whereby');
testMeetingProvider(plugin, wherebyServer());

test('a session moved past the end of its room gets another, and the former one is given up', async () => {
  const server = wherebyServer();
  const provider = plugin.create(plugin.config.parse({ ...server.settings, keep: 1 }));
  const http = (url: string, init: RequestInit) => server.fetch(new URL(url), init);
  const ctx = { http, now: () => new Date('2026-03-20T12:00:00Z') } as never;
  const want = (day: string) =>
    ({
      code: 'abcdefghijklmnopqrstuvwxyz',
      students: 1,
      startsAt: new Date(`${day}T15:00:00Z`),
      endsAt: new Date(`${day}T16:00:00Z`),
    }) as never;
  const made = await provider.provision(ctx, want('2026-03-28'), { ref: null, joinUrl: null });
  const have = { ref: made.ref ?? null, joinUrl: null };
  expect(await provider.provision(ctx, want('2026-03-29'), have)).toEqual(made);
  const other = await provider.provision(ctx, want('2026-04-28'), have);
  expect(server.rooms()).toEqual([other.ref]);
});

test('the tutor comes in as the host, and whoever comes is known again in Whereby’s events', async () => {
  const server = wherebyServer();
  const provider = plugin.create(plugin.config.parse(server.settings));
  const http = (url: string, init: RequestInit) => server.fetch(new URL(url), init);
  const ctx = { http, now: () => new Date('2026-03-20T12:00:00Z') } as never;
  const at = new Date('2026-03-28T15:00:00Z');
  const want = { code: 'abc', students: 1, startsAt: at, endsAt: at } as never;
  const { ref } = await provider.provision(ctx, want, { ref: null, joinUrl: null });
  const link = async (role: string) =>
    new URL(
      (await provider.joinUrl(
        ctx,
        { ref: ref ?? null, joinUrl: null },
        { userId: 'u1', name: 'Ana & Bo', role } as never,
        {} as never,
        want,
      )) ?? '',
    );
  expect((await link('host')).searchParams.get('roomKey')).toBe('host');
  expect([...(await link('guest')).searchParams]).toEqual([
    ['displayName', 'Ana & Bo'],
    ['externalId', 'u1'],
  ]);
});
