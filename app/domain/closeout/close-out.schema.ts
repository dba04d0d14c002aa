import { z } from 'zod';
import { closeOutOutcomes } from '#app/domain/billing/outcomes.ts';
import { isLocalDate, isWallTime } from '#app/domain/scheduling/wall-time.ts';

const text = z.string().trim().max(20_000, 'At most 20,000 characters');

const minutes = z
  .number('Enter whole minutes')
  .int('Enter whole minutes')
  .min(0, 'Enter 0 or more minutes')
  .max(1440, 'At most a day');

/** 1 (not at all) to 5 (all the way); null takes it back. */
const rating = z.int('Choose from 1 to 5').min(1, 'Choose from 1 to 5').max(5, 'Choose from 1 to 5').nullable();

/** What the tutor says took place. What is absent of the words is left as it is. */
export const closeOutSchema = z.object({
  sessionId: z.uuid(),
  /** Of the close-out as it was read, 0 where there was none: somebody else's is told, not overwritten. Absent: not asked. */
  version: z.number().int().optional(),
  /** Made by the page for one form: however often that form comes, as from a phone that lost its connection, it is one close-out. */
  submissionKey: z.uuid().optional(),
  /** In the zone the session was planned in. */
  actualWallStart: z.string().refine(isWallTime, 'Enter a date and a time'),
  actualMinutes: minutes,
  /** What the tutor is paid for, where the policy tells it apart from what is billed; absent: the same. */
  paidMinutes: minutes.optional(),
  miles: z
    .string()
    .trim()
    .regex(/^\d{1,5}(\.\d{1,4})?$/, 'Enter miles such as 7.5')
    .optional(),
  notes: text,
  privateNote: text,
  homework: text,
  /** YYYY-MM-DD */
  homeworkDueOn: z.string().refine(isLocalDate, 'Enter a date').nullable().optional(),
  nextTopics: text,
  /** For the family, in a few sentences. */
  summary: text.optional(),
  attendance: z
    .array(
      z.object({
        studentId: z.uuid(),
        outcome: z.enum(closeOutOutcomes, 'Choose what took place'),
        note: text.optional(),
        /** When the outcome was marked; the server's clock, if absent. */
        markedAt: z.date().optional(),
        rating: rating.optional(),
        /** What was done about a student who did not come, or why it failed. */
        absenceNote: text.optional(),
        /** Of this student alone; null: everybody's. */
        homework: text.nullable().optional(),
      }),
    )
    .max(500),
  /** How far these goals of its students are. */
  goals: z
    .array(z.object({ goalId: z.uuid(), rating, note: text.max(1000, 'At most 1,000 characters') }))
    .max(500)
    .optional(),
});
export type CloseOutInput = z.infer<typeof closeOutSchema>;
