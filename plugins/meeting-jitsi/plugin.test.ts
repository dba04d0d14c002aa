import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import type { MeetingContext, Participant } from '#plugins/contract/index.ts';
import { meetingAttempt, noServer, testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

const script = 'var JitsiMeetExternalAPI = function () {}';
/** A Jitsi server is asked for nothing but the script that all of them have. */
const jitsi = (settings: Record<string, unknown>, address: string) => ({
  ...noServer(settings),
  fetch: async (url: URL) => (url.href === address ? new Response(script) : new Response('<html>', { status: 404 })),
});
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const APP = 'vpaas-magic-cookie-1fc542a3e4414a44b2611668195e2bfe';
const own = { entry: 'secret', baseUrl: 'https://jitsi.example.org', appId: 'school', appSecret: 'canary-app-secret-0001' };
const jaas = { entry: 'jaas', appId: APP, keyId: '4f4910', privateKey: pem };

testMeetingProvider(plugin, jitsi({}, 'https://meet.jit.si/external_api.js'));
testMeetingProvider(
  plugin,
  jitsi({ baseUrl: 'https://jitsi.example.org/school/' }, 'https://jitsi.example.org/school/external_api.js'),
);
testMeetingProvider(plugin, jitsi(own, 'https://jitsi.example.org/external_api.js'));
testMeetingProvider(plugin, jitsi(jaas, `https://8x8.vc/${APP}/external_api.js`));

const provider = (settings: Record<string, unknown>) => plugin.create(plugin.config.parse(settings));
const now = new Date('2026-03-28T14:52:00Z');
const ctx = { now: () => now } as MeetingContext;
const window = { opensAt: new Date('2026-03-28T14:50:00Z'), closesAt: new Date('2026-03-28T16:00:00Z'), tutor: {} as never };
const ana: Participant = { userId: 'u1', name: 'Ana Núñez', email: 'ana@example.com', role: 'host' };
const mia: Participant = { userId: 'u2', name: 'Mia', email: null, role: 'guest' };
const have = { ref: 'lectern-abc', joinUrl: null };
const linkOf = async (
  settings: Record<string, unknown>,
  who: Participant,
  from = have as { ref: string; joinUrl: string | null },
) => new URL((await provider(settings).joinUrl(ctx, from, who, window, {} as never)) ?? '');

test('a room is named by the session’s unguessable code, on the server of the settings', async () => {
  const want = { code: 'q2w3e4r5t6y7abcdefghijklmn' } as never;
  const made = await provider({ baseUrl: 'https://jitsi.example.org/school/' }).provision(ctx, want, {
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
  const old = { ref: 'lectern-a', joinUrl: 'https://old.example.org/lectern-a' };
  const moved = provider({ baseUrl: 'https://new.example.org' });
  expect(await moved.provision(ctx, { code: 'b' } as never, old)).toMatchObject(old);
  // And no token for the new server is shown to the old one.
  expect((await linkOf(own, ana, old)).href).toMatch(/^https:\/\/old\.example\.org\/lectern-a#userInfo/);
});

test('whoever joins is shown under their name', async () => {
  const luke = { ...mia, name: 'Łukasz "Luke" O’Neil' };
  const url = await linkOf({}, luke, { ref: 'r', joinUrl: 'https://meet.jit.si/r' });
  expect(JSON.parse(decodeURIComponent(url.hash).replace('#userInfo.displayName=', ''))).toBe(luke.name);
});

test('on a server with a secret each gets a token for this room, until the session is over', async () => {
  const url = await linkOf(own, ana);
  expect(url.origin + url.pathname).toBe('https://jitsi.example.org/lectern-abc');
  const secret = new TextEncoder().encode(own.appSecret);
  const expected = { issuer: 'school', audience: 'jitsi', subject: 'jitsi.example.org', currentDate: now };
  const { payload } = await jwtVerify(url.searchParams.get('jwt') ?? '', secret, { ...expected, algorithms: ['HS256'] });
  expect(payload).toMatchObject({
    room: 'lectern-abc',
    context: { user: { id: 'u1', name: 'Ana Núñez', email: 'ana@example.com', moderator: 'true', affiliation: 'owner' } },
  });
  expect(payload.exp).toBe(window.closesAt.getTime() / 1_000 + 300);
  const later = { ...expected, currentDate: new Date('2026-03-28T16:06:00Z') };
  await expect(jwtVerify(url.searchParams.get('jwt') ?? '', secret, later)).rejects.toThrow('exp');
});

test('a student is no moderator, and every value of a user is a text', async () => {
  const token = (await linkOf(own, mia)).searchParams.get('jwt') ?? '';
  const { payload } = await jwtVerify(token, new TextEncoder().encode(own.appSecret), { currentDate: now });
  const { user } = payload.context as { user: Record<string, unknown> };
  expect(user).toEqual({ id: 'u2', name: 'Mia', moderator: 'false', affiliation: 'member' });
});

test('at 8x8 the token names the customer and the key, and its public key verifies it', async () => {
  const url = await linkOf(jaas, ana);
  expect(url.origin + url.pathname).toBe(`https://8x8.vc/${APP}/lectern-abc`);
  const token = url.searchParams.get('jwt') ?? '';
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: `${APP}/4f4910` });
  const expected = { issuer: 'chat', audience: 'jitsi', subject: APP, currentDate: now };
  const { payload } = await jwtVerify(token, publicKey, expected);
  expect(payload).toMatchObject({ room: 'lectern-abc', context: { features: { recording: 'false' } } });
});

test.each([
  ['as its file has it', pem],
  ['in one line, as a form makes of it', pem.replaceAll('\n', '')],
  ['in the older form', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().replaceAll('\n', ' ')],
])('a private key is taken %s', (_how, key) => {
  expect(plugin.config.safeParse({ ...jaas, privateKey: key }).success).toBe(true);
});

test.each([
  ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['half of one', pem.slice(0, 200)],
  ['one of another kind', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
])('as a private key, %s is refused at its field', (_what, key) => {
  const { error } = plugin.config.safeParse({ ...jaas, privateKey: key });
  expect(error?.issues).toMatchObject([{ path: ['privateKey'] }]);
});

test('what is needed depends on who is let in', () => {
  const missing = (settings: unknown) => plugin.config.safeParse(settings).error?.issues.map((issue) => issue.path[0]);
  expect(missing({})).toBeUndefined();
  expect(missing({ entry: 'secret' })).toEqual(['appId', 'appSecret']);
  expect(missing({ entry: 'jaas' })).toEqual(['appId', 'keyId', 'privateKey']);
});

test('the check says where there is no Jitsi', async () => {
  const page = { ...noServer({}), fetch: async () => new Response('<html>A web server</html>') };
  const found = await plugin.check?.(meetingAttempt(plugin, page).context, plugin.config.parse({}));
  expect(found).toEqual({ ok: false, message: 'There is no Jitsi at meet.jit.si: it answers, but not as one.' });
});

test.each(['http://meet.example.com', 'meet.example.com', 'javascript:alert(1)', 'https://'])(
  'the server can’t be %s',
  (baseUrl) => {
    expect(plugin.config.safeParse({ baseUrl }).success).toBe(false);
  },
);
