import type { FakeMeetingServer, MeetingFault } from '#plugins/contract/testing/index.ts';

export type Fault =
  | MeetingFault
  /** Acts, and says nothing until the caller gives up. */
  | 'silent'
  /** 200 with far more than anybody asked for. */
  | 'huge';

export interface FaultyServer extends FakeMeetingServer {
  /** All following calls fail so, until told otherwise. */
  failAlways(fault: Fault | undefined): void;
  calls: { method: string; path: string }[];
  /** When a room's session begins, as the provider was told last. */
  startOf(ref: string): string | undefined;
}

export const apiKey = 'canary-key-5f1d9c';

/** The provider behind `meeting-faulty`: knows its key, its rooms by id and code, and fails on demand. */
export function faultyServer(): FaultyServer {
  const rooms = new Map<string, string>();
  const calls: { method: string; path: string }[] = [];
  let once: MeetingFault | undefined;
  const starts = new Map<string, string>();
  let always: Fault | undefined;
  let made = 0;
  const json = (status: number, body: unknown) => Response.json(body, { status });

  function act(method: string, path: string, body: { code?: string; startsAt?: string }): Response {
    const byCode = /^\/rooms\/by-code\/(.+)$/.exec(path)?.[1];
    const byId = /^\/rooms\/([^/]+)$/.exec(path)?.[1];
    if (method === 'GET' && byCode) {
      const id = [...rooms].find(([, code]) => code === byCode)?.[0];
      return id ? json(200, { id, url: `https://rooms.faulty.example/${id}` }) : json(404, {});
    }
    if (method === 'GET' && path === '/account') return json(200, {});
    if (method === 'POST' && path === '/rooms' && body.code) {
      made += 1;
      const id = `room-${made}`;
      rooms.set(id, body.code);
      starts.set(id, body.startsAt ?? '');
      return json(201, { id, url: `https://rooms.faulty.example/${id}` });
    }
    if (byId && (method === 'PATCH' || method === 'DELETE')) {
      if (!rooms.has(byId)) return json(404, {});
      if (method === 'DELETE') rooms.delete(byId);
      else starts.set(byId, body.startsAt ?? '');
      return new Response(null, { status: 204 });
    }
    throw new Error(`unexpected request: ${method} ${path}`);
  }

  return {
    settings: { apiKey },
    secrets: [apiKey],
    calls,
    rooms: () => [...rooms.keys()],
    startOf: (ref) => starts.get(ref),
    failNext: (fault) => {
      once = fault;
    },
    failAlways: (fault) => {
      always = fault;
    },
    async fetch(url, init) {
      const method = init.method ?? 'GET';
      calls.push({ method, path: url.pathname });
      const authorised = new Headers(init.headers).get('authorization') === `Bearer ${apiKey}`;
      const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
      // A reply is lost after the provider acted: on the call that makes something, not on the look before it.
      const fault = once === 'reply_lost' && method === 'GET' ? undefined : (once ?? always);
      if (fault && fault === once) once = undefined;
      switch (fault) {
        case 'unauthorised':
          return json(401, { message: `the key ${apiKey} was revoked` });
        case 'rate_limited':
          return new Response('', { status: 429, headers: { 'retry-after': '90' } });
        case 'unavailable':
          return new Response('<html>bad gateway</html>', { status: 502 });
        case 'malformed':
          return json(200, { surprise: true });
        case 'html':
          return new Response('<html>Please sign in</html>', { headers: { 'content-type': 'text/html' } });
        case 'half':
          return new Response('{"id": "room-', { headers: { 'content-type': 'application/json' } });
        case 'silent':
          if (method !== 'GET') act(method, url.pathname, body);
          return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
        case 'huge':
          return new Response('x'.repeat(11 * 1024 * 1024));
        case 'reply_lost':
          act(method, url.pathname, body);
          throw new TypeError('fetch failed');
        default:
          return authorised ? act(method, url.pathname, body) : json(401, {});
      }
    },
  };
}
