import { z } from 'zod';

/**
 * What an administrator sets about mails and messages: `organisation.messages`. Every key has its default, so that a
 * company that never opened the page has sensible ones, and a new key needs no migration. Browser-safe.
 */

const wallMinute = z.int().min(0).max(1439);

const shape = {
  // Reminders of sessions
  /** Minutes before the start, by whom it is for; none: no reminder. */
  remind_family: z.array(z.int().min(5).max(20_160)).max(5).default([1440]),
  remind_student: z.array(z.int().min(5).max(20_160)).max(5).default([1440]),
  remind_tutor: z.array(z.int().min(5).max(20_160)).max(5).default([]),
  /** Families may choose other times for themselves. */
  families_choose: z.boolean().default(true),

  // Quiet hours, in the reader's zone: what can wait does. From may lie after to, over midnight.
  quiet: z.boolean().default(true),
  quiet_from: wallMinute.default(21 * 60),
  quiet_to: wallMinute.default(7 * 60),

  // Who gets what: "event:audience" that are not sent, such as "session-changed:student".
  not_sent: z
    .array(z.string().regex(/^[a-z-]+:[a-z]+$/))
    .max(200)
    .default([]),

  // Between tutor and family
  /** Tutors and families write to each other here. */
  conversations: z.boolean().default(true),
  /** Tutor and family don't see each other's mail address and phone number anywhere. */
  hide_contacts: z.boolean().default(true),
  /** Where answers by mail come in: the domain of `reply+...@`; empty: answers are given on the page. */
  reply_domain: z
    .string()
    .trim()
    .max(253)
    .regex(/^$|^[a-z0-9.-]+\.[a-z]{2,}$/i, 'Enter a domain such as reply.example.org')
    .default(''),
};

export const messageRulesSchema = z.object(shape);
export type MessageRules = z.output<typeof messageRulesSchema>;

/** The stored rules with everything that is missing filled in; throws a ZodError for what is no rule. */
export function readMessageRules(stored: unknown): MessageRules {
  return messageRulesSchema.parse(stored ?? {});
}
