import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listUnplaced } from '#app/domain/scheduling/unplaced.server.ts';
import { instantToWall, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { listViews } from '#app/domain/views/queries.server.ts';
import { needsServer } from '#app/ui/page-address.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { BoardPage } from './board-page.tsx';
import { readParams } from './board-params.ts';
import { dayAfter, dayText, hasTwelveHours } from './days.ts';
import { daysShown, loadBoard } from './load-board.server.ts';
import type { BoardPageData } from './page-data.ts';
import { viewWaiting } from './waiting.server.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { organisation, reader } = await readerFor(user, context);
  const today = localDateOf(reader.now, organisation.timezone);
  const shown = daysShown(readParams(new URL(request.url).searchParams, today), reader.locale);
  const [board, unplaced, views] = await Promise.all([
    loadBoard(context, organisation, shown),
    listUnplaced(context.db, reader.now),
    listViews(context.db, user.id, 'board'),
  ]);
  const wall = instantToWall(reader.now, organisation.timezone);
  const page: BoardPageData = {
    ...shown,
    ...namesOf(shown, reader.locale),
    board,
    waiting: unplaced.map((waits) => viewWaiting(waits, organisation, reader)),
    views,
    today,
    now: reader.now.getTime(),
    minuteNow: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)),
    grid: organisation.gridMinutes,
    durations: organisation.durations,
    zoneNote:
      reader.zone === organisation.timezone
        ? null
        : `Times are ${organisation.timezone.split('/').at(-1)?.replaceAll('_', ' ')} time`,
  };
  return page;
}

function namesOf({ firstDay, days }: { firstDay: string; days: number }, locale: string) {
  const dates = Array.from({ length: days }, (_, day) => dayAfter(firstDay, day));
  const long = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const first = new Date(firstDay);
  return {
    twelve: hasTwelveHours(locale),
    dayNames: dates.map((date) => dayText(date, locale)),
    rangeName: days === 1 ? weekday.format(first) : long.formatRange(first, new Date(dayAfter(firstDay, days - 1))),
  };
}

/** Filters, colours and the open drawer are the browser's business; other days are the server's, and what it is asked for. */
export const shouldRevalidate: ShouldRevalidateFunction = (step) =>
  (step.formMethod === undefined || step.formMethod === 'GET') && needsServer(step);

export const meta: MetaFunction = () => [{ title: 'Board · Lectern' }];

export default function BoardRoute() {
  const page = useLoaderData<typeof loader>();
  return <BoardPage page={page} />;
}
