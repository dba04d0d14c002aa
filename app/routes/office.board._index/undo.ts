/** What was done on the board, newest last, each with the way back, or why there is none. */
export type Done =
  | { kind: 'moved'; words: string; back: readonly Place[] }
  | { kind: 'booked'; words: string; ids: readonly string[] }
  | { kind: 'cancelled'; words: string; id: string }
  | { kind: 'final'; words: string; why: string };

/** Where a session was; by its date, since other days may be shown when it goes back. */
interface Place {
  id: string;
  tutorId: string;
  /** `YYYY-MM-DDTHH:mm` as the company's clock shows it. */
  wallStart: string;
  minutes: number;
}

export interface Undo {
  done: readonly Done[];
  /** Of each session that was changed here, the version it has since: someone else's change in between is noticed. */
  versions: Readonly<Record<string, number>>;
}

export const NOTHING_DONE: Undo = { done: [], versions: {} };

const KEPT = 50;

export function remember(undo: Undo, done: Done, versions: Readonly<Record<string, number>> = {}): Undo {
  return { done: [...undo.done, done].slice(-KEPT), versions: { ...undo.versions, ...versions } };
}

/** Takes the last thing off. */
export function takeLast(undo: Undo): { last: Done | undefined; rest: Undo } {
  return { last: undo.done.at(-1), rest: { ...undo, done: undo.done.slice(0, -1) } };
}
