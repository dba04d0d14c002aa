import type { LoaderFunctionArgs } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { type ReadFeed, readFeed } from '#app/domain/feeds/read-feed.server.ts';

/** A personal calendar, for whoever has its address: calendars can't sign in. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const feed = await readFeed(context.db, context, params.token ?? '');
  if (!feed) throw notFound();
  const headers = {
    ETag: `"${feed.hash}"`,
    'Last-Modified': feed.changedAt.toUTCString(),
    'Cache-Control': 'private, no-cache',
    'X-Robots-Tag': 'noindex',
  };
  if (isKnown(request.headers, feed)) return new Response(null, { status: 304, headers });
  return new Response(feed.content, {
    headers: {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="lectern.ics"',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Whether the calendar has this already; the tag decides where it sends one (RFC 9110, 13.2.2). */
function isKnown(headers: Headers, { hash, changedAt }: ReadFeed): boolean {
  const tags = headers.get('If-None-Match');
  if (tags !== null) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${hash}"` || tag.trim() === '*');
  const since = Date.parse(headers.get('If-Modified-Since') ?? '');
  return !Number.isNaN(since) && changedAt.getTime() <= since;
}
