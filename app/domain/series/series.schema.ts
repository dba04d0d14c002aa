import { z } from 'zod';
import { isRule } from '#app/domain/scheduling/recurrence.ts';
import { bookSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { isLocalDate, isWallTime } from '#app/domain/scheduling/wall-time.ts';

const uuid = z.uuid();
const day = z.string().refine(isLocalDate, 'Enter a date, such as 2026-03-08');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, such as 15:30');
const wallTime = z.string().refine(isWallTime, 'Enter a date and a time, such as 2026-03-08 at 15:30');
const rrule = z.string().max(300).refine(isRule, 'This is no rule of days');
const count = z.number('Enter how many').int('Enter a whole number').min(1, 'At least one');

/**
 * What becomes of one day of a series: planned as the rule says (seeing what speaks against it), left out, planned at
 * another time, or (of an edit) kept where it is.
 */
const decision = z.object({
  date: day,
  action: z.enum(['book', 'skip', 'move', 'keep']),
  /** Of a move: when instead, in the series' zone. */
  wallStart: wallTime.optional(),
});
export type Decision = z.infer<typeof decision>;

/** `untilOn` or `occurrences`, or neither: open, carried on by itself. */
const end = { untilOn: day.nullish(), occurrences: count.nullish() };

export const createSeriesSchema = bookSessionSchema
  .pick({
    id: true,
    tutorId: true,
    programId: true,
    subjectId: true,
    zone: true,
    durationMinutes: true,
    mode: true,
    location: true,
    meetingInstallId: true,
    billable: true,
    title: true,
    description: true,
    engagementId: true,
    overruleStudentConflict: true,
  })
  .extend({
    /** Nobody yet: a course to which students come. */
    studentIds: z.array(uuid),
    rrule,
    startsOn: day,
    time,
    ...end,
    roomId: uuid.nullish(),
    placeId: uuid.nullish(),
    /** Null: the program's. */
    capacity: z.number().int().min(1).max(500).nullish(),
    decisions: z.array(decision).max(1000).optional(),
    /** What becomes of a clash nobody has decided about; default: it refuses the whole. */
    clashes: z.enum(['refuse', 'skip']).optional(),
    /** No mail: the caller tells of everything at once. */
    silent: z.boolean().optional(),
  });
export type CreateSeriesInput = z.infer<typeof createSeriesSchema>;

export const editSeriesSchema = z.object({
  seriesId: uuid,
  version: z.number().int(),
  /** Chosen by the form, so that sending it twice changes once; of a cut, the new series gets it. */
  editId: uuid,
  scope: z.enum(['following', 'all']),
  /** Of "this and following": the day the rule gave the first one. */
  from: day,
  change: z.object({
    rrule: rrule.optional(),
    time: time.optional(),
    durationMinutes: bookSessionSchema.shape.durationMinutes.optional(),
    tutorId: z.uuid('Choose a tutor').optional(),
    title: bookSessionSchema.shape.title,
    description: bookSessionSchema.shape.description,
    location: bookSessionSchema.shape.location,
    roomId: uuid.nullish(),
    placeId: uuid.nullish(),
    /** From the first changed one on. */
    end: z.object(end).optional(),
  }),
  overruleStudentConflict: z.boolean().optional(),
  decisions: z.array(decision).max(1000).optional(),
});
export type EditSeriesInput = z.infer<typeof editSeriesSchema>;

export const cancelSeriesSchema = z.object({
  seriesId: uuid,
  scope: z.enum(['following', 'all']),
  from: day,
  by: z.enum(['client', 'tutor', 'office']),
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  reason: z.string().trim().max(1000, 'At most 1000 characters'),
});
export type CancelSeriesInput = z.infer<typeof cancelSeriesSchema>;

export const pauseSeriesSchema = z
  .object({
    seriesId: uuid,
    /** Both included. */
    from: day,
    to: day,
    by: z.enum(['client', 'tutor', 'office']),
    reason: z.string().trim().max(1000, 'At most 1000 characters'),
  })
  .refine((pause) => pause.to >= pause.from, { path: ['to'], message: 'The last day is before the first.' });
export type PauseSeriesInput = z.infer<typeof pauseSeriesSchema>;
