import type { AppLoadContext } from '@remix-run/node';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import { listCalendarSessions, listClosures, listTimeAway } from '#app/domain/scheduling/calendar-queries.server.ts';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import type { SessionFilter } from '#app/domain/scheduling/queries.server.ts';
import { addDays, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { transitionsOf } from '#app/domain/scheduling/zone-transitions.ts';
import { type ViewOptions, viewSession } from '#app/ui/session-view.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { type CalendarAddress, linkTo, turned, type View } from './address.ts';
import { type CalendarDay, type CalendarView, dayOf, hoursOf } from './calendar-view.ts';
import { dayName, hourNames, namePeriod, zonesText } from './calendar-words.ts';
import { weekOf, weeksOfMonth } from './days.ts';
import { type DayBounds, entryOn, type ReaderKind } from './entries.ts';

interface Asked {
  reader: Reader;
  organisation: Organisation;
  address: CalendarAddress;
  as: ReaderKind;
  /** Whose sessions. Undefined: nobody's, the days alone. */
  filter: Pick<SessionFilter, 'tutorId' | 'studentIds' | 'clientIds' | 'programId' | 'roomId'> | undefined;
  view: ViewOptions;
  /** Whose time off is shown: a tutor's as shaded time, everybody's as words at the day. */
  away?: string | 'everybody';
  /** A family's children, in the order they are told apart by. */
  children?: readonly string[];
}

/** So many of a day are shown; a busier one says how many more there are, and where. */
const PER_DAY: Record<View, number> = { day: 200, week: 80, month: 5, list: 100 };

export async function loadCalendar(context: AppLoadContext, asked: Asked): Promise<CalendarView> {
  const { db } = context;
  const { reader, organisation, address, as } = asked;
  const dates = datesOf(address, reader.locale);
  const starts = [...dates, addDays(dates.at(-1) ?? address.date, 1)].map((date) => startOfDay(date, reader.zone));
  const end = starts.pop() ?? reader.now;
  const bounds = dates.map((date, index): DayBounds => ({ date, start: starts[index] ?? end, end: starts[index + 1] ?? end }));
  const first = starts[0] ?? end;
  const [{ sessions, counts }, closures, away] = await Promise.all([
    asked.filter
      ? listCalendarSessions(db, { ...asked.filter, taking: !address.cancelled }, { starts, end, perDay: PER_DAY[address.view] })
      : { sessions: [], counts: [] },
    listClosures(db, dates[0] ?? '', dates.at(-1) ?? '', as === 'family' ? undefined : asked.filter?.programId),
    asked.away ? listTimeAway(db, first, end, asked.away === 'everybody' ? undefined : asked.away) : [],
  ]);
  const shown = asked.view.family ? await withoutHomes(db, asked.view.family, sessions) : sessions;
  const seen = shown.map((row) => ({ row, view: viewSession(row, asked.view) }));
  const today = localDateOf(reader.now, reader.zone);
  const changes = transitionsOf(reader.zone, first, end);
  const days = bounds.map((day, index): CalendarDay => {
    const on = seen.filter(({ row }) => row.startsAt < day.end && row.endsAt > day.start);
    const entries = on.flatMap(({ row, view }) => entryOn(day, row, view, { as, reader, children: asked.children ?? [] }) ?? []);
    return dayOf(day, {
      entries: entries.sort((a, b) => a.from - b.from || b.to - a.to),
      sessions: address.view === 'list' ? on.filter(({ row }) => row.startsAt >= day.start).map(({ view }) => view) : [],
      count: counts[index] ?? 0,
      name: dayName(reader.locale, day.date),
      today,
      month: address.view === 'month' ? address.date.slice(0, 7) : null,
      closures: closures.filter((closure) => as !== 'family' || closure.programName === null),
      away,
      shadesAway: asked.away !== 'everybody',
      clockChange: changes.find((change) => change.at >= day.start && change.at < day.end),
      reader,
      most: { day: 8, week: 3, month: 1000, list: 1000 }[address.view],
      links: { day: linkTo(address, { view: 'day', date: day.date }) },
    });
  });
  const hours = hoursOf(days);
  return {
    address,
    as,
    title: namePeriod(reader.locale, address.view, dates, address.date),
    zones: zonesText(reader, first),
    before: linkTo(address, { date: turned(address, -1) }),
    after: linkTo(address, { date: turned(address, 1) }),
    today: linkTo(address, { date: null }),
    holdsToday: address.view === 'month' ? address.date.slice(0, 7) === today.slice(0, 7) : dates.includes(today),
    empty: days.every((day) => day.entries.length === 0 && day.count === 0),
    hours,
    hourNames: hourNames(reader.locale, hours),
    days,
    children: childrenOf(
      asked,
      seen.map(({ view }) => view),
    ),
    printed: organisation.name,
  };
}

function datesOf({ view, date }: CalendarAddress, locale: string): string[] {
  if (view === 'day') return [date];
  return view === 'month' ? weeksOfMonth(date, locale).flat() : weekOf(date, locale);
}

/** The names of those children that are on the page, with the place each is told apart by. */
function childrenOf({ children = [] }: Asked, views: ReturnType<typeof viewSession>[]): { name: string; place: number }[] {
  if (children.length < 2) return [];
  const names = new Map(views.flatMap((view) => view.students.map((student) => [student.id, student.name] as const)));
  return children.flatMap((id, place) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ name, place }];
  });
}
