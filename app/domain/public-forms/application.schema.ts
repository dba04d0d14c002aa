import { z } from 'zod';
import { freeText, isTimeZone, optionalPhone } from '#app/domain/people/fields.ts';
import { asked, emailAddress, oneOf, personName, shapedBy, someOf } from './form-values.ts';
import { isFormLanguage } from './languages.ts';

export interface ApplicationShape {
  /** Built-in fields that are asked, and whether they must be filled in. */
  asked: ReadonlyMap<string, boolean>;
  subjectIds: readonly string[];
}

export const TEACHING_MODES = ['online', 'in_person'] as const;
const GENDERS = ['female', 'male', 'other'] as const;

const hours = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)),
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, 'Enter hours from 0 to 168')
    .refine((text) => Number(text) <= 168, 'Enter hours from 0 to 168')
    .nullable(),
);

/** What somebody sends who would like to teach. A field that isn't asked is as if nobody had filled it in. */
export function applicationSchema({ asked: fields, subjectIds }: ApplicationShape) {
  const of = shapedBy(fields);
  const isMode = (text: string) => (TEACHING_MODES as readonly string[]).includes(text);
  return z.object({
    firstName: asked(personName(), true, 'Enter your first name'),
    lastName: asked(personName(), true, 'Enter your last name'),
    email: emailAddress,
    phone: of('phone', optionalPhone, 'Enter a phone number'),
    address: of('address', freeText(500), 'Enter your address'),
    gender: of('gender', oneOf(GENDERS, 'Choose one of these'), 'Choose one of these'),
    languages: of('languages', someOf(isFormLanguage, 'Choose among these languages'), 'Choose a language'),
    zone: z.preprocess((value) => (typeof value === 'string' && isTimeZone(value) ? value : null), z.string().nullable()),
    subjects: of(
      'subjects',
      someOf((id) => subjectIds.includes(id), 'Choose among these subjects'),
      'Choose a subject',
    ),
    modes: of('modes', someOf(isMode, 'Choose online or in person'), 'Choose where you would teach'),
    wishedHours: of('wishedHours', hours, 'Say how many hours a week'),
    about: of('about', freeText(3000), 'Tell us a little of yourself'),
  });
}
export type Application = z.output<ReturnType<typeof applicationSchema>>;
