import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_SCOPES, type ApiScope } from '#app/auth/api-scopes.ts';
import { createApiKey } from '#app/domain/api/create-api-key.server.ts';
import { forgetAnswers } from '#app/domain/api/forget-answers.server.ts';
import { revokeApiKey } from '#app/domain/api/revoke-api-key.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import type { OpenApi } from '#app/routes/api-endpoints/open-api.ts';
import { OPERATIONS } from '#app/routes/api-endpoints/operations.server.ts';
import { aClient, aCustomField, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { readRoutes, serverOf } from './routes/server-build.ts';

const { db } = await testDatabase({ max: 20 });
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
await anOrganisation(db);
const { build, infos } = await readRoutes();
const errors: unknown[] = [];
const server = serverOf(build, errors);
const system = { userId: null, kind: 'system' } as const;

const maths = await aSubject(db, { name: 'Maths' });
const group = await aProgram(db, { name: 'Group', kind: 'group', capacity: 6 });
const tutor = await aTutor(db, {
  firstName: 'Tess',
  lastName: 'Marsh',
  subjectIds: [maths.id],
  notes: 'SECRET of the tutor',
  email: 'tess@secret.test',
});
const client = await aClient(db, { name: 'Paul Parent', email: 'paul@secret.test', phone: '+353 1 555 0101' });
const anna = await aStudent(db, { clientId: client.id, firstName: 'Anna', lastName: 'Parent', notes: 'SECRET of Anna' });
const ben = await aStudent(db, { firstName: 'Ben', lastName: 'Other' });
await aRate(db, { side: 'pay', amountPerHour: 2765n });

async function aKey(scopes: readonly ApiScope[] = API_SCOPES, expiresAt: Date | null = null) {
  const id = randomUUID();
  const { key } = await createApiKey(db, ctx, system, { id, name: 'Website', scopes, expiresAt });
  return { id, key };
}
const full = await aKey();

interface Ask {
  key?: string | null;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}
let asked = 0;

async function call(path: string, { key = full.key, method, body, headers = {} }: Ask = {}) {
  asked++;
  const init: RequestInit = {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const context = { ...ctx, requestId: `r${asked}`, cspNonce: '', clientIp: `198.51.${asked >> 8}.${asked & 255}` };
  const response = await server(new Request(`http://lectern.test/api/v1${path}`, init), context as AppLoadContext);
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: JSON.parse(text === '' ? 'null' : text), text };
}

const booking = (wallStart: string, over: Record<string, unknown> = {}) => ({
  tutorId: tutor.id,
  studentIds: [anna.id],
  programId: group.id,
  subjectId: maths.id,
  wallStart,
  durationMinutes: 60,
  mode: 'in_person',
  location: 'Room 4',
  plan: 'SECRET plan',
  ...over,
});
const book = async (wallStart: string, over: Record<string, unknown> = {}) => {
  const answer = await call('/sessions', { body: booking(wallStart, over) });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.json as { id: string; version: number };
};
const sessionsAt = async (wallStart: string) =>
  (await db.selectFrom('session').select('id').where('wallStart', '=', wallStart).execute()).length;

describe('a key', () => {
  it('is kept as a hash, and is refused when there is none, when it is wrong, over or taken back', async () => {
    expect(JSON.stringify(await db.selectFrom('apiKey').selectAll().execute())).not.toContain(full.key);
    const over = await aKey(API_SCOPES, new Date('2026-03-02T09:00:00Z'));
    const gone = await aKey();
    await revokeApiKey(db, ctx, system, { keyId: gone.id });
    for (const key of [null, `${full.key}x`, over.key, gone.key]) {
      const answer = await call('/tutors', { key });
      expect([answer.status, answer.json.code, answer.headers.get('WWW-Authenticate')]).toEqual([
        401,
        'unauthorized',
        'Bearer realm="Lectern"',
      ]);
    }
    expect((await call('/tutors')).status).toBe(200);
  });

  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s is refused without a key and without its scope',
    async (_, operation) => {
      const path = operation.path.replace('{id}', randomUUID());
      const ask: Ask = operation.method === 'GET' ? {} : { body: {} };
      expect((await call(path, { ...ask, key: null })).status).toBe(401);
      const others = await aKey(API_SCOPES.filter((scope) => scope !== operation.scope));
      const answer = await call(path, { ...ask, key: others.key });
      expect([answer.status, answer.json.code]).toEqual([403, 'insufficient_scope']);
    },
  );

  it('has additional fields by their keys with the names of choices, as schedulers see them and for keys that read notes', async () => {
    const choices = [
      { id: 'a', label: 'Art', archived: false },
      { id: 'b', label: 'Sport', archived: true },
    ];
    const likes = await aCustomField(db, { key: 'likes_most', type: 'choices', choices });
    const pet = await aCustomField(db, { key: 'pet', type: 'choice', choices });
    const age = await aCustomField(db, { key: 'age', type: 'number' });
    const hidden = await aCustomField(db, { key: 'hidden', seenBy: [], editedBy: [] });
    const patch = { [likes.id]: ['a', 'b'], [pet.id]: 'b', [age.id]: 9.5, [hidden.id]: 'CANARY' };
    await saveCustom(db, system, { entity: 'student', id: anna.id, patch });
    const { json, text } = await call(`/students/${anna.id}`);
    expect(json.custom).toEqual({ likes_most: ['Art', 'Sport'], pet: 'Sport', age: 9.5 });
    expect(text).not.toContain('CANARY');
    const narrow = await aKey(API_SCOPES.filter((scope) => scope !== 'notes:read'));
    expect((await call(`/students/${anna.id}`, { key: narrow.key })).json).not.toHaveProperty('custom');
  });

  it('sees no address, no private note and no pay without the scope for it', async () => {
    const { id } = await book('2026-03-03T09:00');
    const narrow = await aKey(API_SCOPES.filter((scope) => scope !== 'contacts:read' && scope !== 'notes:read'));
    const paths = ['/tutors', `/tutors/${tutor.id}`, '/students', `/students/${anna.id}`, '/sessions', `/sessions/${id}`];
    for (const path of paths) {
      const { text } = await call(path, { key: narrow.key });
      expect(text).not.toMatch(/SECRET|secret\.test|555 0101|2765|buffer|pay/);
    }
    const wide = await Promise.all(paths.map(async (path) => (await call(path)).text));
    expect(wide.join()).toMatch(/SECRET plan/);
    expect(wide.join()).toMatch(/SECRET of Anna/);
    expect(wide.join()).toMatch(/555 0101/);
    expect(wide.join()).not.toContain('2765');
  });

  it('is told how many calls it has left, and to wait when there are none', async () => {
    const key = await aKey();
    const first = await call('/programs', { key: key.key });
    expect(first.headers.get('RateLimit-Policy')).toBe('"key";q=600;w=60');
    expect(first.headers.get('RateLimit')).toMatch(/^"key";r=599;t=\d+$/);
    await db.updateTable('rateLimit').set({ points: 600 }).where('key', 'like', 'apiKey:%').execute();
    const answer = await call('/programs', { key: key.key });
    expect([answer.status, answer.json.code]).toEqual([429, 'rate_limited']);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    await db.deleteFrom('rateLimit').execute();
  });

  it('leaves its name in the log of what it did', async () => {
    const { id } = await book('2026-03-03T11:00');
    expect(await listAudit(db, { subjectType: 'session', subjectId: id })).toMatchObject([
      { action: 'session.book', by: 'Website (API)' },
    ]);
    const row = await db.selectFrom('auditLog').selectAll().where('sessionId', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ actorKind: 'api', actorApiKeyId: full.id, actorUserId: null });
  });
});

