import { DAY_MINUTES, paintWeek, tidyWeek, type WeekSpan } from '#app/domain/scheduling/week-plan.ts';

/** When a family can, in a usual week: minutes from a day's midnight in the request's zone, never past it. */
export interface RequestTime {
  /** 1 is Monday. */
  weekday: number;
  startMinute: number;
  endMinute: number;
  /** What they wish for, among what is possible. */
  wished: boolean;
}

/** The same times without overlaps and cut at midnights, in order: what is wished and possible at once is wished. */
export function tidyTimes(times: readonly RequestTime[]): RequestTime[] {
  const wished = tidyWeek(times.filter((time) => time.wished));
  const possible = paintWeek(
    times.filter((time) => !time.wished),
    wished,
    false,
  );
  return [...marked(wished, true), ...marked(possible, false)].sort(
    (a, b) => a.weekday - b.weekday || a.startMinute - b.startMinute,
  );
}

const marked = (spans: readonly WeekSpan[], wished: boolean): RequestTime[] =>
  spans.flatMap(({ weekday, startMinute, endMinute }) => {
    const today = { weekday, startMinute, endMinute: Math.min(endMinute, DAY_MINUTES), wished };
    if (endMinute <= DAY_MINUTES) return [today];
    return [today, { weekday: (weekday % 7) + 1, startMinute: 0, endMinute: endMinute - DAY_MINUTES, wished }];
  });
