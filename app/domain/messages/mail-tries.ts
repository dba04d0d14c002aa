/** When a mail that could not be handed over is tried again, and when no more. Browser-safe. */

/** Seconds after the first failed try, the second, and so on; the last for all that follow. */
const PAUSES = [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

/** A mail that could not be handed over for so long is given up: what it says is old by then. */
export const GIVEN_UP_AFTER_HOURS = 96;

export function nextTry(now: Date, attempts: number): Date {
  const pause = PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1] ?? 3_600;
  return new Date(now.getTime() + pause * 1_000);
}

/** Counted from when it was to go at first. */
export function isGivenUp(now: Date, firstDue: Date): boolean {
  return now.getTime() - firstDue.getTime() > GIVEN_UP_AFTER_HOURS * 3_600_000;
}
