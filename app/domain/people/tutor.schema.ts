import { z } from 'zod';
import { schedulingOverridesSchema } from '#app/domain/scheduling/scheduling-rules.ts';
import {
  checkbox,
  freeText,
  optional,
  optionalEmail,
  optionalPhone,
  recordId,
  requiredText,
  timeZone,
  version,
  wholeNumber,
  withoutBlanks,
} from './fields.ts';

const roomUrl = z
  .string()
  .trim()
  .max(500, 'Keep it under 500 characters')
  .refine((text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' && url.username === '' && url.hostname.includes('.');
  }, 'Enter a full address that starts with https://');

const hours = z
  .union([z.string().trim(), z.number().transform(String)])
  .refine((text) => /^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) <= 168, 'Enter hours from 0 to 168, such as 20 or 12.5');

export const tutorSchema = z.object({
  firstName: requiredText('Enter a first name'),
  lastName: freeText(120),
  email: optionalEmail,
  phone: optionalPhone,
  timezone: timeZone,
  maxHoursPerWeek: optional(hours),
  bufferMinutes: wholeNumber(0, 480, 'minutes'),
  personalRoomUrl: optional(roomUrl),
  notes: freeText(),
  schedulingOverrides: z.preprocess(withoutBlanks, schedulingOverridesSchema).default({}),
  /** Can be chosen on the public booking page, where the text stands beside the name. */
  inStorefront: checkbox,
  storefrontText: freeText(600),
  subjects: z.array(z.object({ subjectId: recordId, level: freeText(80) })).default([]),
});
export type TutorValues = z.output<typeof tutorSchema>;

export const tutorEditSchema = tutorSchema.extend({ id: recordId, version });
export type TutorEdit = z.output<typeof tutorEditSchema>;
