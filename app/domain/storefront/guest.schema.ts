import { z } from 'zod';
import { freeText, optionalPhone, requiredText } from '#app/domain/people/fields.ts';

/** What somebody without an account says of themselves. */
export const guestSchema = z.object({
  name: requiredText('Enter your name'),
  email: z
    .string('Enter your e-mail address')
    .trim()
    .toLowerCase()
    .min(1, 'Enter your e-mail address')
    .max(254, 'Keep it under 254 characters')
    .pipe(z.email('Enter an e-mail address like name@example.org')),
  phone: optionalPhone,
  /** Empty: the lessons are for whoever books. */
  student: freeText(120),
  grade: freeText(60),
  note: freeText(1000),
});
export type Guest = z.output<typeof guestSchema>;

/** A signed-in family names one of its own. */
export const familySchema = z.object({
  studentId: z.uuid('Choose who the lesson is for'),
  note: freeText(1000),
});
