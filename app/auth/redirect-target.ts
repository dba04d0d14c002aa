const NOWHERE = 'http://origin.invalid';

/** Paths that make no sense to come back to after signing in. */
const NOT_AFTER_SIGN_IN = ['/login', '/logout', '/setup', '/reset', '/invite'];

/**
 * A `to` parameter as a path on this origin, or undefined. Browsers read `//host`, `/\host` and paths with tabs or
 * newlines in them as other origins, so a path is accepted by what it is, not refused by what it looks like.
 */
export function safePath(to: unknown): string | undefined {
  if (typeof to !== 'string' || to.length > 2000) return undefined;
  if (!/^\/(?![/\\])/.test(to) || /[\\\p{Cc}]/u.test(to)) return undefined;
  let url: URL;
  try {
    url = new URL(to, NOWHERE);
  } catch {
    return undefined;
  }
  if (url.origin !== NOWHERE) return undefined;
  const path = url.pathname + url.search + url.hash;
  // Resolving `/.//host` leaves `//host`, which a browser takes for a host.
  return path.startsWith('//') ? undefined : path;
}

/** Where to go after signing in: the page asked for if it is one of ours, else home. */
export function afterSignIn(to: unknown, home: string): string {
  const path = safePath(to);
  if (path === undefined) return home;
  const pathname = path.split(/[?#]/, 1)[0] ?? path;
  if (pathname === '/') return home;
  return NOT_AFTER_SIGN_IN.some((own) => pathname === own || pathname.startsWith(`${own}/`)) ? home : path;
}

/** The address of the sign-in page that comes back to the page of this request. */
export function signInPath(request: { url: string; method: string }): string {
  const url = new URL(request.url);
  const search = new URLSearchParams(url.search);
  // Remix's own parameters of data requests, no part of a page's address.
  for (const own of ['_routes', '_data', 'index']) search.delete(own);
  const query = request.method === 'GET' || request.method === 'HEAD' ? search.toString() : '';
  const pathname = url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/');
  const to = safePath(query === '' ? pathname : `${pathname}?${query}`);
  return to === undefined || to === '/' ? '/login' : `/login?to=${encodeURIComponent(to)}`;
}
