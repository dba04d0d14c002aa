import { travelMinutes } from '#app/domain/scheduling/travel.ts';
import type { MatchTerms, RequestFacts, TutorFacts, WeeklySlot, WeekSpan } from './match-facts.ts';
import { aroundTheWeek, DAY, WEEK } from './week-spans.ts';

/** At which times of a usual week a tutor could teach a request. Browser-safe. */

type Week = Pick<TutorFacts, 'free' | 'visits' | 'dayMinutesLeft'>;

/**
 * The best times, as many as sessions a week, in the order of the week; undefined where there aren't as many. Each is on a
 * day of its own (of more than seven a week each day has its share). Wished times come before possible ones, then days
 * that lie apart, then the earliest.
 * @param inPerson whether the ways between the tutor's places and the request's are to be thought of
 */
export function weeklySlots(
  request: RequestFacts,
  tutor: Week,
  { terms, inPerson }: { terms: MatchTerms; inPerson: boolean },
): WeeklySlot[] | undefined {
  const wanted = request.sessionsPerWeek;
  const perDay = Math.ceil(wanted / 7);
  const days = byDay(request, tutor, { terms, inPerson, perDay });
  return perDay > 1 ? roundRobin(days, wanted) : bestDays(days, wanted);
}

const spansOf = new WeakMap<readonly WeekSpan[], WeekSpan[]>();
const wishedOf = new WeakMap<RequestFacts['times'], WeekSpan[]>();
const ANY_TIME: WeekSpan[] = [{ start: 0, end: 2 * WEEK }];

/** Laid out once for each list: thousands of pairs ask. */
function laidOut(spans: readonly WeekSpan[]): WeekSpan[] {
  let known = spansOf.get(spans);
  if (!known) {
    known = aroundTheWeek(spans);
    spansOf.set(spans, known);
  }
  return known;
}

function wishedTimes(times: RequestFacts['times']): WeekSpan[] {
  let known = wishedOf.get(times);
  if (!known) {
    known = aroundTheWeek(times.filter((time) => time.wished));
    wishedOf.set(times, known);
  }
  return known;
}

type Search = { terms: MatchTerms; inPerson: boolean; perDay: number };

/** By weekday, Monday first, its best times that don't overlap, at most `perDay`. */
function byDay(request: RequestFacts, tutor: Week, { terms, inPerson, perDay }: Search): WeeklySlot[][] {
  const minutes = request.sessionMinutes;
  const free = laidOut(tutor.free);
  const times = request.times.length === 0 ? ANY_TIME : laidOut(request.times);
  const wished = wishedTimes(request.times);
  const days: WeeklySlot[][] = [[], [], [], [], [], [], []];
  const grid = terms.gridMinutes;
  for (let i = 0, k = 0; ; ) {
    const [one, other] = [free[i], times[k]];
    if (!one || !other) return days;
    const end = Math.min(one.end, other.end);
    const first = Math.ceil(Math.max(one.start, other.start) / grid) * grid;
    for (let start = first; start + minutes <= end && start < WEEK; start += grid) {
      const day = days[Math.floor(start / DAY)] as WeeklySlot[];
      const isWished = wished.some((span) => span.start <= start && start + minutes <= span.end);
      const worst = day.length === perDay ? day.findIndex((slot) => !slot.wished) : -1;
      // Nothing later on this day is better than what it has.
      if (day.length === perDay && (!isWished || worst < 0)) continue;
      if (!fitsDay(day, { start, minutes }, worst, tutor.dayMinutesLeft)) continue;
      if (!fitsWays({ start, end: start + minutes }, tutor.visits, { terms, place: inPerson ? request.place : null })) continue;
      if (worst >= 0) day.splice(worst, 1);
      day.push({ start, minutes, wished: isWished });
    }
    if (one.end < other.end) i++;
    else k++;
  }
}

