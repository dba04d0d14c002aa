import { z } from 'zod';

/** What both sides say of a session after it. Browser-safe. */

export const SIDES = ['tutor', 'client', 'student'] as const;
export type FeedbackSide = (typeof SIDES)[number];

/** 1 to 5, as it is said: of a lesson by the family, of a student's lesson by the tutor. */
export const RATING_WORDS: Record<number, string> = { 1: 'Bad', 2: 'Not so good', 3: 'All right', 4: 'Good', 5: 'Very good' };
export const RATINGS = [1, 2, 3, 4, 5] as const;

/** From here down the office should look. */
export const LOW_RATING = 2;

/** How long after the session's end it is asked for and taken, and how long after it was given it may be changed. */
export const GIVE_DAYS = 30;
export const CHANGE_DAYS = 7;

const DAY = 24 * 3_600_000;

export const feedbackSchema = z.object({
  sessionId: z.uuid(),
  studentId: z.uuid(),
  rating: z.coerce.number('Choose how it was').int('Choose how it was').min(1, 'Choose how it was').max(5, 'Choose how it was'),
  body: z.string().trim().max(5000, 'At most 5,000 characters'),
});

interface Given {
  createdAt: Date;
}

/** Whether feedback on a session may be given or changed now: from its end on, for a month; once given, for a week. */
export function feedbackState(endsAt: Date, given: Given | undefined, now: Date): 'too_early' | 'open' | 'closed' {
  if (now < endsAt) return 'too_early';
  const until = given ? given.createdAt.getTime() + CHANGE_DAYS * DAY : endsAt.getTime() + GIVE_DAYS * DAY;
  return now.getTime() < until ? 'open' : 'closed';
}

/**
 * Whether a family is asked by mail after this session: the student's first with this tutor, and every so many after.
 * `nth` counts from 1; `every` 0: never.
 */
export function isAsked(nth: number, every: number): boolean {
  if (every === 0) return false;
  return nth === 1 || nth % every === 0;
}