describe('a list', () => {
  it('comes in pages that lose and repeat nothing while others are added', async () => {
    const before = await Promise.all(['07', '08', '09', '10', '11'].map((hour) => book(`2026-04-01T${hour}:00`)));
    const range = 'from=2026-04-01T00:00:00Z&to=2026-04-02T00:00:00Z';
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await call(`/sessions?${range}&limit=2${cursor}`);
      seen.push(...json.data.map((session: { id: string }) => session.id));
      cursor = json.next === null ? '' : `&cursor=${json.next}`;
      // Before the place the list has come to, so on no page any more.
      if (seen.length === 2) await book('2026-04-01T05:00');
    } while (cursor);
    expect(seen).toEqual(before.map((session) => session.id));
  });

  it('is narrowed by what is asked for; people’s lists turn pages too', async () => {
    const { id } = await book('2026-04-03T09:00', { studentIds: [ben.id] });
    const range = 'from=2026-04-03T00:00:00Z';
    expect((await call(`/sessions?${range}&studentId=${ben.id}`)).json.data.map((one: { id: string }) => one.id)).toContain(id);
    expect((await call(`/sessions?${range}&to=2026-04-04T00:00:00Z&studentId=${anna.id}`)).json.data).toEqual([]);
    expect((await call(`/sessions?${range}&status=cancelled`)).json.data).toEqual([]);
    const first = (await call('/students?limit=1')).json;
    const second = (await call(`/students?limit=1&cursor=${first.next}`)).json;
    expect([first.data[0].id, second.data[0].id]).toEqual([anna.id, ben.id]);
  });

  it('refuses a cursor of another list or none at all, and parameters it doesn’t know', async () => {
    const { next } = (await call('/students?limit=1')).json;
    for (const cursor of [next, 'nonsense', Buffer.from('["sessions","x","y"]').toString('base64url')]) {
      expect([(await call(`/sessions?cursor=${cursor}`)).json.code]).toEqual(['invalid_cursor']);
    }
    const answer = await call('/sessions?tutor=1&limit=1000');
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_value']);
    expect(answer.json.errors.map((error: { field: string }) => error.field).sort()).toEqual(['limit', 'tutor']);
  });
});

