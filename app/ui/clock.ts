const clocks = new Map<string, Intl.DateTimeFormatOptions>();

/** 09:05 where the day has 24 hours, 9:05 AM where it has twice 12. */
export function clock(locale: string): Pick<Intl.DateTimeFormatOptions, 'hour' | 'minute'> {
  let known = clocks.get(locale);
  if (!known) {
    const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    known = { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' };
    clocks.set(locale, known);
  }
  return known;
}
