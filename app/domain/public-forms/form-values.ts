import { z } from 'zod';
import { freeText } from '#app/domain/people/fields.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** What the public forms read alike. A form sends text; what isn't filled in is null, empty or an empty list. */

/** A name goes into the heads of mails and into lists: one line, whatever was pasted. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();

export const line = (max: number) => freeText(max).transform(oneLine);

/** A person's: it is written back to an address that anybody can give, so no link goes out with it. */
export const personName = () => line(120).refine((name) => !/https?:|www\.|\/\//i.test(name), 'Enter a name without a link');

export const emailAddress = z
  .string('Enter your e-mail address')
  .trim()
  .toLowerCase()
  .min(1, 'Enter your e-mail address')
  .max(254, 'Keep it under 254 characters')
  .pipe(z.email('Enter an e-mail address like name@example.org'));

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Refuses an empty field that the form requires. */
export const asked = <T extends z.ZodType>(schema: T, required: boolean, message: string) =>
  required ? schema.refine((value) => !isEmpty(value), message) : schema;

/** One of a list, or null where nothing was chosen. */
export const oneOf = <T extends string>(choices: readonly T[], message: string) =>
  z.preprocess(
    (value) => (value === '' || value === undefined ? null : value),
    z.custom<T>((value) => (choices as readonly unknown[]).includes(value), message).nullable(),
  );

/** Several of a list: what isn't in it is refused. */
export const someOf = (isChoice: (text: string) => boolean, message: string) =>
  z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string()).max(100, message))
    .transform((values) => [...new Set(values.filter((value) => value !== ''))])
    .refine((values) => values.every(isChoice), message);

export const day = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z
    .string()
    .trim()
    .refine((text) => isLocalDate(text) && text >= '2000-01-01' && text < '2200-01-01', 'Enter a date')
    .nullable(),
);

/** A field of a form's schema where the form asks it; else it is as if nobody had filled it in, whatever was sent. */
export const shapedBy =
  (fields: ReadonlyMap<string, boolean>) =>
  <T extends z.ZodType>(name: string, schema: T, message: string) =>
    fields.has(name) ? asked(schema, fields.get(name) ?? false, message) : z.preprocess(() => undefined, schema);
