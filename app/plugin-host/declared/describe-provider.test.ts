import { describe, expect, test } from 'vitest';
import { testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { described } from '#tests/fakes/declared.ts';
import { meetingFaults } from '#tests/fakes/meeting-faults.ts';
import { describeProvider } from './describe-provider.ts';
import { sayProblem } from './problem.ts';

/** A provider with a shared link, a token of its own and a report of who was there. */
const acme = `id: meeting-acme
version: 1.0.0
name: Acme
description: Rooms at Acme.
capabilities: { create: idempotent, links: shared, attendance: poll, instant: true }
settings:
  host: { type: host, title: Host, default: rooms.acme.example }
  clientId: { type: text, title: Client ID }
  clientSecret: { type: secret, title: Client secret }
base: https://\${settings.host}/api
auth:
  clientCredentials:
    tokenUrl: https://login.acme.example/token
    id: \${settings.clientId}
    secret: \${settings.clientSecret}
create:
  request: PUT /rooms/\${want.code}
  body: { title: "\${want.title}", starts: "\${want.startsAt}" }
  reply: { ref: reply.id, joinUrl: reply.url }
update: create
release: { request: "DELETE /rooms/\${have.ref}" }
join:
  reply: { url: 'withQuery(have.joinUrl, {"name": who.name})' }
check: { request: GET /me, message: "You are \${reply.name}." }
attendance:
  request: GET /rooms/\${have.ref}/people
  pages: { cursor: reply.?next, param: page }
  list: reply.people
  stay: { key: string(item.person), name: item.name, joinedAt: item.from, leftAt: item.?to }
`;

function acmeServer() {
  const secret = 'canary-client-secret';
  const rooms = new Map<string, boolean>();
  const faults = meetingFaults(secret);
  let token = 0;
  let locked = false;
  let ended = false;
  const stay = (from: string, to: string) => ({ person: 7, name: 'Ana', from, to });
  return {
    settings: { clientId: 'lectern', clientSecret: secret },
    secrets: [secret],
    rooms: () => [...rooms.keys()],
    attend: (ref: string) => rooms.set(ref, true),
    failNext(fault: Parameters<typeof faults.failNext>[0]) {
      locked = fault === 'unauthorised';
      ended = fault === 'token_ended';
      if (!ended && !locked) faults.failNext(fault);
    },
    async fetch(url: URL, init: RequestInit) {
      const method = init.method ?? 'GET';
      if (url.href === 'https://login.acme.example/token') {
        if (new Headers(init.headers).get('authorization') !== `Basic ${btoa(`lectern:${secret}`)}` || locked) {
          return Response.json({ error: 'invalid_client', secret }, { status: 401 });
        }
        expect(init.body).toBe('grant_type=client_credentials');
        return Response.json({ access_token: `t${token}`, expires_in: 3_600 });
      }
      if (ended) token += 1;
      ended = false;
      return faults.answer(method, () => {
        if (new Headers(init.headers).get('authorization') !== `Bearer t${token}`) return Response.json({}, { status: 401 });
        const id = /^\/api\/rooms\/([a-z0-9-]+)$/.exec(url.pathname)?.[1];
        const room = /^\/api\/rooms\/([a-z0-9-]+)\/people$/.exec(url.pathname)?.[1];
        if (method === 'PUT' && id) {
          rooms.set(id, rooms.get(id) ?? false);
          return Response.json({ id, url: `https://rooms.acme.example/${id}` });
        }
        if (method === 'DELETE' && id)
          return rooms.delete(id) ? new Response(null, { status: 204 }) : Response.json({}, { status: 404 });
        if (method === 'GET' && room) {
          if (!rooms.get(room)) return Response.json({ people: [] });
          return url.searchParams.has('page')
            ? Response.json({ people: [stay('2026-03-28T15:30:00Z', '2026-03-28T16:00:00Z')] })
            : Response.json({ people: [stay('2026-03-28T15:00:00Z', '2026-03-28T15:20:00Z')], next: 2 });
        }
        if (url.pathname === '/api/me') return Response.json({ name: 'Elm Tutors' });
        throw new Error(`unexpected request: ${method} ${url}`);
      });
    },
  };
}

testMeetingProvider(described(acme).plugin, acmeServer());

const problems = (source: string) => {
  const found = describeProvider(source);
  return found.ok ? [] : found.problems.map(sayProblem);
};
/** Acme with one line instead of another. */
const withLine = (line: string, other: string) => {
  expect(acme).toContain(line);
  return problems(acme.replace(line, other));
};

describe('a description that can’t be understood is refused, with the line and the reason', () => {
  test.each([
    ['an unknown key', 'name: Acme', 'name: Acme\ncolour: red', 'Line 4: colour is not a key that is known here.'],
    [
      'an unknown key further in',
      'release: { request',
      'release: { verb: GET, request',
      'Line 21: release.verb is not a key that is known here. Known are request, query, headers, body, form, expect.',
    ],
    ['a key twice', 'name: Acme', 'name: Acme\nname: Other', 'Line 4: This key stands here twice.'],
    ['a missing key', 'version: 1.0.0\n', '', 'Line 1: version is missing.'],
    [
      'a missing mapping',
      'reply: { ref: reply.id, joinUrl: reply.url }',
      'reply: { joinUrl: reply.url }',
      'Line 19: create.reply.ref is missing.',
    ],
    [
      'a promise that nothing keeps',
      'reply: { ref: reply.id, joinUrl: reply.url }',
      'reply: { ref: reply.id }',
      'Line 19: create.reply.joinUrl is missing: with links: shared everybody gets that link.',
    ],
    ['a way of its own to look', 'create: idempotent', 'create: reconcile', 'Line 1: find is missing: with create: reconcile'],
    ['an expression that is none', 'ref: reply.id', 'ref: reply.', 'Line 19: create.reply.ref can’t be read:'],
    [
      'a name that is not known',
      'ref: reply.id',
      'ref: answer.id',
      'Line 19: create.reply.ref is wrong: Unknown variable: answer in `answer.id`. Known here: settings, want, now, status, reply.',
    ],
    ['a misspelt field', '${want.title}', '${want.tilte}', 'Line 18: create.body is wrong: No such key: tilte'],
    [
      'a field that is not there',
      '${want.title}',
      '${want.name}',
      'Known here: settings, want, now; want has sessionId, code, title,',
    ],
    [
      'a secret that is written out, or has lost its braces',
      'secret: ${settings.clientSecret}',
      'secret: settings.clientSecret',
      'auth.clientCredentials.secret must take the secret from a setting, like "${settings.clientSecret}".',
    ],
    [
      'a setting that is not there',
      'id: ${settings.clientId}',
      'id: ${settings.client}',
      'auth.clientCredentials.id is wrong: No such key: client',
    ],
    ['a template without its end', '${want.title}', '${want.title', 'Line 18: create.body is wrong: a `${` has no `}`.'],
    [
      'a pattern that could run for ever',
      'ref: reply.id',
      'ref: \'reply.id.matches("(a+)+$") ? "a" : "b"\'',
      'matches() is not taken',
    ],
    [
      'a list in a list',
      'list: reply.people',
      'list: reply.people.map(a, reply.people.filter(b, a == b))',
      'filter() within another such list is not taken',
    ],
    [
      'a method that is none',
      'request: GET /me',
      'request: FETCH /me',
      'Line 24: check.request must be a method and a path below base',
    ],
    [
      'a wrong capability',
      'create: idempotent',
      'create: maybe',
      'Line 5: capabilities.create must be "idempotent", "reconcile", "not_needed".',
    ],
    ['a field of no type', 'type: host', 'type: city', 'Line 7: settings.host.type'],
  ])('%s', (_what, line, other, said) => {
    expect(withLine(line, other).join('\n')).toContain(said);
  });

  test('all problems at once, in the order of the lines', () => {
    const found = problems(acme.replace('ref: reply.id', 'ref: nope').replace('request: GET /me', 'request: "GET /${nope}"'));
    expect(found.map((problem) => problem.split(':')[0])).toEqual(['Line 19', 'Line 24']);
  });

  test.each([
    ['an anchor and its alias', 'a: &a [1]\nb: *a'],
    ['one that holds itself', 'a: &a { b: *a }'],
    [
      'a bomb',
      `a: &a [x, x]\n${'bcdefg'
        .split('')
        .map((name, at) => `${name}: &${name} [${`*${'abcdef'[at]}, `.repeat(9)}]`)
        .join('\n')}`,
    ],
    ['a tag', 'a: !!js/function x'],
    ['a list', '- a'],
    ['nothing', ''],
    ['no YAML', 'a: [1'],
    ['a well', `a: ${'['.repeat(10_000)}`],
    ['a book', `a: ${'x'.repeat(40_000)}`],
  ])('%s', (_what, source) => {
    expect(problems(source).length).toBeGreaterThan(0);
  });
});

describe('the host that is called can’t be led astray', () => {
  test.each([
    ['http://rooms.acme.example', 'must start with https://'],
    ['https://127.0.0.1/api', 'must name a host'],
    ['https://rooms.acme.example:8443/api', 'must name a host'],
    ['https://${settings.clientId}/api', 'settings.clientId must be a setting of the type host'],
    ['https://${settings.host}.evil.example/api', 'must name a host'],
    ['https://a.${settings.host}/api', 'must name a host'],
    ['https://rooms.acme.example/${settings.host}', 'takes no expression but a setting as the whole host'],
  ])('%s', (base, said) => {
    expect(withLine('base: https://${settings.host}/api', `base: ${base}`).join('\n')).toContain(said);
  });

  test('by a setting that is more than a host', () => {
    const { plugin } = described(acme);
    for (const host of [
      'a.example/evil',
      'a.example@b.example',
      '127.0.0.1',
      'localhost',
      'a.example:8443',
      'https://a.example',
    ]) {
      expect(plugin.config.safeParse({ host, clientId: 'a', clientSecret: 'b' }).success, host).toBe(false);
    }
  });

  test('by a value in a path, which stays where it stands', async () => {
    const { plugin } = described(acme);
    const asked: string[] = [];
    const ctx = {
      accessToken: async () => 't',
      now: () => new Date(),
      http: async (url: string) => {
        asked.push(url);
        return Response.json({});
      },
    } as never;
    const provider = plugin.create(plugin.config.parse({ clientId: 'a', clientSecret: 'b' }));
    await provider.release(ctx, { ref: '../admin?x=1#y', joinUrl: null });
    await expect(provider.release(ctx, { ref: '..', joinUrl: null })).rejects.toMatchObject({ code: 'contract_violation' });
    expect(asked).toEqual(['https://rooms.acme.example/api/rooms/..%2Fadmin%3Fx%3D1%23y']);
  });
});
