import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { clock } from './clock.ts';
import { cityOf } from './format.ts';

/** Who reads a time: their zone and locale, and the zone the company plans in. */
export interface Reader {
  zone: string;
  locale: string;
  organisationZone: string;
  now: Date;
}

/** A session's time as words, made on the server so that the page is the same before and after its script has loaded. */
export interface When {
  /** For `<time dateTime>`. */
  iso: string;
  /** YYYY-MM-DD where the reader is: what a list groups by. */
  date: string;
  /** Today, Tomorrow, Yesterday, or Mon 23 Nov. */
  day: string;
  time: string;
  long: string;
  /** The company's own time, where it reads differently; null where it doesn't. */
  atOffice: string | null;
}

export function readerOf(
  user: { timezone: string | null; locale: string | null },
  organisation: { timezone: string; locale: string },
  now: Date,
): Reader {
  return {
    zone: user.timezone ?? organisation.timezone,
    locale: user.locale ?? organisation.locale,
    organisationZone: organisation.timezone,
    now,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it, and a week has thousands of times. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, known);
  }
  return known;
}

export function timeText(reader: Reader, at: Date, zone: string = reader.zone): string {
  return formatter(reader.locale, { timeZone: zone, ...clock(reader.locale) }).format(at);
}

interface Days {
  today: string;
  tomorrow: string;
  yesterday: string;
}

const daysByReader = new WeakMap<Reader, Days>();

/** The reader's days around now, the same for every session on the page. */
export function daysOf(reader: Reader): Days {
  let days = daysByReader.get(reader);
  if (!days) {
    const today = localDateOf(reader.now, reader.zone);
    days = { today, tomorrow: addDays(today, 1), yesterday: addDays(today, -1) };
    daysByReader.set(reader, days);
  }
  return days;
}

/** Mon 23 Nov; with the year when it isn't this one. */
export function dayText(reader: Reader, at: Date): string {
  const date = localDateOf(at, reader.zone);
  const { today, tomorrow, yesterday } = daysOf(reader);
  if (date === today) return 'Today';
  if (date === tomorrow) return 'Tomorrow';
  if (date === yesterday) return 'Yesterday';
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : ('numeric' as const);
  return formatter(reader.locale, {
    timeZone: reader.zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year,
  }).format(at);
}

/** The same of a date of the calendar, 'YYYY-MM-DD', which is the same day for every reader. */
export function dateText(reader: Reader, date: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  return dayText({ ...reader, zone: 'UTC', now: new Date(`${daysOf(reader).today}T12:00:00Z`) }, noon);
}

/** Mon 23 Nov 2026, 16:05: for histories, where "today" would soon be wrong on paper. */
export function stampText(reader: Reader, at: Date): string {
  return formatter(reader.locale, {
    timeZone: reader.zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...clock(reader.locale),
  }).format(at);
}

/** 16:05 for a time of the reader's today, else with its day: for what is to come soon. */
export function soonText(reader: Reader, at: Date): string {
  return localDateOf(at, reader.zone) === localDateOf(reader.now, reader.zone) ? timeText(reader, at) : stampText(reader, at);
}

/** 16:00–17:00, or 4:00 – 5:00 PM, as the locale has it. Over midnight both ends stand alone, since a range would name the days. */
function rangeText(reader: Reader, startsAt: Date, endsAt: Date): string {
  if (localDateOf(startsAt, reader.zone) !== localDateOf(endsAt, reader.zone))
    return `${timeText(reader, startsAt)}–${timeText(reader, endsAt)}`;
  return formatter(reader.locale, { timeZone: reader.zone, ...clock(reader.locale) }).formatRange(startsAt, endsAt);
}

export function whenOf(reader: Reader, startsAt: Date, endsAt: Date): When {
  const time = rangeText(reader, startsAt, endsAt);
  const long = formatter(reader.locale, {
    timeZone: reader.zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(startsAt);
  return {
    iso: startsAt.toISOString(),
    date: localDateOf(startsAt, reader.zone),
    day: dayText(reader, startsAt),
    time,
    long: `${long}, ${time}`,
    atOffice: officeTime(reader, startsAt),
  };
}

function officeTime(reader: Reader, at: Date): string | null {
  if (reader.zone === reader.organisationZone) return null;
  const theirs = timeText(reader, at, reader.organisationZone);
  const sameDay = localDateOf(at, reader.zone) === localDateOf(at, reader.organisationZone);
  if (sameDay && theirs === timeText(reader, at)) return null;
  const place = cityOf(reader.organisationZone);
  const weekday = formatter(reader.locale, { timeZone: reader.organisationZone, weekday: 'short' }).format(at);
  return `${sameDay ? '' : `${weekday} `}${theirs} in ${place}`;
}

/** How long ago or ahead, coarse enough to stay true for a while: 25 min, 3 h, 2 days. */
export function distanceText(from: Date, to: Date): string {
  const minutes = Math.round(Math.abs(to.getTime() - from.getTime()) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}
