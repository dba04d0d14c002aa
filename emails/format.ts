/** Times, dates and money as the reader writes them. Pure: the same input gives the same text. */
import { currencyDigits } from '#app/domain/billing/money.ts';
import { wordsFor } from './words.ts';

export function longDay(at: Date, zone: string, locale: string): string {
  return format(at, locale, { timeZone: zone, dateStyle: 'full' });
}

export function shortWhen(at: Date, zone: string, locale: string): string {
  return format(at, locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
}

/** Tue, Nov 24, 4:00 – 5:00 PM. */
export function shortSpan(from: Date, to: Date, zone: string, locale: string): string {
  const options = {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  } as const;
  return plainSpaces(new Intl.DateTimeFormat(usable(locale), options).formatRange(from, to));
}

export function dayAndTime(at: Date, zone: string, locale: string): string {
  return `${format(at, locale, { timeZone: zone, dateStyle: 'long', timeStyle: 'short' })} (${zoneName(zone, locale)})`;
}

export function hours(from: Date, to: Date, zone: string, locale: string): string {
  const time = (at: Date) => format(at, locale, { timeZone: zone, timeStyle: 'short' });
  return `${time(from)} – ${time(to)}`;
}

/** "New York time" for America/New_York: people know cities, not abbreviations. */
export function zoneName(zone: string, locale: string): string {
  if (zone === 'UTC' || zone.startsWith('Etc/')) return 'UTC';
  return wordsFor('partials', locale)('zone_time', { city: zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ') });
}

/** A calendar day without a clock. `2026-03-01` is 1 March in every zone. */
export function calendarDay(isoDay: string, locale: string): string {
  return format(new Date(`${isoDay}T00:00:00Z`), locale, { timeZone: 'UTC', dateStyle: 'long' });
}

/** The days of [from, to), as people say them: with the last day in. */
export function periodOf(from: string, to: string, locale: string): string {
  return `${calendarDay(from, locale)} – ${calendarDay(dayBefore(to), locale)}`;
}

export function dayBefore(isoDay: string): string {
  return new Date(Date.parse(`${isoDay}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Whether two zones show another wall time at this instant. */
export function zonesDiffer(at: Date, one: string, other: string): boolean {
  const wall = (zone: string) => format(at, 'en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return wall(one) !== wall(other);
}

/** Minor units in, exact to the last digit: the amount never becomes a float. */
export function money(minor: bigint, currency: string, locale: string): string {
  const digits = currencyDigits(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const formatter = new Intl.NumberFormat(usable(locale), { style: 'currency', currency, ...decimals });
  const sign = minor < 0n ? '-' : '';
  const absolute = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = absolute.slice(0, absolute.length - digits);
  const fraction = digits === 0 ? '' : `.${absolute.slice(-digits)}`;
  return plainSpaces(formatter.format(`${sign}${whole}${fraction}` as Intl.StringNumericLiteral));
}

/** Hundredths of a credit: 150n -> "1.5". */
export function credits(hundredths: bigint, locale: string): string {
  const sign = hundredths < 0n ? '-' : '';
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  const formatter = new Intl.NumberFormat(usable(locale), { maximumFractionDigits: 2 });
  return plainSpaces(formatter.format(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}` as Intl.StringNumericLiteral));
}

export function listOf(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(usable(locale), { type: 'conjunction' }).format(names);
}

function format(at: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  return plainSpaces(new Intl.DateTimeFormat(usable(locale), options).format(at));
}

function usable(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

// ICU puts narrow no-break spaces before AM and PM, which some mail programs show as boxes.
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u202f\u00a0\u2009]/g, ' ');
}
