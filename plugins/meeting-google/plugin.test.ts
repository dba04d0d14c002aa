import { describe, expect, test } from 'vitest';
import type { MeetingHave, MeetingWant } from '#plugins/contract/index.ts';
import { wanted } from '#plugins/contract/testing/attempt.ts';
import { meetingAttempt, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { fakeGoogle, keys } from '#tests/fakes/google/fake-google.ts';
import { eventId } from './events.ts';
import { plugin } from './index.ts';

testMeetingProvider(plugin, fakeGoogle());

const nothing: MeetingHave = { ref: null, joinUrl: null };
const window = { opensAt: wanted.startsAt, closesAt: wanted.endsAt, tutor: wanted.tutor };
const host = { userId: 'u1', name: 'Ana Núñez', email: 'ana@example.com', role: 'host' } as const;

function at(server: ReturnType<typeof fakeGoogle>) {
  const provider = plugin.create(plugin.config.parse(server.settings));
  const context = () => meetingAttempt(plugin, server).context;
  const provision = async (want: MeetingWant = wanted, have = nothing) => {
    const made = await provider.provision(context(), want, have);
    return { ...made, ref: made.ref ?? null, joinUrl: made.state === 'ready' ? (made.joinUrl ?? null) : null };
  };
  return { provider, context, provision };
}

describe('a room with a calendar entry', () => {
  test('has an id that Google takes, the same for every attempt', () => {
    expect(eventId(wanted.code)).toMatch(/^[a-v0-9]{5,1024}$/);
    expect(eventId(wanted.code)).toBe(eventId(wanted.code));
    expect(eventId('zyxwvutsrqponmlkjihgfedcba')).not.toBe(eventId(wanted.code));
  });

  test('stands in the tutor’s calendar at the session’s time, and Google writes to nobody', async () => {
    const server = fakeGoogle();
    const { ref } = await at(server).provision();
    expect(server.calendar.get(ref ?? '')).toMatchObject({
      summary: wanted.title,
      start: { dateTime: '2026-03-28T15:00:00.000Z', timeZone: 'Europe/Dublin' },
      end: { dateTime: '2026-03-28T16:00:00.000Z', timeZone: 'Europe/Dublin' },
    });
    for (const { url } of server.calls) expect(url.searchParams.get('sendUpdates')).toBe('none');
  });

  test('waits while Google still makes the room, and is then found ready', async () => {
    const server = fakeGoogle();
    const { provision } = at(server);
    server.calendar.next.conference = 'pending';
    const first = await provision();
    expect(first).toMatchObject({ state: 'pending', ref: eventId(wanted.code), retryAfterSeconds: 5 });
    expect(await provision(wanted, first)).toMatchObject({ state: 'pending' });
    server.calendar.finish(first.ref ?? '');
    expect(await provision(wanted, first)).toMatchObject({ state: 'ready', joinUrl: expect.stringContaining('meet.google.com') });
    expect(server.rooms()).toHaveLength(1);
  });

  test('that Google makes no room for is told of', async () => {
    const server = fakeGoogle();
    server.calendar.next.conference = 'failure';
    await expect(at(server).provision()).rejects.toMatchObject({
      code: 'rejected',
      publicMessage: expect.stringContaining('no room'),
    });
  });

  test('moves with the session and keeps its link', async () => {
    const server = fakeGoogle();
    const { provision } = at(server);
    const before = await provision();
    const moved = { ...wanted, startsAt: new Date('2026-04-02T15:00:00Z'), endsAt: new Date('2026-04-02T16:00:00Z') };
    expect(await provision(moved, before)).toEqual(before);
    expect(server.calendar.get(before.ref ?? '')?.start?.dateTime).toBe('2026-04-02T15:00:00.000Z');
  });

  test('that somebody deleted by hand comes back, and one that lost its room gets another', async () => {
    const server = fakeGoogle();
    const { provision } = at(server);
    const before = await provision();
    server.calendar.remove(before.ref ?? '');
    expect(await provision(wanted, before)).toMatchObject({ state: 'ready', ref: before.ref });
    expect(await provision()).toMatchObject({ state: 'ready', ref: before.ref });
    server.calendar.withoutRoom(before.ref ?? '');
    const again = await provision(wanted, before);
    expect(again.joinUrl).not.toBe(before.joinUrl);
    expect(server.rooms()).toHaveLength(1);
  });

  test('is given up when the settings say otherwise by now', async () => {
    const server = fakeGoogle();
    const { ref } = await at(server).provision();
    const plain = plugin.create(plugin.config.parse({ ...server.settings, room: 'space' }));
    await plain.release(meetingAttempt(plugin, server).context, { ref, joinUrl: null });
    expect(server.rooms()).toEqual([]);
  });
});

describe('a plain room', () => {
  test('is made with the access that was chosen, kept whenever the session is, and given up without complaint', async () => {
    const server = fakeGoogle({ room: 'space' });
    const { provider, context, provision } = at(server);
    const made = await provision();
    expect(made).toMatchObject({ ref: 'spaces/space1', joinUrl: expect.stringContaining('https://meet.google.com/') });
    expect(server.meet.space('spaces/space1')?.config).toEqual({ accessType: 'OPEN', entryPointAccess: 'ALL' });
    expect(await provision(wanted, made)).toEqual(made);
    expect(await provision(wanted, { ref: made.ref, joinUrl: null })).toEqual(made);
    await provider.release(context(), made);
    await provider.release(context(), { ref: 'spaces/gone', joinUrl: null });
    expect(server.rooms()).toEqual(['spaces/space1']);
  });

  test('whose making got no answer leaves an unused one behind: Google has no way to look for it', async () => {
    const server = fakeGoogle({ room: 'space' });
    server.failNext('reply_lost');
    await expect(at(server).provision()).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await at(server).provision()).toMatchObject({ ref: 'spaces/space2' });
  });

  test('asks for fewer permissions than one with a calendar entry', () => {
    const { oauth } = plugin;
    const scopes = (room: string) =>
      typeof oauth?.scopes === 'function'
        ? oauth.scopes(plugin.config.parse({ clientId: 'a', clientSecret: 'b', room })).map((one) => one.scope.split('/').pop())
        : [];
    expect(scopes('event')).toEqual(['calendar.events.owned', 'meetings.space.readonly', 'userinfo.email']);
    expect(scopes('space')).toEqual(['meetings.space.created', 'userinfo.email']);
  });
});

