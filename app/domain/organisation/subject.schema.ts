import { z } from 'zod';
import { recordId, requiredText, version } from '#app/domain/people/fields.ts';

export const subjectSchema = z.object({ name: requiredText('Enter a name', 80) });
export type SubjectValues = z.output<typeof subjectSchema>;

export const subjectEditSchema = subjectSchema.extend({ id: recordId, version });
export type SubjectEdit = z.output<typeof subjectEditSchema>;
