import { z } from 'zod';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import type { BookedBy } from './fit.ts';
import { isWallTime, isZone } from './wall-time.ts';

const uuid = z.uuid();
const wallTime = z.string().refine(isWallTime, 'Enter a date and a time, such as 2026-03-08 at 15:30');
const duration = z
  .number()
  .int('Enter whole minutes')
  .min(1, 'A session lasts at least a minute')
  .max(1440, 'A session lasts at most a day');
const capacity = z
  .number()
  .int('Enter a whole number of students')
  .min(1, 'At least one student')
  .max(500, 'At most 500 students');
const text = (max: number) => z.string().trim().max(max, `At most ${max} characters`);

/** A booking as the form and every other way in give it. Money in minor units per hour, times as wall time in `zone`. */
export const bookSessionSchema = z.object({
  /** Chosen by the form, so that sending it twice books once. */
  id: uuid.optional(),
  tutorId: z.uuid('Choose a tutor'),
  studentIds: z.array(uuid).min(1, 'Choose at least one student'),
  programId: z.uuid('Choose a program'),
  subjectId: z.uuid('Choose a subject'),
  wallStart: wallTime,
  /** Default: the organisation's. */
  zone: z.string().refine(isZone, 'This time zone is not known').optional(),
  durationMinutes: duration,
  mode: z.enum(['online', 'in_person']),
  location: text(500).optional(),
  meetingInstallId: uuid.optional(),
  billable: z.boolean(),
  title: text(200).optional(),
  description: text(5000).optional(),
  plan: text(10_000).optional(),
  chargeRateOverride: z.bigint().min(0n).optional(),
  payRateOverride: z.bigint().min(0n).optional(),
  rateOverrideReason: text(500).optional(),
  overruleStudentConflict: z.boolean().optional(),
  /** The engagement it is booked for; default: that of the tutor and the only student. */
  engagementId: uuid.optional(),
  roomId: z.uuid('Choose a room').nullable().optional(),
  /** Of a session in person. Default: the room's. */
  placeId: z.uuid('Choose a place').nullable().optional(),
  /** How many students this one takes. Default: as many as the program. */
  capacity: capacity.nullable().optional(),
});

/** What the code that books knows and no form may say. */
interface BookingMeans {
  /** Who books, which decides whether hours, notice and limits bind or are only said. Default: the office. */
  by?: BookedBy | undefined;
  /** When a guest chose the time that was kept for them: notice counts from then. */
  askedAt?: Date | undefined;
  /** No mail: the caller tells of everything at once. */
  silent?: boolean | undefined;
  /** Begins at this instant because somebody starts it: off the grid, without notice, outside hours. Clashes bind. */
  startNow?: Date | undefined;
}

export type BookSessionInput = WithCustom<z.infer<typeof bookSessionSchema>> &
  BookingMeans & {
    /** The series it is of, and the day the rule gave it. */
    seriesId?: string | undefined;
    originalDate?: string | undefined;
    /** The billing of a place where it isn't the family's own: it makes up for one that was paid. */
    billingOf?: ((studentId: string, minutes: number) => string | undefined) | undefined;
    /** Where credits don't cover it: refused, or booked and flagged. Default: as the billing mode has it. */
    shortOfCredits?: 'refuse' | 'flag' | undefined;
  };

export const rescheduleSessionSchema = z.object({
  sessionId: uuid,
  /** As it was read: somebody else's change in between is told, not overwritten. */
  version: z.number().int(),
  wallStart: wallTime,
  zone: z.string().refine(isZone, 'This time zone is not known').optional(),
  durationMinutes: duration,
  tutorId: z.uuid('Choose a tutor').optional(),
  /** These stay as they are where nothing is said; null: none any more. */
  mode: z.enum(['online', 'in_person']).optional(),
  roomId: z.uuid('Choose a room').nullable().optional(),
  placeId: z.uuid('Choose a place').nullable().optional(),
  location: text(500).optional(),
  overruleStudentConflict: z.boolean().optional(),
});
export type RescheduleSessionInput = z.infer<typeof rescheduleSessionSchema> &
  BookingMeans & {
    /** The whole series moves: this session does not become one that differs from it. */
    withSeries?: boolean | undefined;
  };

export const editSessionSchema = z.object({
  sessionId: uuid,
  version: z.number().int(),
  title: text(200).optional(),
  description: text(5000).optional(),
  location: text(500).optional(),
  plan: text(10_000).optional(),
  billable: z.boolean().optional(),
  subjectId: z.uuid('Choose a subject').optional(),
});
export type EditSessionInput = WithCustom<z.infer<typeof editSessionSchema>>;

export const cancelSessionSchema = z.object({
  sessionId: uuid,
  /** All who are left, if absent. */
  studentIds: z.array(uuid).min(1, 'Choose at least one student').optional(),
  /** As it was read: somebody else's change in between is told first. Absent: whatever it is by now. */
  version: z.number().int().optional(),
  by: z.enum(['client', 'tutor', 'office']),
  /** From the list the office keeps; one that whoever cancels may give. */
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  /** In their own words. */
  reason: text(1000),
  /** When it was said; now, if absent. */
  cancelledAt: z.date().optional(),
});
export type CancelSessionInput = z.infer<typeof cancelSessionSchema> & Pick<BookingMeans, 'silent'>;