describe('booking', () => {
  it('lists slots that can be booked, and books one', async () => {
    await db.insertInto('availabilityRule').values({ tutorId: tutor.id, weekday: 3, startMinute: 600, endMinute: 720 }).execute();
    const query = `programId=${group.id}&durationMinutes=60&fromDate=2026-05-06&toDate=2026-05-07&mode=in_person&tutorId=${tutor.id}`;
    const { json } = await call(`/slots?${query}&limit=2`);
    expect(json.data[0]).toMatchObject({ tutorId: tutor.id, wallStart: '2026-05-06T10:00', zone: 'Europe/Dublin' });
    const more = (await call(`/slots?${query}&limit=100&cursor=${json.next}`)).json;
    expect(more.data[0].wallStart > json.data[1].wallStart).toBe(true);
    const made = await call('/sessions', { body: booking(json.data[0].wallStart) });
    expect([made.status, made.json.warnings, made.headers.get('Location')]).toEqual([
      201,
      [],
      `/api/v1/sessions/${made.json.id}`,
    ]);
    expect((await call(`/slots?${query}`)).json.data.map((slot: { wallStart: string }) => slot.wallStart)).not.toContain(
      '2026-05-06T10:00',
    );
    const outside = await call('/sessions', { body: booking('2026-05-06T15:00') });
    expect(outside.json.warnings).toMatchObject([{ code: 'outside_availability', severity: 'warning' }]);
    await db.deleteFrom('availabilityRule').execute();
  });

  it('refuses what the page refuses, with its codes and with what it clashes with (Easy!Appointments 1783)', async () => {
    const { id } = await book('2026-05-12T10:00');
    const clash = await call('/sessions', { body: booking('2026-05-12T10:30', { studentIds: [ben.id] }) });
    expect(clash.headers.get('Content-Type')).toBe('application/problem+json');
    expect(clash.json).toMatchObject({
      status: 409,
      code: 'tutor_conflict',
      type: `${ctx.config.origin}/api/v1/docs#code-tutor_conflict`,
      problems: [{ code: 'tutor_conflict', severity: 'blocking', sessions: [{ id }] }],
    });
    for (const [over, code] of [
      [{ wallStart: '2026-03-29T01:30' }, 'nonexistent_time'],
      [{ wallStart: '2026-05-13T10:07' }, 'off_grid'],
      [{ tutorId: randomUUID() }, 'unknown_reference'],
      [{ durationMinutes: 0 }, 'invalid_value'],
      [{ wallStart: '2026-02-30T10:00' }, 'invalid_value'],
    ] as const) {
      const answer = await call('/sessions', { body: booking('2026-05-13T10:00', over) });
      expect([answer.status, answer.json.code]).toEqual([400, code]);
    }
  });

  it('takes no field it doesn’t know, no other type of body, no broken and no endless one', async () => {
    const unknown = await call('/sessions', { body: booking('2026-05-14T10:00', { payRateOverride: 1 }) });
    expect([unknown.status, unknown.json.errors]).toEqual([
      400,
      [{ field: 'payRateOverride', message: 'This field is not known here.' }],
    ]);
    const form = await call('/sessions', { body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    expect([form.status, form.json.code]).toEqual([415, 'unsupported_media_type']);
    const broken = await call('/sessions', { body: '{"tutorId":' });
    expect([broken.status, broken.json.code]).toEqual([400, 'invalid_json']);
    const long = await call('/sessions', { body: `"${'x'.repeat(300_000)}"` });
    expect([long.status, long.json.code]).toEqual([413, 'too_large']);
    const zero = await call('/sessions', { body: booking('2026-05-14T10:00', { title: 'a\u0000b' }) });
    expect([zero.status, zero.json.code]).toEqual([400, 'invalid_value']);
    expect(await sessionsAt('2026-05-14T10:00')).toBe(0);
  });

  it('moves; with a stale version it says what was read and what is now', async () => {
    const { id, version } = await book('2026-05-15T10:00');
    const moved = await call(`/sessions/${id}/move`, { body: { version, wallStart: '2026-05-15T12:00', durationMinutes: 60 } });
    expect(moved.json).toMatchObject({
      id,
      version: version + 1,
      wallStart: '2026-05-15T12:00',
      startsAt: '2026-05-15T11:00:00.000Z',
    });
    const stale = await call(`/sessions/${id}/move`, { body: { version, wallStart: '2026-05-15T15:00', durationMinutes: 60 } });
    expect(stale.json).toMatchObject({
      status: 409,
      code: 'conflict',
      yours: { version, startsAt: '2026-05-15T09:00:00.000Z' },
      current: { version: version + 1, startsAt: '2026-05-15T11:00:00.000Z' },
    });
    const late = await call(`/sessions/${id}/cancel`, { body: { version, by: 'office' } });
    expect([late.status, late.json.code, late.json.current.version]).toEqual([409, 'conflict', version + 1]);
  });

  it('cancels once, and closes out as planned', async () => {
    const { id } = await book('2026-05-18T10:00');
    expect((await call(`/sessions/${id}/cancel`, { body: { by: 'client', reason: 'ill' } })).json.status).toBe('cancelled');
    const again = await call(`/sessions/${id}/cancel`, { body: { by: 'client' } });
    expect([again.status, again.json.code]).toEqual([409, 'already_done']);
    const taught = await book('2026-05-18T12:00');
    const closed = await call(`/sessions/${taught.id}/close-out`, {
      body: { notes: 'Fractions', privateNote: 'SECRET', attendance: [{ studentId: anna.id, outcome: 'attended' }] },
    });
    expect(closed.json).toMatchObject({
      attendance: [{ outcome: 'attended' }],
      closeOut: { actualStartsAt: '2026-05-18T11:00:00.000Z', actualMinutes: 60, notes: 'Fractions', privateNote: 'SECRET' },
    });
    const nobody = await call(`/sessions/${taught.id}/close-out`, { body: { attendance: [] } });
    expect([nobody.status, nobody.json.code]).toEqual([400, 'invalid_value']);
  });
});

describe('an Idempotency-Key', () => {
  const once = (name: string) => ({ 'Idempotency-Key': name });

  it('does a write once, and answers the same again, refusals too', async () => {
    const body = booking('2026-06-01T10:00');
    const first = await call('/sessions', { body, headers: once('a') });
    const again = await call('/sessions', { body, headers: once('a') });
    expect([again.status, again.json, again.headers.get('Idempotent-Replayed')]).toEqual([201, first.json, 'true']);
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
    expect(await sessionsAt('2026-06-01T10:00')).toBe(1);
    const refused = await call('/sessions', { body: booking('2026-06-01T10:30', { studentIds: [ben.id] }), headers: once('b') });
    await db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', first.json.id).execute();
    const still = await call('/sessions', { body: booking('2026-06-01T10:30', { studentIds: [ben.id] }), headers: once('b') });
    expect([still.status, still.json]).toEqual([409, refused.json]);
    expect(still.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it('also when both arrive at once', async () => {
    const body = booking('2026-06-02T10:00');
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('/sessions', { body, headers: once('c') })));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await sessionsAt('2026-06-02T10:00')).toBe(1);
  });

  it('for another write is refused; another key may use the same name', async () => {
    await call('/sessions', { body: booking('2026-06-03T10:00'), headers: once('d') });
    const other = await call('/sessions', { body: booking('2026-06-03T12:00'), headers: once('d') });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
    const { key } = await aKey();
    expect((await call('/sessions', { key, body: booking('2026-06-03T12:00'), headers: once('d') })).status).toBe(201);
  });

  it('can be used again after a failure of ours, which left nothing behind', async () => {
    const body = booking('2026-06-04T10:00');
    const { enqueue } = ctx;
    ctx.enqueue = async () => {
      throw new Error('the queue is away');
    };
    const failed = await call('/sessions', { body, headers: once('e') });
    ctx.enqueue = enqueue;
    expect([failed.status, failed.json.code]).toEqual([500, 'internal']);
    expect(failed.text).not.toContain('queue is away');
    expect(await sessionsAt('2026-06-04T10:00')).toBe(0);
    expect((await call('/sessions', { body, headers: once('e') })).status).toBe(201);
  });

  it('is forgotten after a week', async () => {
    const count = async () => (await db.selectFrom('apiIdempotency').select('key').execute()).length;
    expect(await count()).toBeGreaterThan(0);
    await forgetAnswers(db, { clock: () => new Date() });
    expect(await count()).toBeGreaterThan(0);
    await forgetAnswers(db, { clock: () => new Date(Date.now() + 8 * 86_400_000) });
    expect(await count()).toBe(0);
  });
});

describe('what is not there', () => {
  it('is 404 as a problem, whether an id of nothing, no id at all or no address; another method is 405', async () => {
    for (const path of [`/tutors/${randomUUID()}`, '/tutors/1', `/sessions/${randomUUID()}`, '/nothing', '/sessions/x/y/z']) {
      const answer = await call(path);
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'not_found']);
    }
    const move = await call(`/sessions/${randomUUID()}/move`, {
      body: { version: 1, wallStart: '2026-07-01T10:00', durationMinutes: 60 },
    });
    expect([move.status, move.json.code]).toEqual([404, 'not_found']);
    const method = await call('/tutors', { method: 'DELETE' });
    expect([method.status, method.headers.get('Allow')]).toEqual([405, 'GET']);
    const read = await call(`/sessions/${randomUUID()}/move`);
    expect([read.status, read.headers.get('Allow')]).toEqual([405, 'POST']);
    expect(errors).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('names every route of the API and no other', async () => {
    const document = (await call('/openapi.json')).json as OpenApi;
    const routes = infos
      .map((route) => route.path)
      .filter(
        (path) =>
          path.startsWith('/api/v1/') && !path.endsWith('/*') && !path.endsWith('/openapi.json') && !path.endsWith('/docs'),
      );
    expect(
      Object.keys(document.paths)
        .map((path) => `/api/v1${path}`.replace('{id}', ':id'))
        .sort(),
    ).toEqual(routes.sort());
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.schemas.CreateSession).toMatchObject({
      additionalProperties: false,
      required: expect.arrayContaining(['tutorId']),
    });
  });

  it('what is answered is what it says, problems too', async () => {
    const document = (await call('/openapi.json')).json as OpenApi;
    // A reader of JSON Schema that knows nothing of the schemas the document was made of.
    const schemaOf = (path: string, method: string, status: number) => {
      const content = Object.values(document.paths[path]?.[method]?.responses[status]?.content ?? {})[0];
      const text = JSON.stringify({ ...content?.schema, $defs: document.components.schemas }).replaceAll(
        '#/components/schemas/',
        '#/$defs/',
      );
      return z.fromJSONSchema(JSON.parse(text));
    };
    const made = await book('2026-08-03T10:00');
    const from = `programId=${group.id}&durationMinutes=60&fromDate=2026-08-05&toDate=2026-08-06&mode=in_person`;
    const asks: [string, string, string, Ask?][] = [
      ['/tutors', 'get', '/tutors'],
      ['/tutors/{id}', 'get', `/tutors/${tutor.id}`],
      ['/students', 'get', '/students'],
      ['/students/{id}', 'get', `/students/${anna.id}`],
      ['/programs', 'get', '/programs'],
      ['/programs/{id}', 'get', `/programs/${group.id}`],
      ['/slots', 'get', `/slots?${from}`],
      ['/sessions', 'get', '/sessions?limit=100'],
      ['/sessions/{id}', 'get', `/sessions/${made.id}`],
      ['/sessions/{id}', 'get', `/sessions/${randomUUID()}`],
      ['/sessions', 'post', '/sessions', { body: booking('2026-08-04T10:00') }],
      ['/sessions', 'post', '/sessions', { body: booking('2026-08-04T10:30', { studentIds: [ben.id] }) }],
      ['/sessions', 'post', '/sessions', { body: {} }],
      [
        '/sessions/{id}/move',
        'post',
        `/sessions/${made.id}/move`,
        { body: { version: 1, wallStart: '2026-08-03T12:00', durationMinutes: 60 } },
      ],
      [
        '/sessions/{id}/close-out',
        'post',
        `/sessions/${made.id}/close-out`,
        { body: { attendance: [{ studentId: anna.id, outcome: 'attended' }] } },
      ],
      ['/sessions/{id}/cancel', 'post', `/sessions/${made.id}/cancel`, { body: { by: 'office' } }],
    ];
    for (const [path, method, at, ask] of asks) {
      const answer = await call(at, ask);
      const read = schemaOf(path, method, answer.status).safeParse(answer.json);
      expect([method, at, answer.status, read.error?.issues ?? []]).toEqual([method, at, answer.status, []]);
    }
    const wrong = schemaOf('/sessions/{id}', 'get', 200).safeParse({ id: 'x' });
    expect(wrong.success).toBe(false);
  });
});

it('a booking of the office stands in the API’s list at once', async () => {
  const { sessionId } = await bookSession(db, ctx, system, { ...booking('2026-09-01T10:00'), mode: 'in_person', billable: true });
  expect((await call(`/sessions/${sessionId}`)).json).toMatchObject({
    id: sessionId,
    status: 'scheduled',
    tutor: { name: 'Tess Marsh' },
  });
});
