import { Text } from '@mantine/core';
import { clock } from './clock.ts';
import { cityOf } from './format.ts';
import { useViewer } from './viewer.ts';

interface DateTimeProps {
  value: Date | string | null | undefined;
  show?: 'datetime' | 'date' | 'time';
  /** Leave the company's own time away where the page has said it already. */
  plain?: boolean;
}

const styles = {
  datetime: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  date: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  time: {},
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** An instant where the reader is, and beside it the company's time where that differs. */
export function DateTime({ value, show = 'datetime', plain = false }: DateTimeProps) {
  const { timezone, organisationTimezone, locale } = useViewer();
  if (!value) return <>–</>;
  const at = new Date(value);
  const options = { ...styles[show], ...(show === 'date' ? {} : clock(locale)) };
  const write = (timeZone: string) => new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at);
  const own = write(timezone);
  const office = write(organisationTimezone);
  return (
    <time dateTime={at.toISOString()} className="tabular" suppressHydrationWarning>
      {own}
      {office !== own && !plain ? (
        <Text span size="xs" c="dimmed" suppressHydrationWarning>
          {' '}
          ({office} {cityOf(organisationTimezone)})
        </Text>
      ) : null}
    </time>
  );
}

/** A date of the calendar, without an instant: 'YYYY-MM-DD'. */
export function LocalDate({ value }: { value: string | null | undefined }) {
  const { locale } = useViewer();
  if (!value) return <>–</>;
  const text = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${value}T12:00:00Z`),
  );
  return (
    <time dateTime={value} className="tabular" suppressHydrationWarning>
      {text}
    </time>
  );
}
