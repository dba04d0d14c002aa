import { expect, test } from 'vitest';
import type { MeetingContext, MeetingProvider, MeetingWant, Participant } from '#plugins/contract/index.ts';
import { type FakeMeetingServer, meetingAttempt, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { fakeZoom } from '#tests/fakes/zoom/fake-zoom.ts';
import { failureOf } from './failures.ts';
import { plugin } from './index.ts';

testMeetingProvider(plugin, fakeZoom());
testMeetingProvider(plugin, fakeZoom({ webhook: false }));
testMeetingProvider(plugin, fakeZoom({ account: 'tutors' }));

const now = new Date('2026-03-20T12:00:00Z');
const ana = { id: 't1', name: 'Ana Núñez', email: 'ana@example.com', personalRoomUrl: null };
const want: MeetingWant = {
  sessionId: 's1',
  code: 'abcdefghijklmnopqrstuvwxyz',
  title: 'Algebra',
  startsAt: new Date('2026-03-28T15:00:00Z'),
  endsAt: new Date('2026-03-28T16:00:00Z'),
  timezone: 'Europe/Dublin',
  tutor: ana,
  students: 1,
  place: null,
};
const nothing = { ref: null, joinUrl: null };
const window = { opensAt: want.startsAt, closesAt: want.endsAt, tutor: ana };
const host: Participant = { userId: 'u1', name: 'Ana', email: 'ana@example.com', role: 'host' };

const providerOf = (server: FakeMeetingServer, over = {}): MeetingProvider =>
  plugin.create(plugin.config.parse({ ...server.settings, ...over }));
const contextOf = (server: FakeMeetingServer): MeetingContext => meetingAttempt(plugin, server).context;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it went well',
    (error: { code: string }) => error.code,
  );

test('a meeting is told in UTC, and where to overwrite is said there', async () => {
  const zoom = fakeZoom();
  const made = await providerOf(zoom).provision(contextOf(zoom), want, nothing);
  expect(zoom.meeting(made.ref ?? '')).toMatchObject({
    topic: 'Algebra (abcdefgh)',
    start_time: '2026-03-28T15:00:00Z',
    duration: 60,
    timezone: 'Europe/Dublin',
    agenda: expect.stringContaining(want.code),
    settings: { waiting_room: true, join_before_host: false },
  });
});

test('students may be let in before the tutor is there, ten minutes ahead', async () => {
  const zoom = fakeZoom();
  const made = await providerOf(zoom, { entry: 'before_host' }).provision(contextOf(zoom), want, nothing);
  const settings = { waiting_room: false, join_before_host: true, jbh_time: 10 };
  expect(zoom.meeting(made.ref ?? '')).toMatchObject({ settings });
});

test('what is the same already is not changed again: Zoom counts each change of a day', async () => {
  const zoom = fakeZoom();
  const provider = providerOf(zoom);
  const made = await provider.provision(contextOf(zoom), want, nothing);
  const have = { ref: made.ref ?? null, joinUrl: null };
  await provider.provision(contextOf(zoom), want, have);
  await provider.provision(contextOf(zoom), { ...want, endsAt: new Date('2026-03-28T16:30:00Z') }, have);
  expect(zoom.calls.filter((call) => call.method === 'PATCH')).toHaveLength(1);
  expect(zoom.meeting(have.ref ?? '')).toMatchObject({ duration: 90 });
});

test('another tutor gets a meeting of their own, and the former one’s is given up', async () => {
  const zoom = fakeZoom();
  const provider = providerOf(zoom);
  const made = await provider.provision(contextOf(zoom), want, nothing);
  const ben = { ...ana, id: 't2', email: 'ben@example.com' };
  const moved = { ...want, tutor: ben };
  const have = { ref: made.ref ?? null, joinUrl: null };
  const again = await provider.provision(contextOf(zoom), moved, have);
  expect(await provider.provision(contextOf(zoom), moved, have)).toEqual(again);
  expect(zoom.rooms()).toEqual([again.ref]);
  expect(zoom.meeting(again.ref ?? '')).toMatchObject({ host: 'ben@example.com' });
  // Ana, who was the host, is led in as anybody is.
  const link = await provider.joinUrl(
    contextOf(zoom),
    { ref: again.ref ?? null, joinUrl: 'https://zoom.us/j/1' },
    host,
    window,
    want,
  );
  expect(link).toBe('https://zoom.us/j/1');
});

