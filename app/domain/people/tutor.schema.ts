import { z } from 'zod';
import { coordinates } from '#app/domain/places/place.schema.ts';
import { schedulingOverridesSchema } from '#app/domain/scheduling/scheduling-rules.ts';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import {
  checkbox,
  freeText,
  mailLanguage,
  optional,
  optionalEmail,
  optionalId,
  optionalPhone,
  recordId,
  requiredText,
  timeZone,
  version,
  wholeNumber,
  withoutBlanks,
} from './fields.ts';
import { languageTags } from './languages.ts';
import { GENDERS, MODES, TUTOR_STATUSES } from './tutor-status.ts';

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

const facts = z.object({
  firstName: requiredText('Enter a first name'),
  lastName: freeText(120),
  email: optionalEmail,
  phone: optionalPhone,
  timezone: timeZone,
  locale: mailLanguage,
  gender: optional(z.enum(GENDERS, 'Choose one of the list')),
  /** Language tags. */
  languages: languageTags,
  modes: z
    .array(z.enum(MODES))
    .min(1, 'Choose at least one way to teach')
    .default([...MODES]),
  /** Where they set out from. */
  homeAddress: freeText(500),
  coordinates,
  /** How long they go one way; null: no limit. */
  reachMinutes: optional(wholeNumber(0, 1440, 'minutes')),
  maxHoursPerWeek: optional(hours),
  wishedHoursPerWeek: optional(hours),
  bufferMinutes: wholeNumber(0, 480, 'minutes'),
  payGroupId: optionalId('Choose a pay group'),
  personalRoomUrl: optional(roomUrl),
  notes: freeText(),
  schedulingOverrides: z.preprocess(withoutBlanks, schedulingOverridesSchema).default({}),
  /** Can be chosen on the public booking page, where the text stands beside the name. */
  inStorefront: checkbox,
  storefrontText: freeText(600),
  /** At which levels each; none: at every level. */
  subjects: z.array(z.object({ subjectId: recordId, levelIds: z.array(recordId).default([]) })).default([]),
  tags: tagNames,
});

const withinLimit = (values: { maxHoursPerWeek: string | null; wishedHoursPerWeek: string | null }) =>
  values.maxHoursPerWeek === null ||
  values.wishedHoursPerWeek === null ||
  Number(values.wishedHoursPerWeek) <= Number(values.maxHoursPerWeek);
const beyondLimit = { path: ['wishedHoursPerWeek'], error: 'Enter no more than the hours a week at most' };

export const tutorSchema = facts.extend({ status: z.enum(TUTOR_STATUSES).default('active') }).refine(withinLimit, beyondLimit);
export type TutorValues = z.output<typeof tutorSchema>;

/** The status has a use case of its own. */
export const tutorEditSchema = facts.extend({ id: recordId, version }).refine(withinLimit, beyondLimit);
export type TutorEdit = z.output<typeof tutorEditSchema>;
