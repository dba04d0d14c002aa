import { z } from 'zod';
import { freeText, wholeNumber } from '#app/domain/people/fields.ts';

/** A day's work that is not teaching, as its form sends it. */
export const timeSheetEntrySchema = z.object({
  workKindId: z.uuid('Choose what you did'),
  localDate: z
    .string('Enter the day')
    .trim()
    .regex(/^(19|2\d)\d{2}-\d{2}-\d{2}$/, 'Enter the day'),
  minutes: wholeNumber(1, 1440, 'minutes'),
  note: freeText(500),
});
export type TimeSheetEntryValues = z.output<typeof timeSheetEntrySchema>;
