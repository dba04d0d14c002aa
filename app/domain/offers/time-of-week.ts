/** A time of the week as the reader writes it: "Monday, 4:00 PM". 1 is Monday; minutes from midnight. Browser-safe. */
export function timeOfWeek({ weekday, startMinute }: { weekday: number; startMinute: number }, locale: string): string {
  // 5 January 1970 was a Monday.
  const at = new Date(Date.UTC(1970, 0, 4 + weekday, 0, startMinute));
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(at);
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(at);
  return `${day}, ${time}`.replaceAll(/[\u202f\u00a0]/g, ' ');
}
