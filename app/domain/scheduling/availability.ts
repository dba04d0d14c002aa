import { dateOf, dayNumber, dayOf, momentOf, weekdayOf } from './local-days.ts';
import { intersect, type Range, subtract, union } from './ranges.ts';

/** Hours of one weekday, in minutes from its midnight; the end may lie on the next day. 1 is Monday. `validTo` is not included. */
export interface AvailabilityRule {
  weekday: number;
  startMinute: number;
  endMinute: number;
  validFrom: string | null;
  validTo: string | null;
}

/** A day that differs: open adds a span, closed takes one away. */
export interface AvailabilityException {
  localDate: string;
  open: boolean;
  startMinute: number;
  endMinute: number;
}

export interface Availability {
  rules: readonly AvailabilityRule[];
  exceptions: readonly AvailabilityException[];
  /** The tutor's. */
  zone: string;
  from: Date;
  to: Date;
  /** How a tutor without any weekly hours is read. */
  unset: 'never' | 'always';
}

/**
 * When a tutor can teach: weekly hours laid out day by day in their zone, less what is closed, with what is opened. A day
 * that is closed is closed to what spills over midnight into it, and its own hours don't spill either; an opening beats
 * what is closed on its own day.
 */
export function openRanges({ rules, exceptions, zone, from, to, unset }: Availability): Range[] {
  const window = { start: from.getTime(), end: to.getTime() };
  const spanOf = (day: number, { startMinute, endMinute }: { startMinute: number; endMinute: number }): Range => ({
    start: momentOf(day, startMinute, zone),
    end: momentOf(day, endMinute, zone),
  });
  const offDays = new Set(exceptions.filter(isWholeDayOff).map(({ localDate }) => localDate));
  const weekly: Range[] = rules.length === 0 && unset === 'always' ? [window] : [];
  // The day before too: its hours may go on past midnight.
  for (let day = dayOf(window.start, zone) - 1; rules.length > 0 && day <= dayOf(window.end, zone); day++) {
    const [weekday, date] = [weekdayOf(day), dateOf(day)];
    if (offDays.has(date)) continue;
    for (const rule of rules) if (rule.weekday === weekday && isValid(rule, date)) weekly.push(spanOf(day, rule));
  }
  const spans = exceptions.map((exception) => ({ ...exception, ...spanOf(dayNumber(exception.localDate), exception) }));
  const closed = spans.filter((span) => !span.open);
  const opened = spans.filter((span) => span.open);
  const openings = opened.flatMap((span) =>
    subtract(
      [span],
      closed.filter((other) => other.localDate !== span.localDate),
    ),
  );
  return intersect(union([...subtract(weekly, closed), ...openings]), [window]);
}

const isWholeDayOff = ({ open, startMinute, endMinute }: AvailabilityException) =>
  !open && startMinute === 0 && endMinute >= 1440;

const isValid = ({ validFrom, validTo }: AvailabilityRule, date: string) =>
  (validFrom === null || validFrom <= date) && (validTo === null || date < validTo);
