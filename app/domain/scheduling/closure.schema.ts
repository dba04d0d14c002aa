import { z } from 'zod';
import { optionalId, requiredText } from '#app/domain/people/fields.ts';
import { addDays, isLocalDate } from './wall-time.ts';

const day = z.string('Enter a day').trim().refine(isLocalDate, 'Enter a day');
const LONGEST_DAYS = 366;

export const closureSchema = z
  .object({
    /** Chosen by the form, so that sending it twice adds one. */
    id: z.uuid(),
    name: requiredText('Enter a name, such as Christmas'),
    startsOn: day,
    /** The last day; as the first where it is left out. */
    endsOn: z.preprocess((value) => (value === '' || value === undefined ? null : value), day.nullable()),
    /** Of one program alone; null: of the whole company. */
    programId: optionalId('Choose a program'),
  })
  .transform((input) => ({ ...input, endsOn: input.endsOn ?? input.startsOn }))
  .superRefine((input, ctx) => {
    if (input.endsOn < input.startsOn)
      ctx.addIssue({ code: 'custom', path: ['endsOn'], message: 'The last day can’t be before the first' });
    else if (isLocalDate(input.startsOn) && input.endsOn >= addDays(input.startsOn, LONGEST_DAYS))
      ctx.addIssue({ code: 'custom', path: ['endsOn'], message: 'A closure lasts a year at most' });
  });
export type ClosureValues = z.output<typeof closureSchema>;

/** An entry of a calendar file, as its preview sends it back. */
export const fileEntrySchema = z
  .object({
    uid: z.string().min(1).max(500),
    name: requiredText('Enter a name'),
    startsOn: day,
    endsOn: day,
  })
  .refine((entry) => entry.endsOn >= entry.startsOn);
export type FileEntry = z.output<typeof fileEntrySchema>;
