export interface RoomTime {
  phase: 'before' | 'during' | 'last' | 'over';
  /** For people: "32 min left". */
  text: string;
}

/** The last minutes, in which the time that is left is shown to the second. */
export const LAST_MINUTES = 5;

/** How far a session is, by the server's clock. All in milliseconds. */
export function roomTime(now: number, startsAt: number, endsAt: number): RoomTime {
  if (now < startsAt) return { phase: 'before', text: `Starts in ${minutes(startsAt - now)} min` };
  const left = endsAt - now;
  if (left <= 0) {
    const over = Math.floor(-left / 60_000);
    return { phase: 'over', text: over === 0 ? 'Time is up' : `${over} min over` };
  }
  if (left > LAST_MINUTES * 60_000) return { phase: 'during', text: `${minutes(left)} min left` };
  const seconds = Math.ceil(left / 1_000);
  return { phase: 'last', text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left` };
}

/** Rounded up: nobody is told less time than there is. */
const minutes = (milliseconds: number) => Math.ceil(milliseconds / 60_000);

/** What is to be said aloud as the time goes from one phase to the next. */
export function spoken(from: RoomTime['phase'], to: RoomTime['phase']): string | undefined {
  if (from === to) return undefined;
  if (to === 'during') return 'The session begins.';
  if (to === 'last') return `${LAST_MINUTES} minutes left.`;
  return to === 'over' ? 'The time is up.' : undefined;
}
