import { z } from 'zod';

/**
 * What an administrator sets about meetings: `organisation.meetings`. Every key has its default, so that a company that
 * never opened the page has sensible ones, and a new key needs no migration. Browser-safe.
 */
const shape = {
  // Instant sessions
  /** Tutors may start a session at once, with the students matched to them. */
  tutors_start_now: z.boolean().default(true),
  /** Tutors may invite somebody new by e-mail to an instant session. */
  tutors_invite: z.boolean().default(true),
  /** What becomes of a billable instant session that the family's credits don't cover. */
  instant_credits: z.enum(['refuse', 'flag'], 'Choose what happens').default('flag'),

  // Joining
  /** Guests come in by a signed link of their own, without signing in. */
  guest_links: z.boolean().default(true),
  /** Days before an account at a provider ends at which its tutor and the office are told. */
  connection_warning_days: z.coerce
    .number('Enter a number of days')
    .int('Enter whole days')
    .min(0, 'Enter 0 or more days')
    .max(30, 'Enter at most 30 days')
    .default(3),

  // The classroom
  /** Whoever isn't the tutor waits until let in. */
  lobby: z.boolean().default(true),
};

export const meetingRulesSchema = z.object(shape);
export type MeetingRules = z.output<typeof meetingRulesSchema>;

/** The stored rules with everything that is missing filled in; throws a ZodError for what is no rule. */
export function readMeetingRules(stored: unknown): MeetingRules {
  return meetingRulesSchema.parse(stored ?? {});
}
