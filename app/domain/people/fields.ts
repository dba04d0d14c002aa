import { z } from 'zod';
import { MAIL_LANGUAGES } from './languages.ts';

/** The fields that people's forms share. A form sends text; an empty optional field is null. */

export const requiredText = (message: string, max = 120) =>
  z.string(message).trim().min(1, message).max(max, `Keep it under ${max} characters`);

export const freeText = (max = 4000) => z.string().trim().max(max, `Keep it under ${max} characters`).default('');

const emptyToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null));

export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyToNull, schema.nullable());

export const optionalEmail = optional(
  z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'Keep it under 254 characters')
    .pipe(z.email('Enter an e-mail address like name@example.org')),
);

export const optionalPhone = optional(
  z
    .string()
    .trim()
    .max(40, 'Keep it under 40 characters')
    .regex(/\d.*\d.*\d/, 'Enter a phone number'),
);

export const optionalId = (message: string) => optional(z.uuid(message));

/** Whole numbers as forms send them. */
export const wholeNumber = (min: number, max: number, unit: string) => {
  const message = `Enter a whole number of ${unit} from ${min} to ${max}`;
  return z
    .union(
      [
        z
          .string()
          .trim()
          .regex(/^\d{1,6}$/, message),
        z.number(),
      ],
      message,
    )
    .transform(Number)
    .pipe(z.number().int(message).min(min, message).max(max, message));
};

/** A box of a form: sent as `on`, or not at all. */
export const checkbox = z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean());

/** A day as `YYYY-MM-DD`, of the calendar: no 31st of April. */
export const calendarDay = (message: string) =>
  z
    .string(message)
    .trim()
    .regex(/^(19|[2-8]\d)\d{2}-\d{2}-\d{2}$/, message)
    .refine((text) => {
      const date = new Date(`${text}T00:00:00Z`);
      return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    }, 'That day is not in the calendar');

export const recordId = z.uuid('That record is not there');

/** The version a form was filled from: saving over a newer one is refused. */
export const version = z.union([z.string().regex(/^\d{1,9}$/), z.number().int()]).transform(Number);

export function isTimeZone(name: string): boolean {
  if (!/^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2})$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const timeZone = z.string('Choose a time zone').trim().refine(isTimeZone, 'Choose a time zone, such as Europe/Dublin');

/** The language somebody is written to in, as a tag (BCP 47); null: the organisation's. Left out: as it is. */
export const mailLanguage = optional(
  z.string().refine((tag) => Object.hasOwn(MAIL_LANGUAGES, tag), 'Choose a language from the list'),
).optional();

export const optionalTimeZone = optional(timeZone);

/** The zones to choose from, with the one in use even where it goes by an older name. */
export function timeZones(current?: string | null): string[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (current) names.add(current);
  return [...names].sort();
}

/** A rule left blank says nothing, so that the organisation's value holds, today's and later ones. */
export function withoutBlanks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, withoutBlanks(inner)] as const)
    .filter(([, inner]) => inner !== undefined && inner !== null && !(typeof inner === 'string' && inner.trim() === ''))
    .filter(([, inner]) => typeof inner !== 'object' || Object.keys(inner as object).length > 0);
  return Object.fromEntries(kept);
}
