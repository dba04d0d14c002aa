/*
 * Shows /offline.html where a page can't be fetched, and nothing else: no page with somebody's data is kept on a device.
 * Its version changes with the files below (a test holds it against them), so that a browser fetches them anew.
 */
const VERSION = 'offline-3437b531';
const FILES = ['/offline.html', '/offline.js', '/icons/icon-192.png'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' }))))
      // It does so little that a new one may take the place of the old at once.
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    event.respondWith(page(event));
    return;
  }
  const { origin, pathname } = new URL(request.url);
  // What the offline page itself needs.
  if (origin === self.location.origin && FILES.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => kept(pathname)));
  }
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return kept('/offline.html');
  }
}

const kept = async (path) => (await caches.match(path)) ?? Response.error();
