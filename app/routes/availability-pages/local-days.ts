/** Days of the calendar in words, on the server, so that they are the same before and after the page's script. */
export function dayName(date: string, locale: string, style: 'short' | 'long' = 'short'): string {
  return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}

const styles = {
  short: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** One day, or the first and the last. */
export function daysName(first: string, last: string, locale: string): string {
  if (first === last) return dayName(first, locale);
  return new Intl.DateTimeFormat(locale, { ...styles.short, timeZone: 'UTC' })
    .formatRange(new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`))
    .replaceAll(/[\u2009\u202f]/g, ' ');
}
