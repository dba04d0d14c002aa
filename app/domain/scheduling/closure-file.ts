import { convertIcsCalendar, generateIcsRecurrenceRule, type IcsCalendar, type IcsEvent } from 'ts-ics';
import type { FileEntry } from './closure.schema.ts';
import { LONGEST_FILE } from './closure-limits.ts';
import { listDates } from './recurrence.ts';
import { addDays } from './wall-time.ts';

const MOST_ENTRIES = 500;
/** Days that rules may give in all: laying out each takes a millisecond, and everybody waits for it. */
const MOST_REPEATS = 2000;

export type ClosureFile =
  | {
      ok: true;
      /** Whole days in the range, by their first day. */
      entries: FileEntry[];
      /** What of the file is none, and why, in words. */
      skipped: { name: string; why: string }[];
    }
  | { ok: false; why: string };

/**
 * The whole days of an iCalendar file (RFC 5545) that lie in a range: DTEND is the day after the last, what repeats every
 * year is laid out year by year, each with an id of its own that stays the same when the file is read again.
 * @param range local dates, both included
 */
export function readClosureFile(text: string, range: { from: string; to: string }): ClosureFile {
  if (text.length > LONGEST_FILE)
    return { ok: false, why: 'This file is larger than a megabyte, too large for a calendar of holidays.' };
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text))
    return { ok: false, why: 'This is no iCalendar file: it would begin with BEGIN:VCALENDAR.' };
  // The reader looks for the end of what has none through the whole file, again and again.
  if (!isNested(text)) return { ok: false, why: BROKEN };
  let calendar: IcsCalendar;
  try {
    calendar = convertIcsCalendar(undefined, text.replace(/^\uFEFF?\s*/, ''));
  } catch {
    return { ok: false, why: BROKEN };
  }
  const events = calendar.events ?? [];
  if (events.length === 0) return { ok: false, why: 'There is no event in this file.' };
  const entries: FileEntry[] = [];
  const skipped: { name: string; why: string }[] = [];
  const repeats = events.reduce((sum, event) => sum + (reasonToSkip(event) ? 0 : repeatsOf(event, range)), 0);
  if (repeats > MOST_REPEATS)
    return { ok: false, why: 'Too much in this file repeats for a calendar of holidays. Take a smaller one, or fewer years.' };
  const moved = new Set(
    events.flatMap((event) => (event.recurrenceId ? [idOf(event, dayOf(event.recurrenceId.value.date))] : [])),
  );
  for (const event of events) {
    const why = reasonToSkip(event);
    if (why) skipped.push({ name: nameOf(event), why });
    else entries.push(...entriesOf(event, range).filter((entry) => event.recurrenceId || !moved.has(entry.uid)));
  }
  const inRange = entries.filter((entry) => entry.endsOn >= range.from && entry.startsOn <= range.to);
  if (inRange.length > MOST_ENTRIES)
    return { ok: false, why: `There are ${inRange.length} days in it between these dates. Choose fewer years.` };
  inRange.sort((a, b) => a.startsOn.localeCompare(b.startsOn) || a.name.localeCompare(b.name));
  return { ok: true, entries: inRange, skipped };
}

const BROKEN = 'This iCalendar file is broken and can’t be read. Fetch it anew from where it comes from.';

/** Whether all that begins ends, one within the other. */
function isNested(text: string): boolean {
  const open: string[] = [];
  for (const [, word = '', name = ''] of text.matchAll(/^(BEGIN|END):([\w-]*)/gim)) {
    if (word.toUpperCase() === 'BEGIN') open.push(name.toUpperCase());
    else if (open.pop() !== name.toUpperCase()) return false;
  }
  return open.length === 0;
}

/** So many days a rule gives at most, up to the end of the range. */
function repeatsOf(event: IcsEvent, range: { from: string; to: string }): number {
  const rule = event.recurrenceRule;
  if (!rule || event.recurrenceId) return 0;
  const years = Number(range.to.slice(0, 4)) - Number(firstOf(event, range).slice(0, 4)) + 1;
  const each = (list: readonly unknown[] | undefined) => list?.length || 1;
  const weekdays = (rule.byDay ?? []).reduce((sum, { occurrence }) => sum + (occurrence ? 1 : rule.byMonth ? 5 : 53), 0) || 1;
  const inYear = each(rule.byMonth) * each(rule.byMonthday) * each(rule.byYearday) * each(rule.byWeekNo) * weekdays;
  return Math.max(0, years) * Math.min(366, inYear);
}

/** Where a rule is laid out from: its first day, or, of one that goes on for ever every year, that day shortly before the range. */
function firstOf(event: IcsEvent, { from }: { from: string }): string {
  const startsOn = dayOf(event.start.date);
  const rule = event.recurrenceRule;
  const later = `${Number(from.slice(0, 4)) - 2}${startsOn.slice(4)}`;
  const moves = rule && rule.count === undefined && (rule.interval ?? 1) === 1 && !startsOn.endsWith('02-29');
  return moves && later > startsOn ? later : startsOn;
}

const nameOf = (event: IcsEvent) => (event.summary ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 120) || 'Without a name';

function reasonToSkip(event: IcsEvent): string | undefined {
  if (!event.start || Number.isNaN(event.start.date.getTime())) return 'has no readable day';
  if (event.end && Number.isNaN(event.end.date.getTime())) return 'has no readable end';
  if (event.start.type !== 'DATE') return 'is not all day';
  if (event.status === 'CANCELLED') return 'is cancelled';
  if (event.recurrenceRule && event.recurrenceRule.frequency !== 'YEARLY') return 'repeats, but not every year';
  return undefined;
}

/** A day as a file has it: ts-ics puts it at midnight UTC. */
const dayOf = (date: Date) => date.toISOString().slice(0, 10);

const idOf = (event: IcsEvent, day: string) => `${event.uid || nameOf(event)}#${day}`.slice(-500);

function entriesOf(event: IcsEvent, { from, to }: { from: string; to: string }): FileEntry[] {
  const startsOn = dayOf(event.start.date);
  const days = lengthOf(event);
  const entry = (first: string, uid: string): FileEntry => ({
    uid,
    name: nameOf(event),
    startsOn: first,
    endsOn: addDays(first, days - 1),
  });
  if (event.recurrenceId) return [entry(startsOn, idOf(event, dayOf(event.recurrenceId.value.date)))];
  const rule = event.recurrenceRule;
  if (!rule) return [entry(startsOn, idOf(event, startsOn))];
  const rrule = generateIcsRecurrenceRule(rule)
    .replaceAll(/\r\n[ \t]/g, '')
    .trim()
    .replace(/^RRULE:/, '')
    .split(';')
    .filter((part) => !/^(UNTIL|COUNT)=/.test(part))
    .join(';');
  const left = new Set((event.exceptionDates ?? []).map(({ date }) => dayOf(date)));
  try {
    return listDates(
      {
        rrule,
        startsOn: firstOf(event, { from }),
        untilOn: rule.until ? dayOf(rule.until.date) : null,
        occurrences: rule.count ?? null,
      },
      // One that begins before the range may reach into it.
      { from: addDays(from, -days), to },
    )
      .filter((day) => !left.has(day))
      .map((day) => entry(day, idOf(event, day)));
  } catch {
    return [entry(startsOn, idOf(event, startsOn))];
  }
}

function lengthOf(event: IcsEvent): number {
  const days = event.end
    ? Math.round((event.end.date.getTime() - event.start.date.getTime()) / 86_400_000)
    : (event.duration?.days ?? 0) + 7 * (event.duration?.weeks ?? 0);
  return Math.min(Math.max(days, 1), 366);
}
