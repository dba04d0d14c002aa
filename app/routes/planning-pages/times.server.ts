import type { AppLoadContext } from '@remix-run/node';
import { listSlots, type SlotSearch } from '#app/domain/scheduling/list-slots.server.ts';
import {
  addDays,
  addMinutes,
  instantToWall,
  isLocalDate,
  isWallTime,
  localDateOf,
  wallToInstant,
} from '#app/domain/scheduling/wall-time.ts';
import { dayText, type Reader, timeText, type When, whenOf } from '#app/ui/session-when.ts';

/** So many days are looked through at a time. */
const WINDOW = 14;
/** More starts than that on one day are shown at half hours first. */
const CALM = 10;

export interface TimesView {
  days: { date: string; day: string; times: { at: string; label: string }[]; more: number }[];
  /** The first days of the windows before and after, for the links; null: there is none. */
  earlier: string | null;
  later: string | null;
  /** Whether every start is shown. */
  all: boolean;
  /** The start that was chosen, by its instant. */
  chosen: { at: string; when: When; wallStart: string; zone: string } | null;
}

type Search = Omit<SlotSearch, 'fromDate' | 'toDate'>;

/** The free starts from the day the address names on, as its reader's clock shows them. `at` is the one chosen. */
export async function timesFor(
  context: AppLoadContext,
  reader: Reader,
  search: Search,
  params: URLSearchParams,
): Promise<TimesView> {
  const zone = reader.organisationZone;
  const today = localDateOf(reader.now, zone);
  const asked = params.get('from') ?? '';
  const from = isLocalDate(asked) && asked > today ? asked : today;
  const all = params.get('all') === '1';
  const slots = await listSlots(context.db, context, { ...search, fromDate: from, toDate: addDays(from, WINDOW) });
  const byDay = new Map<string, Date[]>();
  for (const { startsAt } of slots) {
    const date = localDateOf(startsAt, reader.zone);
    byDay.set(date, [...(byDay.get(date) ?? []), startsAt]);
  }
  const days = [...byDay].map(([date, starts]) => {
    const calm = all || starts.length <= CALM ? starts : starts.filter((start) => start.getUTCMinutes() % 30 === 0);
    const shown = calm.length > 0 ? calm : starts;
    return {
      date,
      day: starts[0] ? dayText(reader, starts[0]) : date,
      times: shown.map((start) => ({ at: start.toISOString(), label: timeText(reader, start) })),
      more: starts.length - shown.length,
    };
  });
  const before = addDays(from, -WINDOW);
  return {
    days,
    earlier: from > today ? (before > today ? before : today) : null,
    later: addDays(from, WINDOW),
    all,
    chosen: chosenTime(params.get('at'), search.durationMinutes, reader),
  };
}

/** An instant of an address or a form as the wall time of the company; null for what is none, or has passed. */
export function chosenTime(at: string | null, durationMinutes: number, reader: Reader): TimesView['chosen'] {
  const instant = new Date(at ?? '');
  if (Number.isNaN(instant.getTime()) || instant <= reader.now) return null;
  const zone = reader.organisationZone;
  const wallStart = instantToWall(instant, zone);
  if (!isWallTime(wallStart)) return null;
  return { at: instant.toISOString(), when: whenOf(reader, instant, addMinutes(instant, durationMinutes)), wallStart, zone };
}

/** A date and a time as somebody typed them on their own clock, as the company's wall time; undefined where that time doesn't exist. */
export function typedTime(date: string, time: string, reader: Reader): { wallStart: string; zone: string } | undefined {
  const wall = `${date}T${time}`;
  if (!isWallTime(wall)) return undefined;
  const instant = wallToInstant(wall, reader.zone);
  return instant && { wallStart: instantToWall(instant, reader.organisationZone), zone: reader.organisationZone };
}
