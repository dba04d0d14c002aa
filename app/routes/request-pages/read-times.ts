import { type RequestTime, tidyTimes } from '#app/domain/requests/request-times.ts';
import { WEEKDAYS } from '#app/domain/scheduling/week-plan.ts';
import { clockOf, type HourRow, spanOfTimes } from '#app/domain/scheduling/week-rows.ts';

/** The lines of a form: from, to and mark of each weekday, in their order. */
export function rowsOfForm(value: (name: string) => readonly string[]): HourRow[] {
  return WEEKDAYS.flatMap((weekday) => {
    const [to, mark] = [value(`to.${weekday}`), value(`mark.${weekday}`)];
    return value(`from.${weekday}`).map((from, line) => ({
      weekday,
      from,
      to: to[line] ?? '',
      wished: mark[line] === 'wished',
    }));
  }).filter(({ from, to }) => from !== '' || to !== '');
}

export const rowsOfTimes = (times: readonly RequestTime[]): HourRow[] =>
  times.map(({ weekday, startMinute, endMinute, wished }) => ({
    weekday,
    from: clockOf(startMinute),
    to: clockOf(endMinute),
    wished,
  }));

/** What of the lines can be read. */
export function timesOfRows(rows: readonly HourRow[]): RequestTime[] {
  return tidyTimes(
    rows.flatMap(({ weekday, from, to, wished = false }) => {
      const span = spanOfTimes(from, to);
      return span === undefined || 'error' in span ? [] : [{ weekday, ...span, wished }];
    }),
  );
}
