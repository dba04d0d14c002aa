import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getAboutName } from '#app/domain/people/about.server.ts';
import { type AboutType, aboutOf } from '#app/domain/people/about.ts';
import { listTimeline } from '#app/domain/timeline/queries.server.ts';
import { cursorText, readTimelineFilter, TIMELINE_KINDS, type TimelineKind } from '#app/domain/timeline/timeline-filter.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { visibilitiesOf } from './notes-page.server.ts';
import { timelineLine } from './timeline-words.ts';

/** What can happen around whom. */
function kindsFor(type: AboutType, money: boolean): TimelineKind[] {
  const never: Record<AboutType, TimelineKind[]> = {
    tutor: ['money'],
    student: ['money'],
    client: money ? [] : ['money'],
    request: ['money', 'mail', 'session'],
  };
  return TIMELINE_KINDS.filter((kind) => !never[type].includes(kind));
}

/** What the tab "Timeline" shows. */
export async function loadTimelinePage(args: LoaderFunctionArgs, type: AboutType) {
  const user = await authorize(args, 'people.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const about = aboutOf(type, id);
  const filter = readTimelineFilter(new URL(args.request.url).searchParams);
  const money = can(user, 'money.read');
  const of = { about, visibilities: visibilitiesOf(user), money, now: clock() };
  const record = await found(getAboutName(db, about));
  const { rows, next } = await listTimeline(db, of, filter);
  return {
    type,
    id,
    ...record,
    kind: filter.kind ?? null,
    kinds: kindsFor(type, money),
    older: filter.before !== undefined,
    lines: rows.map((row) => timelineLine(row, type)),
    next: next ? cursorText(next) : null,
  };
}
