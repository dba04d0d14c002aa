import type { AppLoadContext } from '@remix-run/node';
import { findSeriesOfSession } from '#app/domain/series/queries.server.ts';

interface Typed {
  scope: string;
  date?: string;
  time?: string;
  durationMinutes?: string;
  tutorId?: string;
  title?: string;
  location?: string;
  description?: string;
}

/**
 * Where a change typed on the page of one session goes on, if it is meant for those after it or all: to the change of
 * its series, which shows what it comes to. Undefined: it is meant for the one.
 */
export async function seriesEditOf(db: AppLoadContext['db'], sessionId: string, typed: Typed): Promise<string | undefined> {
  if (typed.scope !== 'following' && typed.scope !== 'all') return undefined;
  const series = await findSeriesOfSession(db, sessionId);
  if (!series?.originalDate) return undefined;
  const given = {
    scope: typed.scope,
    from: series.originalDate,
    day: typed.date,
    time: typed.time,
    minutes: typed.durationMinutes,
    tutor: typed.tutorId,
    title: typed.title,
    location: typed.location,
    description: typed.description,
  };
  const params = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/office/series/${series.id}/edit?${new URLSearchParams(params)}`;
}
