import { z } from 'zod';
import { isWallTime, isZone } from './wall-time.ts';

const uuid = z.uuid();
const wallTime = z.string().refine(isWallTime, 'Enter a date and a time, such as 2026-03-08 at 15:30');
const duration = z
  .number()
  .int('Enter whole minutes')
  .min(1, 'A session lasts at least a minute')
  .max(1440, 'A session lasts at most a day');
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
});
export type BookSessionInput = z.infer<typeof bookSessionSchema>;

export const rescheduleSessionSchema = z.object({
  sessionId: uuid,
  /** As it was read: somebody else's change in between is told, not overwritten. */
  version: z.number().int(),
  wallStart: wallTime,
  zone: z.string().refine(isZone, 'This time zone is not known').optional(),
  durationMinutes: duration,
  tutorId: z.uuid('Choose a tutor').optional(),
  overruleStudentConflict: z.boolean().optional(),
});
export type RescheduleSessionInput = z.infer<typeof rescheduleSessionSchema>;

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
export type EditSessionInput = z.infer<typeof editSessionSchema>;

export const cancelSessionSchema = z.object({
  sessionId: uuid,
  /** All who are left, if absent. */
  studentIds: z.array(uuid).min(1, 'Choose at least one student').optional(),
  by: z.enum(['client', 'tutor', 'office']),
  /** From the list the office keeps; one that whoever cancels may give. */
  reasonId: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('Choose a reason from the list').optional()),
  /** In their own words. */
  reason: text(1000),
  /** When it was said; now, if absent. */
  cancelledAt: z.date().optional(),
  /** No mail: the caller tells of everything at once. */
  silent: z.boolean().optional(),
});
export type CancelSessionInput = z.infer<typeof cancelSessionSchema>;
