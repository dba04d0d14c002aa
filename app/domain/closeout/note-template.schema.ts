import { z } from 'zod';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { optionalId, recordId, requiredText, version } from '#app/domain/people/fields.ts';

export const noteTemplateSchema = z.object({
  name: requiredText('Enter a name', 80),
  body: z
    .string('Write the text notes begin with')
    .trim()
    .min(1, 'Write the text notes begin with')
    .max(5000, 'At most 5,000 characters'),
  programId: optionalId('Choose a program').default(null),
  subjectId: optionalId('Choose a subject').default(null),
});
export type NoteTemplateValues = z.output<typeof noteTemplateSchema>;

export const noteTemplateEditSchema = noteTemplateSchema.extend({ id: recordId, version });

export const noteTemplateArrangement = z.object({ id: recordId, to: z.enum(ARRANGEMENTS) });
