import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addDays } from './wall-time.ts';

/**
 * Recurrence by RFC 5545, of whole days: a rule gives local dates, and the wall time and zone beside it make instants of
 * them. Nothing here asks the process for its zone. Browser-safe.
 */
export interface Recurrence {
  /** FREQ=WEEKLY;BYDAY=TU and the like, without DTSTART, COUNT and UNTIL. */
  rrule: string;
  /** No day is before it; it is the first one only where the rule gives it. */
  startsOn: string;
  /** The last day, included. */
  untilOn: string | null;
  /** How many days the rule gives in all. */
  occurrences: number | null;
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface RuleParts {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  /** With the ordinal of a month or year, where the rule has one: the last Friday is { weekday: 'FR', nth: -1 }. */
  byDay: { weekday: Weekday; nth: number | null }[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPos: number[];
  wkst: Weekday;
}

/** The longest a series may be made in one go. An open one is longer: it is made bit by bit. */
export const MOST_OCCURRENCES = 1000;
export const MOST_DAYS = 731;

/** Where a count that is never reached is given up: a rule of the 30th of February. */
const FAR_DAYS = 40 * 366;

const lists: Record<string, [min: number, max: number]> = {
  BYMONTHDAY: [1, 31],
  BYMONTH: [1, 12],
  BYSETPOS: [1, 366],
  BYYEARDAY: [1, 366],
  BYWEEKNO: [1, 53],
};

/** The parts of a rule that have words. @throws Error for what is no rule of days */
export function readRule(rrule: string): RuleParts {
  const parts = new Map<string, string>();
  for (const part of rrule.split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || value === '' || parts.has(name)) throw new Error(`not a rule of days: ${rrule}`);
    parts.set(name, value);
  }
  const refuse = (): never => {
    throw new Error(`not a rule of days: ${rrule}`);
  };
  const whole = (text: string): number => (/^[+-]?\d{1,4}$/.test(text) ? Number(text) : refuse());
  const numbers = (name: string): number[] => {
    const [, max] = lists[name] ?? refuse();
    const values = (parts.get(name)?.split(',') ?? []).map(whole);
    if (values.some((value) => value === 0 || Math.abs(value) > max || (name === 'BYMONTH' && value < 0))) refuse();
    return values;
  };
  const weekday = (text: string): Weekday => WEEKDAYS.find((day) => day === text) ?? refuse();
  for (const name of parts.keys()) {
    if (!['FREQ', 'INTERVAL', 'BYDAY', 'WKST', ...Object.keys(lists)].includes(name)) refuse();
  }
  const freq = (['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).find((name) => name === parts.get('FREQ')) ?? refuse();
  const interval = whole(parts.get('INTERVAL') ?? '1');
  if (interval < 1 || interval > 500) refuse();
  const byDay = (parts.get('BYDAY')?.split(',') ?? []).map((text) => {
    const [, nth, day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? refuse();
    if (nth !== undefined && (freq === 'DAILY' || freq === 'WEEKLY' || Number(nth) === 0)) refuse();
    return { weekday: weekday(day), nth: nth === undefined ? null : Number(nth) };
  });
  numbers('BYYEARDAY');
  numbers('BYWEEKNO');
  return {
    freq,
    interval,
    byDay,
    byMonthDay: numbers('BYMONTHDAY'),
    byMonth: numbers('BYMONTH'),
    bySetPos: numbers('BYSETPOS'),
    wkst: weekday(parts.get('WKST') ?? 'MO'),
  };
}

export function isRule(rrule: string): boolean {
  try {
    readRule(rrule);
    return true;
  } catch {
    return false;
  }
}

/**
 * The days of a recurrence from one day to another, both included, in order. COUNT counts from the first day of the
 * rule, wherever `from` lies. A day that a month does not have is passed over.
 * @param to needed for a rule without an end; at most some years, since every day up to it is listed
 */
export function listDates(recurrence: Recurrence, { from, to }: { from?: string; to?: string } = {}): string[] {
  const { startsOn, untilOn, occurrences } = recurrence;
  const last = [to, untilOn].filter((date) => date !== undefined && date !== null).sort()[0];
  if (last === undefined && occurrences === null) throw new Error('a rule without an end is listed up to a day');
  if (last !== undefined && last < startsOn) return [];
  readRule(recurrence.rrule);
  const compact = (date: string) => `${date.replaceAll('-', '')}T000000`;
  // In UTC every day has its midnight: the rule is one of days, and no clock change is met on the way.
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${compact(startsOn)}\nRRULE:${recurrence.rrule};UNTIL=${compact(last ?? addDays(startsOn, FAR_DAYS))}Z`,
    cache: false,
  });
  const dates: string[] = [];
  rule.all((day, n) => {
    if (occurrences !== null && n >= occurrences) return false;
    dates.push(day.toPlainDate().toString());
    return true;
  });
  return from === undefined ? dates : dates.filter((date) => date >= from);
}

/** The last day of a recurrence that ends; null for an open one, or one without any day. */
export function lastDate(recurrence: Recurrence): string | null {
  if (recurrence.untilOn === null && recurrence.occurrences === null) return null;
  return listDates(recurrence).at(-1) ?? null;
}

/** Why a recurrence is too long (or empty) to be made in one go, and what to do. */
export function whyNotMade(recurrence: Recurrence): { field: 'count' | 'until' | 'date'; message: string } | undefined {
  const { startsOn, untilOn, occurrences } = recurrence;
  const advice = 'Let it end earlier, or leave the end open: then it is carried on by itself.';
  if (occurrences !== null && (occurrences > MOST_OCCURRENCES || occurrences < 1)) {
    return { field: 'count', message: `A series has 1 to ${MOST_OCCURRENCES} sessions. ${advice}` };
  }
  const latest = addDays(startsOn, MOST_DAYS);
  if (untilOn !== null && untilOn < startsOn) return { field: 'until', message: 'The last day is before the first.' };
  if (untilOn !== null && untilOn > latest) {
    return { field: 'until', message: `A series is planned for two years at most. ${advice}` };
  }
  const dates = listDates(recurrence, { to: addDays(latest, 366) });
  if (dates.length === 0)
    return { field: 'until', message: 'On none of these days is there a session: look at the days and the end.' };
  if (dates.length > MOST_OCCURRENCES && untilOn !== null) {
    return {
      field: 'until',
      message: `This makes ${dates.length} sessions, and a series has ${MOST_OCCURRENCES} at most. ${advice}`,
    };
  }
  if (occurrences !== null && (dates.length < occurrences || (dates.at(-1) ?? '') > latest)) {
    return { field: 'count', message: `So many sessions take more than two years. ${advice}` };
  }
  return undefined;
}

export const weekdayOf = (date: string): Weekday => WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'MO';

/** Which of its weekday in its month a day is: the 3rd Tuesday is 3. */
export const nthOfMonth = (date: string): number => Math.ceil(Number(date.slice(8, 10)) / 7);

/**
 * Which day of a changed rule each day of the former one becomes: itself where it stays, else the one in its place in
 * the same week (of rules by month: the same month). Days without a partner are left on both sides.
 */
export function matchDates(
  former: readonly string[],
  next: readonly string[],
  rules: readonly [former: string, next: string],
): Map<string, string> {
  const matched = new Map<string, string>();
  const staying = new Set(former.filter((date) => next.includes(date)));
  for (const date of staying) matched.set(date, date);
  const coarse = rules.map((rule) => readRule(rule).freq);
  const period = (date: string): string => {
    if (coarse.includes('YEARLY')) return date.slice(0, 4);
    if (coarse.includes('MONTHLY')) return date.slice(0, 7);
    return addDays(date, 1 - Temporal.PlainDate.from(date).dayOfWeek);
  };
  const free = new Map<string, string[]>();
  for (const date of next) {
    if (!staying.has(date)) free.set(period(date), [...(free.get(period(date)) ?? []), date]);
  }
  for (const date of former) {
    if (staying.has(date)) continue;
    const partner = free.get(period(date))?.shift();
    if (partner !== undefined) matched.set(date, partner);
  }
  return matched;
}
