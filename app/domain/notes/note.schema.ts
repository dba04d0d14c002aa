import { z } from 'zod';
import { VISIBILITIES } from '#app/domain/people/about.ts';
import { checkbox, recordId, requiredText, version } from '#app/domain/people/fields.ts';

export const noteSchema = z.object({
  body: requiredText('Write the note', 8000),
  visibility: z.enum(VISIBILITIES, 'Choose who sees this note'),
  pinned: checkbox,
});
export type NoteValues = z.output<typeof noteSchema>;

export const noteEditSchema = noteSchema.extend({ id: recordId, version });
export type NoteEdit = z.output<typeof noteEditSchema>;
