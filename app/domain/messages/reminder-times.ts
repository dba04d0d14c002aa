import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import { type QuietRules, quietAround } from './quiet-hours.ts';

/** When a reminder goes out that is due in its reader's quiet hours. Browser-safe. */

/** So long before the start a reminder is still of use, if it wasn't meant to be later anyway. */
const USEFUL_MINUTES = 30;

export interface Reminder {
  startsAt: Date;
  /** Before the start. */
  minutes: number;
  zone: string;
}

/**
 * at: then. before_quiet: at the end of the quiet hours it would come too late, so it goes out before they begin.
 */
export type ReminderTime = { at: Date } | { beforeQuiet: Date };

export function timeOf({ startsAt, minutes, zone }: Reminder, rules: QuietRules): ReminderTime {
  const due = addMinutes(startsAt, -minutes);
  const quiet = quietAround(due, zone, rules);
  if (!quiet) return { at: due };
  const useful = Math.min(minutes, USEFUL_MINUTES);
  return addMinutes(quiet.to, useful) <= startsAt ? { at: quiet.to } : { beforeQuiet: quiet.from };
}

/**
 * Of one that is due now or was a while ago: until when it is held back, null for at once; undefined where nobody would want it
 * any more. One that should have gone before the quiet hours, and whose session was not yet planned then, comes at their end.
 */
export function heldUntil({ startsAt, zone }: Reminder, rules: QuietRules, now: Date): Date | null | undefined {
  if (startsAt <= now) return undefined;
  const quiet = quietAround(now, zone, rules);
  if (!quiet) return null;
  return quiet.to < startsAt ? quiet.to : undefined;
}

/** The quiet hours of a zone that began after `from` and not after `to`; undefined where none did. */
export function quietBegunIn(zone: string, rules: QuietRules, from: Date, to: Date) {
  const quiet = quietAround(to, zone, rules);
  return quiet && quiet.from > from ? quiet : undefined;
}
