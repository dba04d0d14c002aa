import type { RequestListener } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { isPluginError } from '#plugins/contract/index.ts';
import { certificate, httpsServer } from '#tests/fakes/https-server.ts';
import { guardedFetch } from './guarded-fetch.server.ts';
import { MOST_BYTES, pluginHttp } from './plugin-http.server.ts';
import { isPublicAddress } from './public-address.ts';

let answer: RequestListener = (_req, res) => res.end('{}');
const server = await httpsServer((req, res) => answer(req, res));
afterAll(() => server.close());

const host = `provider.test:${server.port}`;
let addresses = ['127.0.0.1'];
let asked = 0;
// Names become what the test says, as a name server in a stranger's hands would do it.
const resolve = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) => {
  asked += 1;
  const address = addresses[Math.min(asked - 1, addresses.length - 1)] ?? '';
  done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
}) as never;

const call = (url: string, init: RequestInit = {}, { anywhere = true, ms = 5_000 } = {}) => {
  const isPublic = anywhere ? () => true : isPublicAddress;
  const fetch = guardedFetch({ resolve, ca: certificate, isPublic });
  return pluginHttp({ hosts: [new URL(url).host], signal: AbortSignal.timeout(ms), fetch })(url, init);
};
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'it went through',
    (error) => (isPluginError(error) ? `${error.code}: ${error.publicMessage}` : String(error)),
  );

describe('over a real connection', () => {
  test('what is asked arrives, and what is answered comes back', async () => {
    answer = async (req, res) => {
      const body = await new Response(req as never).text();
      res.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
      res.end(JSON.stringify({ method: req.method, url: req.url, key: req.headers['x-key'], body }));
    };
    const reply = await call(`https://${host}/rooms?a=1`, { method: 'POST', headers: { 'x-key': 'k' }, body: '{"é":1}' });
    expect(reply.status).toBe(201);
    expect(await reply.json()).toEqual({ method: 'POST', url: '/rooms?a=1', key: 'k', body: '{"é":1}' });
    expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('an answer without a body is one', async () => {
    answer = (_req, res) => res.writeHead(204).end();
    expect((await call(`https://${host}/rooms/1`, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('an inner address is never connected to', () => {
  test.each(['127.0.0.1', '::1', '10.0.0.8', '169.254.169.254', '::ffff:192.168.0.1'])(
    'when the name leads to %s',
    async (address) => {
      addresses = [address];
      asked = 0;
      const said = await failure(call('https://provider.test/', {}, { anywhere: false }));
      expect(said).toBe(`unsupported: provider.test leads to the inner address ${address}, which no plugin may call.`);
    },
  );

  test('when the name led elsewhere a moment ago', async () => {
    addresses = ['93.184.216.34', '127.0.0.1'];
    // Looked at once by somebody else.
    asked = 1;
    expect(await failure(call(`https://${host}/`, {}, { anywhere: false }))).toContain('inner address 127.0.0.1');
    addresses = ['127.0.0.1'];
  });

  test.each(['127.0.0.1', '2130706433', '0177.0.0.1', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'])(
    'however it is written: %s',
    async (written) => {
      expect(await failure(call(`https://${written}/`, {}, { anywhere: false }))).toMatch(/^unsupported: .*inner address/);
    },
  );

  test('by way of a redirect', async () => {
    answer = (_req, res) => res.writeHead(302, { location: 'https://127.0.0.1/' }).end();
    expect(await failure(call(`https://${host}/`))).toMatch(/^contract_violation: .* sends the call elsewhere/);
  });
});

describe('an answer', () => {
  test('of more than 10 MB is given up while it comes in', async () => {
    let sent = 0;
    answer = (_req, res) => {
      const piece = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (!res.destroyed && sent < 100) {
          sent += 1;
          if (!res.write(piece)) return void res.once('drain', more);
        }
        res.end();
      };
      more();
    };
    expect(await failure(call(`https://${host}/`))).toMatch(/^contract_violation: .* more than 10 MB/);
    expect(sent * 1024 * 1024).toBeLessThan(3 * MOST_BYTES);
  });

  test('that never comes, or never ends, is waited for no longer than the call may take', async () => {
    for (const silence of [() => undefined, (_req: unknown, res: { write(text: string): void }) => res.write('{"id":')]) {
      answer = silence as never;
      expect(await failure(call(`https://${host}/`, { method: 'POST' }, { ms: 150 }))).toMatch(/^outcome_unknown: /);
      expect(await failure(call(`https://${host}/`, {}, { ms: 150 }))).toMatch(/^unavailable: .* did not answer in time/);
    }
  });

  test('lost after the request was there leaves open whether it acted', async () => {
    answer = (req) => req.socket.destroy();
    expect(await failure(call(`https://${host}/`, { method: 'POST', body: '{}' }))).toMatch(/^outcome_unknown: /);
    expect(await failure(call(`https://${host}/`))).toMatch(/^unavailable: /);
  });

  test('of nobody is no answer: nothing was asked', async () => {
    const nobody = await httpsServer(() => undefined);
    nobody.close();
    expect(await failure(call(`https://provider.test:${nobody.port}/`, { method: 'POST', body: '{}' }))).toMatch(
      /^unavailable: /,
    );
  });

  test('of somebody who can’t prove the name is not heard, and nothing is told', async () => {
    let heard = 0;
    answer = (_req, res) => {
      heard += 1;
      res.end();
    };
    const fetch = guardedFetch({ resolve, isPublic: () => true });
    const http = pluginHttp({ hosts: [host], signal: AbortSignal.timeout(5_000), fetch });
    expect(await failure(http(`https://${host}/`, { method: 'POST', body: 'secret' }))).toMatch(/^unavailable: /);
    expect(heard).toBe(0);
  });
});
