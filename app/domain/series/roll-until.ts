import { addDays } from '#app/domain/scheduling/wall-time.ts';

/** An open series is made so far ahead at once, however short the horizon. */
const LEAST_DAYS = 28;

/** Up to which day an open series is made. */
export function rollUntil(startsOn: string, today: string, horizonDays: number): string {
  const horizon = addDays(today, horizonDays);
  const least = addDays(startsOn, LEAST_DAYS);
  return horizon > least ? horizon : least;
}
