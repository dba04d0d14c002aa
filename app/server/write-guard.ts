import type { RequestHandler } from 'express';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses every write that another site could have started, before Remix sees it. Remix 2's own check leaves holes
 * (resource routes, `?_data=`, a request without Origin, http beside https, a spoofed X-Forwarded-Host).
 *
 * The browser says itself where a request comes from: `Sec-Fetch-Site: same-origin` passes, anything else it says does
 * not. Only where that header is missing (an old browser, plain http on another host than localhost) the Origin decides,
 * and must be APP_ORIGIN to the letter; none at all is refused.
 */
export function writeGuard({ origin }: { origin: string }): RequestHandler {
  return (req, res, next) => {
    // Nobody behind us reads it from the request: links and checks know the origin from the configuration.
    delete req.headers['x-forwarded-host'];
    if (isApi(req.path)) {
      // Calls with a key: nothing that a browser sends along by itself counts there, so no other site can use it.
      delete req.headers.cookie;
      delete req.headers.origin;
      next();
      return;
    }
    if (reads.has(req.method) || mayWrite(req.get('sec-fetch-site'), req.get('origin'), origin)) {
      // Behind a proxy that renames the host, Remix's own check compares with what the browser saw.
      if (req.get('origin') === origin) req.headers.host = new URL(origin).host;
      next();
      return;
    }
    res.status(403).type('text/plain');
    res.send(
      `This write did not come from a page of ${origin}, so nothing was changed. ` +
        'If you opened this page under another address, open it under that one.\n',
    );
  };
}

// Behind us `/api/v1/../login` is `/login`.
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i;

/** The part for programs, which bring a key with every call. */
export function isApi(path: string): boolean {
  return path.startsWith('/api/v1/') && !DOTS.test(path);
}

export function mayWrite(fetchSite: string | undefined, requestOrigin: string | undefined, origin: string): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin';
  return requestOrigin === origin;
}
