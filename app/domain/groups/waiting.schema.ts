import { z } from 'zod';

/** What somebody waits for: one session of a group, or every session of a series (a course's too). */
export type WaitFor = { sessionId: string } | { seriesId: string };

export const joinWaitingListSchema = z
  .object({
    /** Chosen by who asks, so that asking twice waits once. */
    id: z.uuid().optional(),
    sessionId: z.uuid().optional(),
    seriesId: z.uuid().optional(),
    studentId: z.uuid('Choose a student'),
    note: z.string().trim().max(500, 'At most 500 characters').default(''),
  })
  .refine((input) => (input.sessionId === undefined) !== (input.seriesId === undefined), 'Say what they wait for.');
export type JoinWaitingListInput = z.input<typeof joinWaitingListSchema>;
