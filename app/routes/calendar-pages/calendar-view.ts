import type { DayOff, TimeAway } from '#app/domain/scheduling/calendar-queries.server.ts';
import type { ZoneTransition } from '#app/domain/scheduling/zone-transitions.ts';
import type { SessionView } from '#app/ui/session-view.ts';
import { type Reader, timeText } from '#app/ui/session-when.ts';
import type { CalendarAddress } from './address.ts';
import { clockChangeText } from './calendar-words.ts';
import { type DayBounds, type Entry, minuteOf, type ReaderKind, spanOn } from './entries.ts';
import { inLanes, type Span } from './lanes.ts';

export interface CalendarDay {
  date: string;
  /** Wednesday 25 November, for a heading. */
  name: string;
  weekday: string;
  number: string;
  isToday: boolean;
  /** In a month: a day of the one before or after. */
  isOutside: boolean;
  entries: (Entry & { lane: number; lanes: number })[];
  /** Where more overlap than there is room for: how many more, leading to the day. */
  overflow: (Span & { count: number; lanes: number })[];
  /** The sessions as cards, for the list. */
  sessions: SessionView[];
  /** How many begin on it. */
  count: number;
  notes: { kind: 'closed' | 'away' | 'clock'; text: string }[];
  shades: (Span & { text: string })[];
  /** The minute that it is now, today. */
  nowMinute: number | null;
  href: string;
}

/** A calendar as its pages show it: words and places, made on the server. */
export interface CalendarView {
  address: CalendarAddress;
  as: ReaderKind;
  title: string;
  zones: string | null;
  before: string;
  after: string;
  today: string;
  holdsToday: boolean;
  empty: boolean;
  hours: { from: number; to: number };
  hourNames: string[];
  days: CalendarDay[];
  children: { name: string; place: number }[];
  /** The company, on paper. */
  printed: string;
}

interface DayFacts {
  entries: Entry[];
  sessions: SessionView[];
  count: number;
  name: { long: string; weekday: string; number: string };
  today: string;
  month: string | null;
  closures: readonly DayOff[];
  away: readonly TimeAway[];
  shadesAway: boolean;
  clockChange: ZoneTransition | undefined;
  reader: Reader;
  most: number;
  links: { day: string };
}

/** Sessions shorter than this are drawn this long, so that their line can be read and clicked. */
const SHORTEST = 25;

export function dayOf(day: DayBounds, facts: DayFacts): CalendarDay {
  const { reader } = facts;
  const { placed, overflow } = inLanes(
    facts.entries.map((entry) => ({ ...entry, to: Math.max(entry.to, Math.min(1440, entry.from + SHORTEST)) })),
    facts.most,
  );
  const away = facts.away.filter((one) => one.startsAt < day.end && one.endsAt > day.start);
  const closures = facts.closures.filter((one) => one.startsOn <= day.date && one.endsOn >= day.date);
  const whole = closures.filter((one) => one.programName === null);
  return {
    date: day.date,
    name: facts.name.long,
    weekday: facts.name.weekday,
    number: facts.name.number,
    isToday: day.date === facts.today,
    isOutside: facts.month !== null && !day.date.startsWith(facts.month),
    entries: placed.map(({ item, lane, lanes }) => ({ ...item, lane, lanes })).sort((a, b) => a.from - b.from || a.lane - b.lane),
    overflow: overflow.map(({ from, to, items, lanes }) => ({ from, to, lanes, count: items.length })),
    sessions: facts.sessions,
    count: facts.count,
    notes: [
      ...closures.map((one) => ({
        kind: 'closed' as const,
        text: one.programName === null ? `Closed: ${one.name}` : `${one.programName} closed: ${one.name}`,
      })),
      ...(facts.clockChange ? [{ kind: 'clock' as const, text: clockChangeText(reader, facts.clockChange) }] : []),
      ...away.map((one) => ({ kind: 'away' as const, text: awayText(one, day, reader, facts.shadesAway) })),
    ],
    shades: [
      ...whole.map((one) => ({ from: 0, to: 1440, text: one.name })),
      ...(facts.shadesAway
        ? away.map((one) => ({ ...spanOn(day, one, reader.zone), text: one.asked ? 'Time off, asked for' : 'Time off' }))
        : []),
    ],
    nowMinute: day.date === facts.today ? minuteOf(reader.now, reader.zone) : null,
    href: facts.links.day,
  };
}

function awayText(one: TimeAway, day: DayBounds, reader: Reader, own: boolean): string {
  const who = own ? 'Time off' : `${one.tutorName} away`;
  const from = one.startsAt > day.start ? timeText(reader, one.startsAt) : '';
  const to = one.endsAt < day.end ? timeText(reader, one.endsAt) : '';
  const when = from && to ? ` ${from}–${to}` : from ? ` from ${from}` : to ? ` until ${to}` : '';
  return `${who}${when}${one.asked ? ' (asked for)' : ''}`;
}

/** The hours a grid shows: a working day, and what lies before and after it. */
export function hoursOf(days: readonly CalendarDay[]): { from: number; to: number } {
  const spans = days.flatMap((day) => day.entries);
  return {
    from: Math.min(9, ...spans.map((span) => Math.floor(span.from / 60))),
    to: Math.max(18, ...spans.map((span) => Math.ceil(span.to / 60))),
  };
}
