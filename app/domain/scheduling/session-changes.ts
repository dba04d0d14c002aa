import { z } from 'zod';
import { isWallTime } from './wall-time.ts';

/** What is to be done with one of many sessions. Browser-safe. */
export type Choice =
  | { kind: 'keep' }
  | { kind: 'cancel' }
  /** Another tutor at the same time. */
  | { kind: 'substitute'; tutorId: string }
  /** The same tutor at another wall time, in the session's zone. */
  | { kind: 'move'; wallStart: string };

const uuid = z.uuid();

/** One choice as one value of a form: `keep`, `cancel`, `substitute:ID`, `move:2026-03-08T15:30`. */
export function choiceText(choice: Choice): string {
  if (choice.kind === 'substitute') return `substitute:${choice.tutorId}`;
  return choice.kind === 'move' ? `move:${choice.wallStart}` : choice.kind;
}

/** Undefined: it is none. */
export function readChoice(text: string): Choice | undefined {
  if (text === 'keep' || text === 'cancel') return { kind: text };
  const [kind, value = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  if (kind === 'substitute' && uuid.safeParse(value).success) return { kind, tutorId: value };
  if (kind === 'move' && isWallTime(value)) return { kind, wallStart: value };
  return undefined;
}

/** So many at once are seen through in one go. */
export const MOST_AT_ONCE = 100;

export const changeSessionsSchema = z.object({
  decisions: z
    .array(z.object({ sessionId: uuid, version: z.number().int(), choice: z.custom<Choice>() }))
    .max(MOST_AT_ONCE, `At most ${MOST_AT_ONCE} sessions at once`),
  /** Who cancels those that are cancelled: families pay late fees for their own cancellations alone. */
  by: z.enum(['client', 'tutor', 'office']),
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  reason: z.string().trim().max(1000, 'At most 1000 characters'),
  /** When one can't be done any more: do the others, or nothing at all. */
  onFailure: z.enum(['rest', 'nothing']),
});
export type ChangeSessionsInput = z.infer<typeof changeSessionsSchema>;

export interface ChangeResult {
  sessionId: string;
  choice: Choice;
  /** already: it is so, of an earlier click. */
  state: 'done' | 'already' | 'failed';
  /** Why it failed. */
  message: string | null;
}

export interface ChangeOutcome {
  results: ChangeResult[];
  /** Different ones who are told, each once. */
  families: number;
  tutors: number;
  /** Late fees that follow, net in minor units. */
  fees: bigint;
  /** Late cancellations that are not charged: free ones of a term, and those to be made up for. */
  free: number;
  makeUps: number;
  /** Hundredths of a credit that come back. */
  creditsReturned: bigint;
}
