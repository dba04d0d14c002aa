/** Numbers and lists as people say them. */

export function lengthText(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return `${minutes / 1440} days`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours > 0 ? hoursText(hours) : '',
    rest > 0 || hours === 0 ? (rest === 1 ? 'one minute' : `${rest} minutes`) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

export const hoursText = (hours: number) => (hours === 1 ? 'one hour' : `${hours} hours`);

/** a, b and c; with ';' between, for parts that hold commas themselves. */
export function listText(parts: readonly string[], and = 'and', between = ','): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(`${between} `)}${between === ',' ? '' : between} ${and} ${parts.at(-1)}`;
}

/** 21:00: a minute of the day. */
export function minuteText(minute: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2026, 0, 1, 0, minute)),
  );
}