test('a meeting that somebody deleted at Zoom is made anew', async () => {
  const zoom = fakeZoom();
  const provider = providerOf(zoom);
  const made = await provider.provision(contextOf(zoom), want, nothing);
  zoom.remove(made.ref ?? '');
  const again = await provider.provision(contextOf(zoom), want, { ref: made.ref ?? null, joinUrl: null });
  expect(again.state).toBe('ready');
  expect(zoom.rooms()).toEqual([again.ref]);
});

test('the tutor enters as the host by a link of that moment; a student never gets it', async () => {
  const zoom = fakeZoom();
  const provider = providerOf(zoom);
  const made = await provider.provision(contextOf(zoom), want, nothing);
  if (made.state !== 'ready') throw new Error('not ready');
  const have = { ref: made.ref, joinUrl: made.joinUrl ?? null };
  expect(JSON.stringify(made)).not.toContain('zak');
  expect(await provider.joinUrl(contextOf(zoom), have, host, window, want)).toContain('zak=');
  for (const role of ['guest', 'observer'] as const) {
    expect(await provider.joinUrl(contextOf(zoom), have, { ...host, role }, window, want)).toBe(have.joinUrl);
  }
  zoom.failNext('unavailable');
  expect(await provider.joinUrl(contextOf(zoom), have, host, window, want)).toBe(have.joinUrl);
});

test('the hundred-and-first change of a day waits for the next one in UTC', async () => {
  const zoom = fakeZoom();
  const provider = providerOf(zoom);
  const one = (number: number) =>
    provider.provision(contextOf(zoom), { ...want, code: `code${String(number).padStart(3, '0')}abcdefghijklmnopqrs` }, nothing);
  for (let number = 0; number < 100; number += 1) await one(number);
  await expect(one(100)).rejects.toMatchObject({ code: 'quota_exhausted', retryAt: new Date('2026-03-21T00:00:00Z') });
  // One that is there already is found, on whatever page of the list.
  expect(await one(57)).toMatchObject({ state: 'ready' });
  expect(zoom.rooms()).toHaveLength(100);
  // Others have a hundred of their own.
  const ben = { ...want, tutor: { ...ana, email: 'ben@example.com' } };
  expect(await provider.provision(contextOf(zoom), ben, nothing)).toMatchObject({ state: 'ready' });
});

test('a tutor whom Zoom doesn’t know, or without an e-mail address, is named as the thing to mend', async () => {
  const zoom = fakeZoom();
  const unknown = { ...want, tutor: { ...ana, email: 'nobody@example.com' } };
  const refused = providerOf(zoom).provision(contextOf(zoom), unknown, nothing);
  await expect(refused).rejects.toMatchObject({ code: 'config_invalid', message: expect.stringContaining('e-mail address') });
  expect(providerOf(zoom).missingFor?.({ ...ana, email: null })).toContain('Ana Núñez has no e-mail address');
});

test('the check names the scopes that the app lacks, and keys that are wrong', async () => {
  const zoom = fakeZoom({ account: 'either' });
  const check = (over = {}) => plugin.check?.(contextOf(zoom), plugin.config.parse({ ...zoom.settings, ...over }));
  expect(await check()).toEqual({
    ok: true,
    message: 'Zoom knows the company’s app; it acts for ana@example.com. Zoom knows the app that tutors connect to.',
  });
  expect(await check({ clientSecret: 'wrong' })).toMatchObject({ ok: false, message: expect.stringContaining('client secret') });
  expect(await check({ tutorClientSecret: 'wrong' })).toMatchObject({
    ok: false,
    message: expect.stringContaining('for tutors'),
  });
  zoom.withoutScope('meeting:delete:meeting:admin');
  expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('meeting:delete:meeting:admin.') });
});

