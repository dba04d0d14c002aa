import { z } from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what these fields refuse
const CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

/** One line of text. A line break here could become a header of its own in the subject or the calendar. */
export const line = (max = 300) =>
  z
    .string()
    .max(max)
    .refine((value) => !CONTROL.test(value), 'must be one line without control characters');

/** An absolute link to a page. Only http(s): a `javascript:` link has no business in a mail. */
export const link = z.string().refine((value) => {
  if (CONTROL.test(value) || !URL.canParse(value)) return false;
  return ['http:', 'https:'].includes(new URL(value).protocol);
}, 'must be an http or https link');

/** A bare address, `name@host`. Commas, semicolons and angle brackets could name a second recipient. */
export const address = line(254).refine(
  (value) => /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(value),
  'must be one mail address',
);

export const instant = z.iso.datetime({ offset: true });
export const day = z.iso.date();

/** What every mail says about the company and its reader. */
export const envelope = {
  company: z.object({ name: line(), contact: address.nullable() }),
  recipient: z.object({ name: line(), address }),
  /** BCP 47 tag and IANA zone of the reader. */
  locale: line(35),
  zone: line(64),
  link,
  /** Where the reader chooses which mails they get; none in a mail that can't be declined. */
  manage: link.nullish(),
};
