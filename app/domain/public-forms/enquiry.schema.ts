import { z } from 'zod';
import { freeText, isTimeZone, optionalPhone, wholeNumber } from '#app/domain/people/fields.ts';
import { asked, day, emailAddress, line, oneOf, personName, shapedBy, someOf } from './form-values.ts';
import { isFormLanguage } from './languages.ts';
import { isWeekPart } from './week-parts.ts';

/** More than a family has at once; each becomes a request. */
export const MOST_STUDENTS = 6;

export const LESSON_MINUTES = [30, 45, 60, 90, 120] as const;

/** What the form asks, and what can be chosen in it. */
export interface EnquiryShape {
  /** Built-in fields that are asked, and whether they must be filled in. */
  asked: ReadonlyMap<string, boolean>;
  subjectIds: readonly string[];
  levelIds: readonly string[];
}

const MODES = ['online', 'in_person'] as const;
const URGENCIES = ['low', 'normal', 'high'] as const;
const GENDERS = ['female', 'male', 'other'] as const;

/**
 * What a family sends. A field that isn't asked is as if nobody had filled it in, whatever a sender adds to the form.
 */
export function enquirySchema({ asked: fields, subjectIds, levelIds }: EnquiryShape) {
  const of = shapedBy(fields);
  const student = z.object({
    name: personName(),
    subjectId: of('subjectId', oneOf(subjectIds, 'Choose one of these subjects'), 'Choose a subject'),
    levelId: of('levelId', oneOf(levelIds, 'Choose one of these levels'), 'Choose a level'),
    grade: of('grade', line(60), 'Enter the school year'),
  });
  return z
    .object({
      name: asked(personName(), true, 'Enter your name'),
      email: emailAddress,
      phone: of('phone', optionalPhone, 'Enter a phone number'),
      address: of('address', freeText(500), 'Enter your address'),
      zone: z.preprocess((value) => (typeof value === 'string' && isTimeZone(value) ? value : null), z.string().nullable()),
      students: z.array(student).min(1, 'Say who it is for').max(MOST_STUDENTS, `At most ${MOST_STUDENTS} at once`),
      mode: of('mode', oneOf(MODES, 'Choose where'), 'Choose where'),
      location: of('location', line(500), 'Say where'),
      sessionsPerWeek: of('sessionsPerWeek', number(1, 14, 'lessons'), 'Say how many lessons a week'),
      sessionMinutes: of('sessionMinutes', number(15, 480, 'minutes'), 'Say how long a lesson should be'),
      times: of('times', someOf(isWeekPart, 'Choose among these times'), 'Choose when it suits'),
      startsOn: of('startsOn', day, 'Say when it should begin'),
      endsOn: of('endsOn', day, 'Say until when'),
      urgency: of('urgency', oneOf(URGENCIES, 'Choose how soon'), 'Choose how soon'),
      wishGender: of('wishGender', oneOf(GENDERS, 'Choose one of these'), 'Choose whom you would rather have'),
      wishLanguages: of('wishLanguages', someOf(isFormLanguage, 'Choose among these languages'), 'Choose a language'),
      note: of('note', freeText(2000), 'Tell us a little more'),
    })
    .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, {
      path: ['endsOn'],
      message: 'The last day is before the first',
    });
}
export type Enquiry = z.output<ReturnType<typeof enquirySchema>>;

const number = (min: number, max: number, unit: string) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), wholeNumber(min, max, unit).nullable());
