import { z } from 'zod';
import { freeText, recordId } from '#app/domain/people/fields.ts';
import { isLocalDate } from './wall-time.ts';

const day = z.string('Enter a day').trim().refine(isLocalDate, 'Enter a day');
const noDay = (value: unknown) => (value === '' || value === undefined ? null : value);
const optionalDay = z.preprocess(noDay, day.nullable());
const minutes = { startMinute: z.int().min(0).max(1439), endMinute: z.int().min(1).max(2880) };

/** The hours of a whole week, for the days from `from` (null: the ones that hold today) until `until` (null: until others begin). */
export const setAvailabilitySchema = z.object({
  tutorId: recordId,
  /** What was saved when the page was made (weekStamp). */
  stamp: z.string().max(20_000),
  from: optionalDay,
  /** The last day. */
  until: optionalDay,
  /** 'before': as the hours before them, which takes these away. */
  spans: z.union([
    z.literal('before'),
    z.array(z.object({ weekday: z.int().min(1).max(7), ...minutes })).max(200, 'That is more than a week holds'),
  ]),
});
export type SetAvailability = z.output<typeof setAvailabilitySchema>;

export const addExceptionSchema = z.object({
  /** Chosen by the form, so that sending it twice adds one. */
  id: z.uuid(),
  tutorId: recordId,
  localDate: day,
  open: z.boolean(),
  ...minutes,
  note: freeText(300),
});
export type AddException = z.output<typeof addExceptionSchema>;

const time = z.preprocess(
  noDay,
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 09:30')
    .nullable(),
);

export const timeOffSchema = z
  .object({
    id: z.uuid(),
    tutorId: recordId,
    fromDate: day,
    /** The last day; as the first where it is left out. */
    toDate: optionalDay,
    /** Both empty: whole days. */
    fromTime: time,
    toTime: time,
    reason: freeText(500),
  })
  .transform((input) => ({ ...input, toDate: input.toDate ?? input.fromDate }))
  .superRefine((input, ctx) => {
    const at = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if (input.toDate < input.fromDate) at('toDate', 'The last day can’t be before the first');
    if (input.fromTime !== null && input.toTime === null) at('toTime', 'Enter when it ends, or leave both times empty');
    if (input.fromTime === null && input.toTime !== null) at('fromTime', 'Enter when it begins, or leave both times empty');
    if (input.fromTime && input.toTime && input.fromDate === input.toDate && input.toTime <= input.fromTime)
      at('toTime', 'The end has to be after the start');
  });
export type TimeOffInput = z.output<typeof timeOffSchema>;

export const decideTimeOffSchema = z.object({
  id: recordId,
  version: z.coerce.number().int(),
  approve: z.boolean(),
  note: freeText(500),
});
export type DecideTimeOff = z.output<typeof decideTimeOffSchema>;
