/** A browser that fetches a link ahead of a click says so, in one of these ways. */
export function isPrefetch(request: Request): boolean {
  const said = ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'].map((name) => request.headers.get(name) ?? '');
  return request.method === 'HEAD' || said.some((value) => /prefetch|preview|prerender/i.test(value));
}
