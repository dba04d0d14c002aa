import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type { BoardWindow } from './board.server.ts';
import { dayNumber, dayStart } from './local-days.ts';
import type { Range } from './ranges.ts';
import { travelMinutes } from './travel.ts';
import type { BusyTime } from './tutor-calendar.ts';
import { loadShownCalendars, type ShownCalendar } from './tutor-calendars.server.ts';
import { instantToWall } from './wall-time.ts';

/** A part of one of the days shown, in minutes of it. */
export interface ShadeSpan {
  /** 0 is the first day shown. */
  day: number;
  from: number;
  to: number;
}

/** What is drawn behind a tutor's sessions. */
export interface TutorShades {
  /** When they can teach; null: no hours are set and that is read as always. */
  open: ShadeSpan[] | null;
  /** Time off, asked for or given, closures, and times that somebody is booking right now. */
  away: (ShadeSpan & { kind: 'time_off' | 'asked' | 'closed' | 'held'; label: string })[];
  /** The way from one session in person to the next elsewhere; short: there is no time for it. */
  travel: (ShadeSpan & { minutes: number; short: boolean })[];
}

/** By tutor; of everybody who isn't archived. */
export async function boardShades(db: Kysely<DB>, window: BoardWindow): Promise<Record<string, TutorShades>> {
  const tutors = await db.selectFrom('tutor').select('id').where('archivedAt', 'is', null).execute();
  const calendars = await loadShownCalendars(db, { tutorIds: tutors.map(({ id }) => id), from: window.from, to: window.to });
  const spansOf = splitter(window);
  return Object.fromEntries([...calendars].map(([id, calendar]) => [id, shadesOf(calendar, spansOf)]));
}

type SpansOf = (range: Range) => ShadeSpan[];

function shadesOf(calendar: ShownCalendar, spansOf: SpansOf): TutorShades {
  const away = <T extends Range>(ranges: readonly T[], kind: TutorShades['away'][number]['kind'], label: (range: T) => string) =>
    ranges.flatMap((range) => spansOf(range).map((span) => ({ ...span, kind, label: label(range) })));
  const given = calendar.timeOff.filter(({ status }) => status === 'approved');
  const asked = calendar.timeOff.filter(({ status }) => status === 'requested');
  const always = !calendar.isSet && calendar.rules.unsetAvailability === 'always';
  return {
    open: always ? null : calendar.open.flatMap(spansOf),
    away: [
      // One program's closure leaves the tutor free for the others.
      ...away(
        calendar.closures.filter(({ programId }) => programId === null),
        'closed',
        ({ name }) => name,
      ),
      ...away(given, 'time_off', ({ reason }) => reason || 'Time off'),
      ...away(asked, 'asked', ({ reason }) => `Asked for${reason ? `: ${reason}` : ' time off'}`),
      ...away(
        calendar.busy.filter(({ sessionId }) => sessionId === null),
        'held',
        () => 'Being booked',
      ),
    ],
    travel: waysOf(calendar, spansOf),
  };
}

function waysOf({ busy, travel, rules }: ShownCalendar, spansOf: SpansOf): TutorShades['travel'] {
  const out = busy.filter(
    (time): time is BusyTime & { place: NonNullable<BusyTime['place']> } => time.inPerson && time.place !== null,
  );
  return out.slice(1).flatMap((next, place) => {
    const before = out[place];
    if (!before || before.place.id === next.place.id) return [];
    const minutes = travelMinutes(before.place, next.place, travel, rules.travel);
    const between = (next.start - before.end) / 60_000;
    if (minutes === 0 || between > LONGEST_WAIT) return [];
    // Without any time between them the way is still shown, where they meet.
    const range = { start: Math.min(before.end, next.start - 60_000), end: next.start };
    return spansOf(range).map((span) => ({ ...span, minutes, short: between < minutes }));
  });
}

/** Minutes between two sessions after which somebody will have gone home. */
const LONGEST_WAIT = 240;

/** Ranges of moments as parts of the days shown, as the organisation's clock shows them. */
function splitter({ firstDay, from, to, zone }: BoardWindow): SpansOf {
  const first = dayNumber(firstDay);
  const starts: number[] = [];
  for (let day = first; dayStart(day, zone) < to.getTime(); day++) starts.push(dayStart(day, zone));
  const minuteOf = (moment: number, day: number) => {
    const start = starts[day] ?? from.getTime();
    const end = starts[day + 1] ?? to.getTime();
    if (end - start === 86_400_000) return (moment - start) / 60_000;
    if (moment >= end) return 1440;
    const wall = instantToWall(new Date(moment), zone);
    return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  };
  return ({ start, end }) =>
    starts.flatMap((dayStarts, day) => {
      const dayEnds = starts[day + 1] ?? to.getTime();
      if (start >= dayEnds || end <= dayStarts) return [];
      return [{ day, from: minuteOf(Math.max(start, dayStarts), day), to: minuteOf(Math.min(end, dayEnds), day) }];
    });
}
