import { Input } from '@mantine/core';
import { DAY_PARTS, partKey, WEEKDAYS } from '#app/domain/public-forms/week-parts.ts';
import { clock } from '#app/ui/clock.ts';
import { cityOf } from '#app/ui/format.ts';
import styles from './form.module.css';

interface Props {
  label: string;
  error: string | undefined;
  chosen: (name: string, value: string) => boolean;
  locale: string;
  zone: string;
}

/** Parts of the week to tick: a table, so that it works without a script and reads well aloud. */
export function WeekChoice({ label, error, chosen, locale, zone }: Props) {
  return (
    <fieldset className={styles.week} id="times" aria-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <Input.Label component="legend" labelElement="div">
        {label}
      </Input.Label>
      <Input.Description suppressHydrationWarning>
        Tick all that could be. None ticked: any time. By the clock in {cityOf(zone)}.
      </Input.Description>
      <table>
        <thead>
          <tr>
            <td />
            {DAY_PARTS.map((part) => (
              <th key={part.name} scope="col">
                {part.name}
                <small>{hoursOf(part, locale)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{dayName(weekday, locale)}</th>
              {DAY_PARTS.map((part) => {
                const value = partKey(weekday, part);
                return (
                  <td key={value}>
                    <label>
                      <input
                        type="checkbox"
                        name="times"
                        value={value}
                        defaultChecked={chosen('times', value)}
                        aria-label={`${dayName(weekday, locale)}, ${part.name}`}
                      />
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {error ? <Input.Error>{error}</Input.Error> : null}
    </fieldset>
  );
}

const at = (minute: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { ...clock(locale), timeZone: 'UTC' }).format(new Date(minute * 60_000));

const hoursOf = (part: { start: number; end: number }, locale: string) => `${at(part.start, locale)}–${at(part.end, locale)}`;

// 5 January 1970 was a Monday.
const dayName = (weekday: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(1970, 0, 4 + weekday)));
