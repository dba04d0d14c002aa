import { z } from 'zod';
import type { CustomPatch } from '#app/domain/fields/custom-field.ts';
import {
  freeText,
  optional,
  optionalEmail,
  optionalId,
  optionalPhone,
  optionalTimeZone,
  recordId,
  requiredText,
  version,
  wholeNumber,
} from '#app/domain/people/fields.ts';
import { languageTags } from '#app/domain/people/languages.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import { GENDERS, REQUEST_SOURCES, URGENCIES } from './request-kinds.ts';
import { tidyTimes } from './request-times.ts';

const day = z.string().refine(isLocalDate, 'Enter a date, such as 2026-03-08');

const time = z
  .object({
    weekday: z.int().min(1).max(7),
    startMinute: z.int().min(0).max(1439),
    /** Over 1440: on the next day. */
    endMinute: z.int().min(1).max(2880),
    wished: z.boolean(),
  })
  .refine((span) => span.endMinute > span.startMinute, 'Enter an end after the start');

/** Of what is sent nothing: whoever reads the form lays the checked values over it. */
const custom = z
  .record(z.string(), z.unknown())
  .transform((): CustomPatch => ({}))
  .default({});

/** What is asked for. Only what is known: a call or a form may say no more than a subject. */
const wanted = {
  subjectId: optionalId('Choose a subject'),
  /** Null: nobody has said yet. */
  programId: optionalId('Choose a program'),
  /** Null: at any level. */
  levelId: optionalId('Choose a level'),
  mode: optional(z.enum(['online', 'in_person'], 'Choose online or in person')),
  placeId: optionalId('Choose a place'),
  /** Where, in their own words, while there is no place. */
  location: freeText(300),
  /** Of one session. */
  sessionMinutes: optional(wholeNumber(5, 720, 'minutes')),
  sessionsPerWeek: optional(wholeNumber(1, 14, 'sessions')),
  /** Of the times; null: the organisation's. */
  zone: optionalTimeZone,
  /** None: at any time. */
  times: z.array(time).max(200, 'That is more than a week holds').default([]).transform(tidyTimes),
  startsOn: optional(day),
  /** The last day. */
  endsOn: optional(day),
  urgency: z.enum(URGENCIES, 'Choose how urgent it is').default('normal'),
  wishGender: optional(z.enum(GENDERS, 'Choose from the list')),
  /** Language tags; a form sends names or tags with commas between. */
  wishLanguages: languageTags,
  /** A tutor they know, or were told of. */
  wishTutorId: optionalId('Choose a tutor'),
  /** A style, as tags of tutors. */
  tags: tagNames,
  /** In their own words. */
  wishes: freeText(),
  assigneeId: optionalId('Choose who works on it'),
};

/** A student who is new too. */
const newStudent = z.object({
  firstName: requiredText('Enter the student’s first name'),
  lastName: freeText(120),
  email: optionalEmail,
  grade: freeText(60),
  timezone: optionalTimeZone,
  notes: freeText(),
  custom,
});

const newClient = z.object({
  name: requiredText('Enter the name of who asks'),
  email: optionalEmail,
  phone: optionalPhone,
  address: freeText(500),
  timezone: optionalTimeZone,
  notes: freeText(),
  custom,
});

/** Whom it is for: somebody known, a new child of a known client, or both new; a new client without a student learns themself. */
export const requestForSchema = z.discriminatedUnion('who', [
  z.object({ who: z.literal('student'), studentId: z.uuid('Choose a student') }),
  z.object({ who: z.literal('new_student'), clientId: z.uuid('Choose who pays'), student: newStudent }),
  z.object({ who: z.literal('new'), client: newClient, student: newStudent.nullable() }),
]);
export type RequestFor = z.output<typeof requestForSchema>;

const inOrder = (value: { startsOn: string | null; endsOn: string | null }) =>
  value.startsOn === null || value.endsOn === null || value.endsOn >= value.startsOn;
const order = { path: ['endsOn'], message: 'The end can’t be before the start' };

export const requestSchema = z.object(wanted).refine(inOrder, order);
export type RequestValues = z.output<typeof requestSchema>;

export const newRequestSchema = z
  .object({
    /** Chosen by the form, so that sending it twice makes one. */
    id: recordId.optional(),
    source: z.enum(REQUEST_SOURCES),
    for: requestForSchema,
    ...wanted,
    /** Values of custom fields by the field's id, checked already. */
    custom,
    /** It was seen that there is such a request, or such a person, already. An enquiry from outside always says so. */
    despiteDuplicates: z.boolean().default(false),
  })
  .refine(inOrder, order);
export type NewRequest = z.output<typeof newRequestSchema>;

export const requestEditSchema = z.object({ id: recordId, version, ...wanted }).refine(inOrder, order);
export type RequestEdit = z.output<typeof requestEditSchema>;
