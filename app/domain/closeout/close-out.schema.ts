import { z } from 'zod';
import { closeOutOutcomes } from '#app/domain/billing/outcomes.ts';
import { isWallTime } from '#app/domain/scheduling/wall-time.ts';

const text = z.string().trim().max(20_000, 'At most 20,000 characters');

/** What the tutor says took place. */
export const closeOutSchema = z.object({
  sessionId: z.uuid(),
  /** Of the close-out as it was read, 0 where there was none: somebody else's is told, not overwritten. Absent: not asked. */
  version: z.number().int().optional(),
  /** In the zone the session was planned in. */
  actualWallStart: z.string().refine(isWallTime, 'Enter a date and a time'),
  actualMinutes: z
    .number('Enter whole minutes')
    .int('Enter whole minutes')
    .min(0, 'Enter 0 or more minutes')
    .max(1440, 'At most a day'),
  miles: z
    .string()
    .trim()
    .regex(/^\d{1,5}(\.\d{1,4})?$/, 'Enter miles such as 7.5')
    .optional(),
  notes: text,
  privateNote: text,
  homework: text,
  nextTopics: text,
  attendance: z
    .array(
      z.object({
        studentId: z.uuid(),
        outcome: z.enum(closeOutOutcomes, 'Choose what took place'),
        note: text.optional(),
        /** When the outcome was marked; the server's clock, if absent. */
        markedAt: z.date().optional(),
      }),
    )
    .max(500),
});
export type CloseOutInput = z.infer<typeof closeOutSchema>;
