import { z } from 'zod';
import { freeText, optional, recordId, requiredText, version, wholeNumber } from '#app/domain/people/fields.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

const day = z.string('Enter a date').trim().refine(isLocalDate, 'Enter a date');

/** What a course is sold as; money in minor units, parsed by the page in the organisation's currency. */
const sold = {
  name: requiredText('Enter a name'),
  description: freeText(),
  /** Null: each session is charged by itself. */
  price: z.bigint('Enter an amount, such as 240.00').min(0n, 'A price is not negative').nullable(),
  capacity: wholeNumber(1, 500, 'students'),
  enrolUntil: optional(day),
  inStorefront: z.boolean(),
};

export const editCourseSchema = z.object({ ...sold, id: recordId, version });
export type EditCourse = z.output<typeof editCourseSchema>;

export const createCourseSchema = z.object({
  /** Chosen by the form, so that sending it twice makes one. */
  id: recordId,
  ...sold,
  programId: z.uuid('Choose a program'),
  subjectId: z.uuid('Choose a subject'),
  tutorId: z.uuid('Choose a tutor'),
  startsOn: day,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, such as 15:30'),
  durationMinutes: wholeNumber(1, 1440, 'minutes'),
  weekdays: z.array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])).min(1, 'Choose at least one day of the week'),
  occurrences: wholeNumber(1, 200, 'sessions'),
  mode: z.enum(['online', 'in_person'], 'Choose online or in person'),
  roomId: optional(z.uuid('Choose a room')),
  location: freeText(500),
});
export type CreateCourse = z.output<typeof createCourseSchema>;
