import { z } from 'zod';
import { freeText } from '#app/domain/people/fields.ts';

export const excludeTutorSchema = z.object({ tutorId: z.uuid('Choose a tutor'), reason: freeText(500) });
export type ExcludeTutor = z.output<typeof excludeTutorSchema>;
