import { z } from 'zod';

/**
 * What an administrator sets about close-outs beside the policies: `organisation.closeouts`. Every key has its default, so
 * that a company that never opened the page has sensible ones, and a new key needs no migration. Browser-safe.
 */
const shape = {
  // The form
  /** Tutors may only confirm the planned start and minutes; the office may say others. */
  lock_times: z.boolean().default(false),
  /** Notes have to be written before a tutor can close out with more than one tap. */
  notes_required: z.boolean().default(false),
  ask_ratings: z.boolean().default(true),
  ask_summary: z.boolean().default(true),

  // What families see
  families_see_notes: z.boolean().default(true),
  families_see_homework: z.boolean().default(true),
  families_see_goals: z.boolean().default(true),
  /** The summary goes to the family by mail when the session is closed out. */
  mail_summary: z.boolean().default(true),

  // Chasing
  chase: z.boolean().default(true),
  /** Minutes after the end at which the tutor is reminded. */
  chase_minutes: z.array(z.int().min(15).max(10_080)).max(5).default([120, 1440]),
  /** After those, once a day. */
  chase_daily: z.boolean().default(true),
  /** Hours after the end from which the office is told. */
  chase_office_hours: z.coerce
    .number('Enter a number of hours')
    .int('Enter whole hours')
    .min(1, 'Enter 1 or more hours')
    .max(720, 'Enter at most 720 hours')
    .default(48),

  // Feedback
  feedback: z.boolean().default(true),
  /** Families are asked by mail after a student's first session with a tutor, and after every so many. 0: never by mail. */
  feedback_every: z.coerce
    .number('Enter a number of sessions')
    .int('Enter a whole number')
    .min(0, 'Enter 0 or more')
    .max(100, 'Enter at most 100')
    .default(5),
};

export const closeOutRulesSchema = z.object(shape);
export type CloseOutRules = z.output<typeof closeOutRulesSchema>;

/** The stored rules with everything that is missing filled in; throws a ZodError for what is no rule. */
export function readCloseOutRules(stored: unknown): CloseOutRules {
  return closeOutRulesSchema.parse(stored ?? {});
}
