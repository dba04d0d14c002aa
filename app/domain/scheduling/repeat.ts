import { nthOfMonth, type Recurrence, type RuleParts, readRule, WEEKDAYS, type Weekday, weekdayOf } from './recurrence.ts';

/** How the booking form asks for a series, as a rule and back, and the rule in words. Browser-safe. */

export const REPEATS = ['weekly', 'fortnightly', 'monthly_day', 'monthly_weekday', 'monthly_last_weekday'] as const;
export type Repeat = (typeof REPEATS)[number];

export interface RepeatForm {
  repeat: Repeat;
  /** Of a rule by weeks; none: that of the first day. */
  weekdays: readonly Weekday[];
}

/** The rule of a form, for a series whose first day is that of the booking. */
export function ruleOf({ repeat, weekdays }: RepeatForm, startsOn: string): string {
  const day = weekdayOf(startsOn);
  switch (repeat) {
    case 'weekly':
    case 'fortnightly': {
      const days = WEEKDAYS.filter((weekday) => (weekdays.length > 0 ? weekdays.includes(weekday) : weekday === day));
      return `FREQ=WEEKLY;INTERVAL=${repeat === 'weekly' ? 1 : 2};WKST=MO;BYDAY=${days.join()}`;
    }
    case 'monthly_day':
      return `FREQ=MONTHLY;BYMONTHDAY=${Number(startsOn.slice(8, 10))}`;
    case 'monthly_weekday':
      // The fifth is missing in most months: who begins on one means the last.
      return `FREQ=MONTHLY;BYDAY=${nthOfMonth(startsOn) === 5 ? -1 : nthOfMonth(startsOn)}${day}`;
    case 'monthly_last_weekday':
      return `FREQ=MONTHLY;BYDAY=-1${day}`;
  }
}

/** The form of a rule; undefined for one that the form can't say. */
export function repeatOf(rrule: string): RepeatForm | undefined {
  const rule = readRule(rrule);
  const weekdays = rule.byDay.map(({ weekday }) => weekday);
  if (/BYSETPOS|BYMONTH=|BYYEARDAY|BYWEEKNO/.test(rrule) || rule.wkst !== 'MO') return undefined;
  if (rule.freq === 'WEEKLY' && rule.interval <= 2 && rule.byMonthDay.length === 0 && weekdays.length > 0) {
    return { repeat: rule.interval === 1 ? 'weekly' : 'fortnightly', weekdays };
  }
  if (rule.freq !== 'MONTHLY' || rule.interval !== 1) return undefined;
  const [only, ...others] = rule.byDay;
  if (!only)
    return rule.byMonthDay.length === 1 && (rule.byMonthDay[0] ?? 0) > 0 ? { repeat: 'monthly_day', weekdays: [] } : undefined;
  if (others.length > 0 || rule.byMonthDay.length > 0 || only.nth === null) return undefined;
  if (only.nth === -1) return { repeat: 'monthly_last_weekday', weekdays: [] };
  return only.nth > 0 && only.nth < 5 ? { repeat: 'monthly_weekday', weekdays: [] } : undefined;
}

const NAMES: Record<Weekday, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
export const weekdayName = (weekday: Weekday): string => NAMES[weekday];

const ORDINALS: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' };

function ordinal(n: number): string {
  if (n < 0) return n === -1 ? 'last' : `${ordinal(-n)}-to-last`;
  const word = ORDINALS[n];
  if (word) return word;
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/** 31 -> 31st; the last day of the month for -1. */
function dayOfMonth(n: number): string {
  if (n < 0) return `${ordinal(n)} day`;
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

const list = (words: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
const WORKING_DAYS = 'MO,TU,WE,TH,FR';

/** "every second Tuesday and Thursday", "every month on the last Friday". */
export function rruleInWords(rrule: string): string {
  const rule = readRule(rrule);
  const months = rule.byMonth.length > 0 ? ` in ${list(rule.byMonth.map((month) => monthName(month)))}` : '';
  if (/BYYEARDAY|BYWEEKNO/.test(rrule)) return `by the rule ${rrule}`;
  return `${words(rule)}${months}`;
}

function words(rule: RuleParts): string {
  const every = (unit: string) => (rule.interval === 1 ? `every ${unit}` : rule.interval === 2 ? `every second ${unit}` : '');
  const often = (unit: string) => every(unit) || `every ${rule.interval} ${unit}s`;
  const days = rule.byDay.map(({ weekday, nth }) => (nth === null ? NAMES[weekday] : `${ordinal(nth)} ${NAMES[weekday]}`));
  const position = rule.bySetPos.map(ordinal);
  const workingDays = rule.byDay.map(({ weekday }) => weekday).join() === WORKING_DAYS;
  const which =
    position.length > 0
      ? `the ${list(position)} ${workingDays ? 'working day' : days.length > 1 ? `of ${list(days)}` : (days[0] ?? 'day')}`
      : '';
  switch (rule.freq) {
    case 'DAILY':
      return rule.byDay.length > 0 ? `${often('day')} that is a ${list(days)}` : often('day');
    case 'WEEKLY':
      if (which) return `${often('week')} on ${which}`;
      if (days.length === 0) return often('week');
      return every(list(days)) || `${often('week')} on ${list(days)}`;
    default: {
      const unit = rule.freq === 'MONTHLY' ? 'month' : 'year';
      if (which) return `${often(unit)} on ${which}`;
      const monthDays = rule.byMonthDay.length > 0 ? `the ${list(rule.byMonthDay.map(dayOfMonth))}` : '';
      const ordered = rule.byDay.some(({ nth }) => nth !== null);
      const named = days.length > 0 ? (ordered ? `the ${list(days)}` : `every ${list(days)}`) : '';
      if (monthDays && days.length > 0) return `${often(unit)} on ${monthDays} where it is a ${list(days)}`;
      const on = named || monthDays;
      return on ? `${often(unit)} on ${on}` : often(unit);
    }
  }
}

const monthName = (month: number) =>
  new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, month - 1, 15)));

export interface SeriesWords extends Recurrence {
  startMinute: number;
  ended?: boolean;
}

/** 965 -> 16:05, as a wall time is written. */
export const timeOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const minuteOfTime = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** "every second Tuesday and Thursday at 16:00, until 20 June 2026", in the reader's way to write times and days. */
export function seriesInWords(series: SeriesWords, locale: string): string {
  const at = new Date(Date.UTC(2026, 0, 1, 0, series.startMinute));
  const time = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(at);
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(
      new Date(`${date}T12:00:00Z`),
    );
  const end =
    series.untilOn !== null
      ? `, until ${day(series.untilOn)}`
      : series.occurrences !== null
        ? `, ${series.occurrences === 1 ? 'once' : `${series.occurrences} times`}`
        : '';
  return `${rruleInWords(series.rrule)} at ${time}${end}`;
}
