import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';

const file = (name: string) => readFileSync(new URL(`../../public/${name}`, import.meta.url));
const source = file('sw.js').toString();

interface Asked {
  method?: string;
  mode?: string;
  url: string;
}

/** The service worker in a browser of ours; what it would answer with, undefined where it leaves the request to the browser. */
function browser(online: boolean) {
  const listeners: Record<string, (event: unknown) => void> = {};
  const caches = new Map<string, Map<string, string>>([['offline-of-before', new Map()]]);
  const deleted: string[] = [];
  const self = {
    location: { origin: 'https://lectern.test' },
    skipWaiting: vi.fn(),
    registration: {},
    clients: { claim: vi.fn() },
    addEventListener: (name: string, listener: (event: unknown) => void) => {
      listeners[name] = listener;
    },
  };
  runInNewContext(source, {
    self,
    URL,
    Request: class {
      url: string;
      constructor(url: string) {
        this.url = url;
      }
    },
    Response: { error: () => 'network error' },
    fetch: async ({ url }: Asked) => {
      if (!online) throw new TypeError('Failed to fetch');
      return `from the server: ${url}`;
    },
    caches: {
      open: async (name: string) => {
        const kept = new Map<string, string>();
        caches.set(name, kept);
        return { addAll: async (all: { url: string }[]) => all.map(({ url }) => kept.set(url, `kept: ${url}`)) };
      },
      keys: async () => [...caches.keys()],
      delete: async (name: string) => deleted.push(name) && caches.delete(name),
      match: async (url: string) => [...caches.values()].map((cache) => cache.get(url)).find(Boolean),
    },
  });
  const wait = async (name: string) => {
    let done: unknown;
    listeners[name]?.({ waitUntil: (work: unknown) => (done = work) });
    await done;
  };
  const ask = async (request: Asked) => {
    let answer: unknown;
    listeners.fetch?.({ request: { method: 'GET', ...request }, respondWith: (given: unknown) => (answer = given) });
    return answer as Promise<string> | undefined;
  };
  return { wait, ask, deleted, caches };
}

async function installed(online: boolean) {
  const one = browser(online);
  await one.wait('install');
  await one.wait('activate');
  return one;
}

const page: Asked = { mode: 'navigate', url: 'https://lectern.test/tutor' };

describe('what stays of Lectern on a device', () => {
  it('with a connection pages come from the server, without one the offline page stands in for them', async () => {
    expect(await (await installed(true)).ask(page)).toBe('from the server: https://lectern.test/tutor');
    expect(await (await installed(false)).ask(page)).toBe('kept: /offline.html');
  });

  it('nothing else is touched: no form, no data of a page, nobody else’s files', async () => {
    const { ask } = await installed(false);
    expect(await ask({ ...page, method: 'POST' })).toBeUndefined();
    expect(await ask({ mode: 'cors', url: 'https://lectern.test/tutor.data' })).toBeUndefined();
    expect(await ask({ mode: 'cors', url: 'https://elsewhere.test/offline.html' })).toBeUndefined();
  });

  it('only the offline page and its files are kept, and those of an older version go', async () => {
    const { caches, deleted } = await installed(true);
    expect(deleted).toEqual(['offline-of-before']);
    expect([...caches.values()].flatMap((cache) => [...cache.keys()])).toEqual([
      '/offline.html',
      '/offline.js',
      '/icons/icon-192.png',
    ]);
  });

  it('its version is that of its files: whoever changes one changes the version, so that browsers fetch it anew', () => {
    const files = ['offline.html', 'offline.js', 'icons/icon-192.png'].map(file);
    const version = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 8);
    expect(source).toContain(`'offline-${version}'`);
  });
});
