import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '#app/server/create-app.ts';
import { type Serving, serve } from '#app/server/serve.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { type Deeds, pagesThatCount } from '#tests/fakes/pages.tsx';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const origin = 'http://lectern.test';
const { db } = await testDatabase();
const context = testContext(db);
const deeds: Deeds = { writes: 0 };
let stopping = false;
const serving = await serve(createApp({ context, pages: pagesThatCount(deeds), isStopping: () => stopping }), {
  port: 0,
  host: '127.0.0.1',
});
afterAll(() => serving.stop());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Not fetch: that doesn't let a caller lie about Host, Origin and Sec-Fetch-Site. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; to?: Serving; body?: string } = {}) {
  const { method = 'GET', headers = {}, to = serving, body = method === 'GET' ? undefined : 'name=x' } = options;
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: to.port,
        path,
        method,
        headers: {
          host: 'lectern.test',
          ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } : {}),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

describe('a write from another site is refused before any page sees it', () => {
  const targets = ['/form', '/form?_data=form', '/form.data', '/resource', '/resource?_data=resource', '/resource.data'];
  const lies: Record<string, Record<string, string>> = {
    'a form on another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
    'a form on a sister site': { 'sec-fetch-site': 'same-site', origin: 'http://other.lectern.test' },
    'no word of where it comes from': {},
    'an opaque origin': { origin: 'null' },
    'the same host by another scheme': { origin: 'https://lectern.test' },
    'a forwarded host like its origin': { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' },
    'another host and its origin': { origin: 'http://evil.test', host: 'evil.test' },
  };
  for (const [what, headers] of Object.entries(lies)) {
    it.each(targets)(`${what}: POST %s`, async (path) => {
      const before = deeds.writes;
      const { status } = await ask(path, { method: 'POST', headers });
      expect(status).toBe(403);
      expect(deeds.writes).toBe(before);
    });
  }

  it.each(['PUT', 'PATCH', 'DELETE'])('%s too', async (method) => {
    const before = deeds.writes;
    expect((await ask('/resource', { method, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect(deeds.writes).toBe(before);
  });

  it.each(targets.filter((path) => !path.includes('_data')))('a write from our own page arrives: POST %s', async (path) => {
    const before = deeds.writes;
    const { status } = await ask(path, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', origin } });
    expect(status).toBeLessThan(300);
    expect(deeds.writes).toBe(before + 1);
  });

  it('from an old browser too, behind a proxy that names another host', async () => {
    const before = deeds.writes;
    const { status } = await ask('/form', { method: 'POST', headers: { origin, host: 'internal:3000' } });
    expect(status).toBe(200);
    expect(deeds.writes).toBe(before + 1);
  });

  it('reading is open to a link from anywhere', async () => {
    expect((await ask('/form', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  });
});

describe('every answer', () => {
  it('carries a number of its own, or that of the proxy before us', async () => {
    const [one, two] = await Promise.all([ask('/form'), ask('/form')]);
    expect(one.headers['x-request-id']).toMatch(/^[\w-]{12}$/);
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
    expect((await ask('/form', { headers: { 'x-request-id': 'proxy-12345678' } })).headers['x-request-id']).toBe(
      'proxy-12345678',
    );
    const hostile = await ask('/form', { headers: { 'x-request-id': '"><script>' } });
    expect(hostile.headers['x-request-id']).toMatch(/^[\w-]{12}$/);
  });

  it('lets scripts run by a nonce of its own alone', async () => {
    const [one, two] = await Promise.all([ask('/form'), ask('/form')]);
    const scripts = (answer: Answer) => /script-src ([^;]+)/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '';
    expect(scripts(one)).toMatch(/^'self' 'nonce-[A-Za-z0-9+/=]{24}'$/);
    expect(scripts(one)).not.toBe(scripts(two));
  });

  it('lets other websites show the booking widget alone, and only as the company says', async () => {
    const framing = async (path: string) => {
      const { headers } = await ask(path);
      const ancestors = /frame-ancestors ([^;]+)/.exec(String(headers['content-security-policy']))?.[1];
      return [ancestors, headers['x-frame-options']];
    };
    const rules = (storefront: object) =>
      db
        .updateTable('organisation')
        .set({ scheduling: JSON.stringify({ storefront: { confirm: 'approval', holdMinutes: 10, ...storefront } }) })
        .execute();
    await anOrganisation(db);
    await rules({ enabled: false, embedOrigins: [] });
    expect(await framing('/book/embed')).toEqual(["'none'", 'DENY']);
    await rules({ enabled: true, embedOrigins: [] });
    expect(await framing('/book/embed?program=1')).toEqual(['*', undefined]);
    await rules({ enabled: true, embedOrigins: ['https://www.meadowbrook.test/lessons', 'https://school.test'] });
    expect(await framing('/book/embed')).toEqual(["'self' https://www.meadowbrook.test https://school.test", undefined]);
    for (const path of ['/book', '/form', '/login', '/book/embed/x', '/Book/Embed'])
      expect(await framing(path), path).toEqual(["'none'", 'DENY']);
    const script = await ask('/book/embed.js');
    expect(script.headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect((await ask('/favicon.svg')).headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('keeps the origin of native forms: the referrer policy sends it', async () => {
    expect((await ask('/form')).headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
  });

  it.each(['/form', '/form.data', '/breaks'])('is kept out of caches: %s', async (path) => {
    expect((await ask(path)).headers['cache-control']).toBe('no-store');
  });

  it('says nothing of what serves it', async () => {
    expect((await ask('/form')).headers['x-powered-by']).toBeUndefined();
  });
});

it('a page that breaks shows nothing of why', async () => {
  for (const path of ['/breaks', '/breaks.data']) {
    const { status, text, headers } = await ask(path);
    expect(status).toBe(500);
    expect(text).not.toContain('hunter2');
    expect(headers['x-request-id']).toBeTruthy();
  }
});

it.each(['/form?q=%00', '/form/%00', '/form/%E0%A4%A'])(
  'an address that can’t be read is the asker’s mistake: %s',
  async (path) => {
    const { status, text } = await ask(path);
    expect([status, text]).toEqual([400, 'This address can’t be read. Check how it is written.\n']);
  },
);

it('a form is read only as long as a form may be, and says how long it is', async () => {
  const before = deeds.writes;
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin' };
  const claimed = (headers: Record<string, string>) =>
    ask('/form', { method: 'POST', headers: { ...form, ...headers }, body: '' });
  expect((await claimed({ 'content-length': String(5 * 1024 * 1024) })).status).toBe(413);
  expect((await claimed({ 'transfer-encoding': 'chunked' })).status).toBe(411);
  expect(deeds.writes).toBe(before);
});

it.each(['application/json', 'text/plain', 'multipart/form-data'])(
  'a body that is no form, %s, reaches no page',
  async (type) => {
    const before = deeds.writes;
    const headers = { 'content-type': type, origin, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/form', { method: 'POST', headers, body: '{}' })).status).toBe(415);
    expect(deeds.writes).toBe(before);
  },
);

it('a form with files is taken by the pages that have one, up to the largest file, and says how long it is', async () => {
  const form = { 'content-type': 'multipart/form-data; boundary=x', origin, 'sec-fetch-site': 'same-origin' };
  const sent = async (path: string, headers: Record<string, string>) =>
    (await ask(path, { method: 'POST', headers: { ...form, ...headers }, body: '' })).status;
  expect(await sent('/office/files/new', { 'content-length': String(26 * 1024 * 1024) })).toBe(413);
  expect(await sent('/office/files/new', { 'transfer-encoding': 'chunked' })).toBe(411);
  expect([413, 411, 415]).not.toContain(await sent('/office/files/new', {}));
  for (const other of ['/login', '/office/files/new/../../login', '/office/settings/files', '/book'])
    expect([other, await sent(other, {})]).toEqual([other, 415]);
});

it('a per cent sign that was typed into a search is read', async () => {
  expect((await ask('/form?q=100%25+%2500')).status).toBe(200);
});

it('the whiteboard’s fonts come from us, and nothing else of its package does', async () => {
  const folder = 'node_modules/@excalidraw/excalidraw/dist/prod/fonts/Excalifont';
  const [font] = readdirSync(folder);
  const { status, headers } = await ask(`/excalidraw/fonts/Excalifont/${font}`);
  expect([status, headers['content-type']]).toEqual([200, 'font/woff2']);
  expect(headers['content-security-policy']).toContain("connect-src 'self' ws://lectern.test;");
  for (const path of ['/excalidraw/fonts/Excalifont/', '/excalidraw/fonts/%2e%2e/index.js', '/excalidraw/fonts/gone.woff2']) {
    expect((await ask(path)).status).toBe(404);
  }
});

it('a browser asks each time whether there is another service worker, and runs it for all of the site', async () => {
  const { status, headers } = await ask('/sw.js');
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/javascript/);
  expect(headers['cache-control']).toBe('no-cache');
  expect((await ask('/offline.html')).headers['content-security-policy']).toContain("script-src 'self'");
});

it('a file that was built and is gone is 404, not a page', async () => {
  const { status, headers } = await ask('/assets/gone-1234.js');
  expect(status).toBe(404);
  expect(headers['content-type']).toMatch('text/plain');
});

describe('health', () => {
  it('/healthz answers without the database', async () => {
    const query = vi.spyOn(context.db, 'selectFrom');
    const { status, text, headers } = await ask('/healthz');
    expect([status, text]).toEqual([200, 'ok\n']);
    expect(headers['set-cookie']).toBeUndefined();
    expect(query).not.toHaveBeenCalled();
  });

  it('/readyz names what it looked at', async () => {
    await sql`create schema if not exists pgboss`.execute(db);
    await sql`create table if not exists pgboss.job (name text, state text)`.execute(db);
    const { status, text } = await ask('/readyz');
    expect(status).toBe(200);
    expect(Object.keys(JSON.parse(text).checks)).toEqual(['database', 'migrations', 'queue', 'plugins']);
  });

  it('/readyz asks the plugins once for many who ask at once', async () => {
    const fresh = await serve(createApp({ context, pages: pagesThatCount(deeds) }), { port: 0, host: '127.0.0.1' });
    const asked = vi.spyOn(context.plugins, 'readiness');
    await Promise.all(Array.from({ length: 20 }, () => ask('/readyz', { to: fresh })));
    expect(asked).toHaveBeenCalledTimes(1);
    await fresh.stop();
  });

  it('/readyz says no when a migration has not run', async () => {
    const { name } = await sql<{ name: string }>`delete from schema_migration returning name`
      .execute(db)
      .then(({ rows }) => rows[0] as { name: string });
    const fresh = await serve(createApp({ context, pages: pagesThatCount(deeds) }), { port: 0, host: '127.0.0.1' });
    const { status, text } = await ask('/readyz', { to: fresh });
    await fresh.stop();
    await sql`insert into schema_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(db);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ ready: false, checks: { database: { ok: true }, migrations: { ok: false } } });
  });

  it('/readyz says no while the process stops, so that nobody is sent here any more', async () => {
    stopping = true;
    const { status, text } = await ask('/readyz');
    stopping = false;
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ ready: false, stopping: true });
  });
});

describe('serving', () => {
  it('a port that is taken is named, with another to try', async () => {
    const again = serve(() => {}, { port: serving.port, host: '127.0.0.1' });
    await expect(again).rejects.toThrow(`Port ${serving.port} is taken by another program. Stop it, or choose one: PORT=`);
  });

  it('stopping answers the request under way and takes no other', async () => {
    const arrived = Promise.withResolvers<void>();
    const mayAnswer = Promise.withResolvers<void>();
    const slow = await serve(
      async (_req, res) => {
        arrived.resolve();
        await mayAnswer.promise;
        res.end('done');
      },
      { port: 0, host: '127.0.0.1' },
    );
    const answer = ask('/', { to: slow });
    await arrived.promise;
    const stopped = slow.stop();
    await expect(ask('/', { to: slow })).rejects.toThrow('ECONNREFUSED');
    mayAnswer.resolve();
    expect((await answer).text).toBe('done');
    await stopped;
  });
});