function fitsDay(
  day: readonly WeeklySlot[],
  slot: Omit<WeeklySlot, 'wished'>,
  instead: number,
  left: readonly number[] | null,
): boolean {
  const others = day.filter((_, i) => i !== instead);
  if (others.some((other) => other.start < slot.start + slot.minutes && slot.start < other.start + other.minutes)) return false;
  const ofDay = left?.[Math.floor(slot.start / DAY)];
  return ofDay === undefined || (others.length + 1) * slot.minutes <= ofDay;
}

/** Whether the tutor gets there from the place before and from there to the one after; online, from one to the other. */
function fitsWays(
  slot: WeekSpan,
  visits: TutorFacts['visits'],
  { terms: { travel }, place }: { terms: MatchTerms; place: RequestFacts['place'] },
): boolean {
  if (visits.length === 0) return true;
  const before = nearest(visits, slot, 'before');
  const after = nearest(visits, slot, 'after');
  if (place) {
    if (before && travelMinutes(before.place, place, travel.table, travel) > before.gap) return false;
    return !after || travelMinutes(place, after.place, travel.table, travel) <= after.gap;
  }
  return !before || !after || travelMinutes(before.place, after.place, travel.table, travel) <= before.gap + after.gap;
}

/** The nearest visit of that side within a day. */
function nearest(visits: TutorFacts['visits'], slot: WeekSpan, side: 'before' | 'after') {
  let found: { place: TutorFacts['visits'][number]['place']; gap: number } | undefined;
  for (const visit of visits) {
    const gap = (((side === 'before' ? slot.start - visit.end : visit.start - slot.end) % WEEK) + WEEK) % WEEK;
    if (gap < DAY && gap < (found?.gap ?? DAY)) found = { place: visit.place, gap };
  }
  return found;
}

/** Sets of so many days, Monday's bit first; those that lie apart come first. */
const DAY_SETS = Array.from({ length: 8 }, (_, size) =>
  Array.from({ length: 128 }, (__, set) => Array.from({ length: 7 }, (___, day) => day).filter((day) => (set >> day) & 1))
    .filter((days) => days.length === size)
    .sort((a, b) => apart(b) - apart(a)),
);

/** The least number of days between two of them, around the week. */
function apart(days: readonly number[]): number {
  return Math.min(7, ...days.map((day, i) => ((((days[i + 1] ?? (days[0] ?? 0) + 7) - day) % 7) + 7) % 7 || 7));
}

function bestDays(days: readonly (readonly WeeklySlot[])[], wanted: number): WeeklySlot[] | undefined {
  let best: WeeklySlot[] | undefined;
  let bestWished = -1;
  for (const set of DAY_SETS[wanted] ?? []) {
    let wished = 0;
    for (const day of set) {
      const slot = days[day]?.[0];
      if (!slot) {
        wished = -1;
        break;
      }
      if (slot.wished) wished++;
    }
    if (wished <= bestWished) continue;
    const slots = set.flatMap((day) => days[day] ?? []);
    if (slots.some((slot, i) => overlapsNext(slots, slot, i))) continue;
    [best, bestWished] = [slots, wished];
  }
  return best;
}

/** Only what goes over midnight can reach into the next day's. */
function overlapsNext(slots: readonly WeeklySlot[], slot: WeeklySlot, i: number): boolean {
  if (slots.length < 2) return slot.minutes > WEEK;
  const next = slots[i + 1]?.start ?? (slots[0]?.start ?? 0) + WEEK;
  return slot.start + slot.minutes > next;
}

/** The first of each day, then the second of each: as evenly as can be. */
function roundRobin(days: readonly (readonly WeeklySlot[])[], wanted: number): WeeklySlot[] | undefined {
  const most = Math.max(...days.map((day) => day.length));
  const all = Array.from({ length: most }, (_, n) => days.flatMap((day) => day[n] ?? [])).flat();
  const slots: WeeklySlot[] = [];
  for (const slot of all) {
    const clash = slots.some((other) =>
      [-WEEK, 0, WEEK].some((shift) => {
        const start = other.start + shift;
        return start < slot.start + slot.minutes && slot.start < start + other.minutes;
      }),
    );
    if (!clash && slots.length < wanted) slots.push(slot);
  }
  return slots.length === wanted ? slots.sort((a, b) => a.start - b.start) : undefined;
}
