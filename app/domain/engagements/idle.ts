/** When an engagement without sessions is chased. Browser-safe. */

export interface IdleFacts {
  /** When it was made, or the start of its first day, whichever is later. */
  since: Date;
  /** The end of its last session that took place or was to; null: there was none. */
  lastEndsAt: Date | null;
  /** The start of what is planned next; null: nothing is. */
  nextStartsAt: Date | null;
}

/** Since when nothing is planned; null where something is. */
export function idleSince({ since, lastEndsAt, nextStartsAt }: IdleFacts): Date | null {
  if (nextStartsAt) return null;
  return lastEndsAt && lastEndsAt > since ? lastEndsAt : since;
}

export type IdleState = 'busy' | 'waiting' | 'chase_tutor' | 'tell_office';

/** @param hours after so many the tutor is chased, after as many more the office told; null: never */
export function idleState(facts: IdleFacts, hours: number | null, now: Date): IdleState {
  const since = idleSince(facts);
  if (since === null) return 'busy';
  if (hours === null) return 'waiting';
  const idle = (now.getTime() - since.getTime()) / 3_600_000;
  return idle >= 2 * hours ? 'tell_office' : idle >= hours ? 'chase_tutor' : 'waiting';
}