describe('who was there', () => {
  test.each(['event', 'space'] as const)('is read page by page (%s), and who has no account is told apart', async (room) => {
    const server = fakeGoogle({ room });
    server.meet.limits.perPage = 1;
    const { provider, context, provision } = at(server);
    const made = await provision();
    server.attend?.(made.ref ?? '');
    const code = new URL(made.joinUrl ?? '').pathname.slice(1);
    server.meet.attend(code, [{ user: null, name: 'Mia', startTime: '2026-03-20T11:00:00Z' }]);
    const stays = (await provider.attendance?.(context(), made)) ?? [];
    expect(
      stays.map(({ person, joinedAt, leftAt }) => [person.name, joinedAt.toISOString(), leftAt?.toISOString() ?? null]),
    ).toEqual([
      ['Ana Núñez', '2026-03-20T10:58:00.000Z', '2026-03-20T11:20:00.000Z'],
      ['Ana Núñez', '2026-03-20T11:22:00.000Z', '2026-03-20T12:00:00.000Z'],
      ['Mia', '2026-03-20T11:00:00.000Z', null],
    ]);
  });
});

test('the tutor enters with the account whose room it is, everybody else by the plain link', async () => {
  const server = fakeGoogle();
  const { provider, context, provision } = at(server);
  const made = await provision();
  expect(await provider.joinUrl(context(), made, host, window, wanted)).toBe(`${made.joinUrl}?authuser=ana%40example.com`);
  expect(await provider.joinUrl(context(), made, { ...host, role: 'guest' }, window, wanted)).toBe(made.joinUrl);
});

describe('what Google says', () => {
  const refusing = (status: number, error: object, headers: Record<string, string> = {}) => ({
    ...fakeGoogle(),
    fetch: async () => Response.json({ error }, { status, headers }),
  });
  test.each([
    [403, { errors: [{ reason: 'rateLimitExceeded' }] }, 'rate_limited'],
    [403, { errors: [{ reason: 'userRateLimitExceeded' }] }, 'rate_limited'],
    [429, { status: 'RESOURCE_EXHAUSTED' }, 'rate_limited'],
    [403, { errors: [{ reason: 'quotaExceeded' }] }, 'quota_exhausted'],
    [403, { errors: [{ reason: 'dailyLimitExceeded' }] }, 'quota_exhausted'],
    [403, { errors: [{ reason: 'insufficientPermissions' }] }, 'scope_missing'],
    [403, { status: 'PERMISSION_DENIED', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] }, 'scope_missing'],
    [403, { errors: [{ reason: 'accessNotConfigured' }] }, 'config_invalid'],
    [403, { status: 'PERMISSION_DENIED', details: [{ reason: 'SERVICE_DISABLED' }] }, 'config_invalid'],
    [400, { errors: [{ reason: 'invalid' }], message: 'Invalid value' }, 'rejected'],
    [500, { errors: [{ reason: 'backendError' }] }, 'unavailable'],
  ])('%i %o is %s', async (status, error, code) => {
    const server = refusing(status, error);
    await expect(at(server).provision()).rejects.toMatchObject({ code });
  });

  test('is waited for as long as it asks, and a day’s quota until the next day in California', async () => {
    const minute = refusing(429, { status: 'RESOURCE_EXHAUSTED' }, { 'retry-after': '90' });
    await expect(at(minute).provision()).rejects.toMatchObject({ retryAt: new Date('2026-03-20T12:01:30Z') });
    const day = refusing(403, { errors: [{ reason: 'dailyLimitExceeded' }] });
    await expect(at(day).provision()).rejects.toMatchObject({ retryAt: new Date('2026-03-21T08:00:00Z') });
  });

  test('of a box left unticked is that a permission is missing', async () => {
    const server = fakeGoogle({ scopes: ['https://www.googleapis.com/auth/userinfo.email'] });
    await expect(at(server).provision()).rejects.toMatchObject({ code: 'scope_missing' });
  });
});

test('the check finds a client ID or secret that Google does not know', async () => {
  const server = fakeGoogle();
  const settings = plugin.config.parse({ ...server.settings, clientSecret: 'another' });
  const found = await plugin.check?.(meetingAttempt(plugin, server).context, settings);
  expect(found).toMatchObject({ ok: false, message: expect.stringContaining('does not accept the client ID and secret') });
  expect(JSON.stringify(found)).not.toContain(keys.clientSecret);
});
