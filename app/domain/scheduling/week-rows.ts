import { DAY_MINUTES, type WeekSpan } from './week-plan.ts';

/** A line of a day's hours as it is typed: `HH:mm`. An end at or before the start is on the next day; 00:00 is midnight. */
export interface HourRow {
  weekday: number;
  from: string;
  to: string;
  /** Of a family's times: what they wish for, among what is possible. */
  wished?: boolean;
}

export interface RowError {
  at: 'from' | 'to';
  message: string;
}

export function clockOf(minute: number): string {
  const ofDay = minute % DAY_MINUTES;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** Minutes after midnight; undefined where it is no time of day. */
export function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text.trim()) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 ? minute : undefined;
}

export const rowsOf = (spans: readonly WeekSpan[]): HourRow[] =>
  spans.map(({ weekday, startMinute, endMinute }) => ({ weekday, from: clockOf(startMinute), to: clockOf(endMinute) }));

/** The minutes of two times of day, or what is wrong with them. Nothing typed is undefined. */
export function spanOfTimes(
  from: string,
  to: string,
): { startMinute: number; endMinute: number } | { error: RowError } | undefined {
  if (from.trim() === '' && to.trim() === '') return undefined;
  const startMinute = minuteOf(from);
  const end = minuteOf(to);
  if (startMinute === undefined) return { error: { at: 'from', message: 'Enter a time such as 15:00' } };
  if (end === undefined) return { error: { at: 'to', message: 'Enter a time such as 19:30' } };
  if (end === startMinute && end !== 0) return { error: { at: 'to', message: 'Enter an end other than the start' } };
  return { startMinute, endMinute: end > startMinute ? end : end + DAY_MINUTES };
}

/** What of the rows can be read, and what is wrong with the others, by `from.2.0` (Tuesday's first line). */
export function readRows(rows: readonly HourRow[]): { spans: WeekSpan[]; errors: Record<string, string> } {
  const spans: WeekSpan[] = [];
  const errors: Record<string, string> = {};
  const seen = new Map<number, number>();
  for (const row of rows) {
    const line = seen.get(row.weekday) ?? 0;
    seen.set(row.weekday, line + 1);
    const span = spanOfTimes(row.from, row.to);
    if (span === undefined) continue;
    if ('error' in span) errors[rowField(span.error.at, row.weekday, line)] = span.error.message;
    else spans.push({ weekday: row.weekday, ...span });
  }
  return { spans, errors };
}

export const rowField = (at: 'from' | 'to', weekday: number, line: number) => `${at}.${weekday}.${line}`;

/** Monday's hours on Tuesday to Friday too. */
export function mondayToFriday(rows: readonly HourRow[]): HourRow[] {
  const monday = rows.filter((row) => row.weekday === 1);
  return [1, 2, 3, 4, 5]
    .flatMap((weekday) => monday.map((row) => ({ ...row, weekday })))
    .concat(rows.filter((row) => row.weekday > 5));
}
