import { z } from 'zod';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import { freeText, mailLanguage, optionalEmail, optionalTimeZone, recordId, requiredText, version } from './fields.ts';

export const studentSchema = z.object({
  clientId: z.uuid('Choose who pays'),
  firstName: requiredText('Enter a first name'),
  lastName: freeText(120),
  email: optionalEmail,
  grade: freeText(60),
  timezone: optionalTimeZone,
  locale: mailLanguage,
  notes: freeText(),
  /** Left out: as they are. */
  tags: tagNames.optional(),
});
export type StudentValues = z.output<typeof studentSchema>;

export const studentEditSchema = studentSchema.extend({ id: recordId, version });
export type StudentEdit = z.output<typeof studentEditSchema>;