test('which keys are needed depends on whose account it is', () => {
  const missing = (settings: unknown) => plugin.config.safeParse(settings).error?.issues.map((issue) => issue.path[0]);
  expect(missing({})).toEqual(['accountId', 'clientId', 'clientSecret']);
  expect(missing({ account: 'tutors', tutorClientId: 'x' })).toEqual(['tutorClientSecret']);
  expect(missing({ account: 'either' })).toHaveLength(5);
  const capabilities = (account: 'tutors' | 'either', webhook: boolean) =>
    plugin.capabilitiesWith?.(plugin.config.parse(fakeZoom({ account, webhook }).settings));
  expect(capabilities('tutors', false)).toEqual({ auth: 'per_tutor', attendance: 'none' });
  expect(capabilities('either', true)).toEqual({ auth: 'either', attendance: 'webhook' });
});

test('Zoom’s handshake is answered with the token and its digest', () => {
  const provider = plugin.create(plugin.config.parse({ ...fakeZoom().settings, webhookSecret: 'It is a secret' }));
  const rawBody = Buffer.from(
    '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}',
  );
  const stamp = '1774008000';
  // Computed by openssl dgst -sha256 -hmac over the same bytes.
  const headers = {
    'x-zm-request-timestamp': stamp,
    'x-zm-signature': 'v0=43dafd82ca8f83f34b5d61b9e2f4442e4f9e2bc2a3a1fd704ad7662addaa3101',
  };
  const answer = provider.webhook?.({ headers, rawBody, now: new Date(Number(stamp) * 1_000) });
  expect(answer).toEqual({
    ok: true,
    events: [],
    reply: {
      contentType: 'application/json',
      body: '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"4cd49cff7446a1b56b9d95427b8e16357ef4fa1731a07541903ce7dd92ac9ed3"}',
    },
  });
});

test('an event that is of no concern, and one about nothing, do no harm', () => {
  const zoom = fakeZoom();
  const read = (body: unknown) => {
    const call = zoom.sign(JSON.stringify(body), now);
    return providerOf(zoom).webhook?.({ headers: call.headers, rawBody: call.rawBody, now });
  };
  const object = { id: 85, uuid: 'u', topic: 'Algebra' };
  expect(read({ event: 'meeting.sharing_started', event_ts: now.getTime(), payload: { object } })).toMatchObject({
    events: [{ fact: 'other', ref: '85' }],
  });
  expect(read({ event: 'meeting.deleted', event_ts: now.getTime(), payload: { object } })).toMatchObject({
    events: [{ fact: 'gone' }],
  });
  expect(read({ event: 'user.created', event_ts: now.getTime(), payload: {} })).toEqual({ ok: true, events: [] });
  expect(read({ surprise: true })).toMatchObject({ ok: false, status: 400 });
});

test('a meeting on a tutor’s own account has no report, and none is asked for', async () => {
  const zoom = fakeZoom({ account: 'either' });
  const have = { ref: '85710000001', joinUrl: null };
  const account = { ref: 'user-ana', label: 'ana@example.com', scopes: [] };
  expect(await providerOf(zoom).attendance?.({ ...contextOf(zoom), account }, have)).toEqual([]);
  expect(zoom.calls).toEqual([]);
});

test('an error in XML is read like one in JSON, and 401 is about the account whatever its code', () => {
  const xml = '<?xml version="1.0"?><error><code>1001</code><message>User does not exist</message></error>';
  expect(failureOf(new Response(null, { status: 404 }), xml, now)).toMatchObject({
    code: 'config_invalid',
    providerCode: '1001',
  });
  expect(failureOf(new Response(null, { status: 401 }), '{"code":200,"message":"No permission."}', now).code).toBe(
    'auth_expired',
  );
  const scope = '{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:write:meeting:admin]."}';
  expect(failureOf(new Response(null, { status: 400 }), scope, now).code).toBe('scope_missing');
});

test('a token that Zoom never gives again ends in a wish to reconnect', async () => {
  const zoom = fakeZoom();
  zoom.failNext('unauthorised');
  expect(await codeOf(providerOf(zoom).release(contextOf(zoom), { ref: '85', joinUrl: null }))).toBe('auth_expired');
});
