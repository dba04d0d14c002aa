import { z } from 'zod';
import { freeText, optionalPhone, requiredText } from '#app/domain/people/fields.ts';

/** A name goes into the heads of mails and into lists: one line, whatever was pasted. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** What somebody without an account says of themselves. */
export const guestSchema = z.object({
  name: requiredText('Enter your name').transform(oneLine),
  email: z
    .string('Enter your e-mail address')
    .trim()
    .toLowerCase()
    .min(1, 'Enter your e-mail address')
    .max(254, 'Keep it under 254 characters')
    .pipe(z.email('Enter an e-mail address like name@example.org')),
  phone: optionalPhone,
  /** Empty: the lessons are for whoever books. */
  student: freeText(120).transform(oneLine),
  grade: freeText(60).transform(oneLine),
  note: freeText(1000),
});
export type Guest = z.output<typeof guestSchema>;

/** A signed-in family names one of its own. */
export const familySchema = z.object({
  studentId: z.uuid('Choose who the lesson is for'),
  note: freeText(1000),
});
