import { Temporal } from 'temporal-polyfill';
import type { MessageRules } from './message-rules.ts';

/** When what can wait is held back, in the reader's zone. Browser-safe. */

export type QuietRules = Pick<MessageRules, 'quiet' | 'quiet_from' | 'quiet_to'>;

/** One night of quiet hours. */
export interface QuietSpan {
  from: Date;
  to: Date;
}

/**
 * The quiet hours that `at` lies in, in a zone; undefined where it lies in none. They begin with `quiet_from` and are over at
 * `quiet_to`, on the next day where that is earlier; on the days of a clock change they last as long as the clock says.
 */
export function quietAround(at: Date, zone: string, rules: QuietRules): QuietSpan | undefined {
  if (!rules.quiet || rules.quiet_from === rules.quiet_to) return undefined;
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  for (const first of [day.subtract({ days: 1 }), day]) {
    const last = rules.quiet_to > rules.quiet_from ? first : first.add({ days: 1 });
    const from = clockOn(first, rules.quiet_from, zone);
    const to = clockOn(last, rules.quiet_to, zone);
    if (from <= at && at < to) return { from, to };
  }
  return undefined;
}

function clockOn(day: Temporal.PlainDate, minute: number, zone: string): Date {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);
}
