import { z } from 'zod';
import { freeText, optional, recordId, version, wholeNumber } from '#app/domain/people/fields.ts';
import { WHO_MAY_SCHEDULE } from '#app/domain/scheduling/scheduling-rules.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

const day = z.string().refine(isLocalDate, 'Enter a date, such as 2026-03-08');

const hours = z
  .union([z.string().trim(), z.number()])
  .transform((value) => String(value))
  .pipe(z.string().regex(/^\d{1,3}([.,]\d{1,2})?$/, 'Enter hours, such as 1 or 1.5'))
  .transform((text) => Number(text.replace(',', '.')))
  .pipe(z.number().min(0.25, 'At least a quarter of an hour').max(60, 'At most 60 hours a week'))
  .transform((value) => value.toFixed(2));

/** A tutor engaged to a student for a subject of a program. Days are the organisation's; the last one is included. */
const fields = {
  tutorId: z.uuid('Choose a tutor'),
  studentId: z.uuid('Choose a student'),
  programId: z.uuid('Choose a program'),
  subjectId: z.uuid('Choose a subject'),
  /** Null: as the rules of tutor, program and organisation say. */
  whoMaySchedule: optional(z.enum(WHO_MAY_SCHEDULE, 'Choose who may schedule')),
  /** "1.50" */
  hoursPerWeek: optional(hours),
  /** Null: the program's usual length. */
  defaultMinutes: optional(wholeNumber(5, 720, 'minutes')),
  startsOn: day,
  endsOn: optional(day),
  notes: freeText(),
};

const inOrder = <T extends { startsOn: string; endsOn: string | null }>(value: T) =>
  value.endsOn === null || value.endsOn >= value.startsOn;
const order = { path: ['endsOn'], message: 'The end can’t be before the start' };

export const engagementSchema = z.object(fields).refine(inOrder, order);
export type EngagementValues = z.output<typeof engagementSchema>;

export const engagementEditSchema = z.object({ id: recordId, version, ...fields }).refine(inOrder, order);
export type EngagementEdit = z.output<typeof engagementEditSchema>;

export const engagementEndSchema = z.object({ id: recordId, endsOn: day, reason: freeText(500) });
export type EngagementEnd = z.output<typeof engagementEndSchema>;
