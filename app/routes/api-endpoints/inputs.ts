import { z } from 'zod';
import { closeOutSchema } from '#app/domain/closeout/close-out.schema.ts';
import { bookSessionSchema, cancelSessionSchema, rescheduleSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { sessionStatuses } from '#app/domain/scheduling/session-status.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** What the API takes. A field it doesn't know is refused: a misspelt one would otherwise do nothing, silently. */
export const bodies = z.registry<{ id: string }>();

export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('How many at most'),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
};
export const archived = z.enum(['true', 'false']).optional().describe('Only archived ones, or none of them');

const day = z.string().refine(isLocalDate, 'Give a day as YYYY-MM-DD').describe('YYYY-MM-DD, of the company’s zone');
const instant = z.iso.datetime({ offset: true });
const id = z.guid();

export const sessionQuery = z.strictObject({
  from: instant.optional().describe('Starting at or after'),
  to: instant.optional().describe('Starting before'),
  updatedSince: instant.optional().describe('Changed at or after'),
  tutorId: id.optional(),
  studentId: id.optional(),
  programId: id.optional(),
  status: z.enum(sessionStatuses).optional(),
  ...paging,
});

export const slotQuery = z.strictObject({
  programId: id,
  durationMinutes: z.coerce.number().int().min(1).max(1440),
  fromDate: day,
  toDate: day.describe('YYYY-MM-DD, not included; at most 31 days on'),
  mode: z.enum(['online', 'in_person']).default('online'),
  tutorId: id.optional().describe('Default: everyone who may teach it'),
  subjectId: id.optional(),
  studentId: id.optional().describe('Who is to come: not when they have another session'),
  placeId: id.optional(),
  roomId: id.optional(),
  ...paging,
});

export const createSession = z
  .strictObject(
    bookSessionSchema.pick({
      tutorId: true,
      studentIds: true,
      programId: true,
      subjectId: true,
      wallStart: true,
      zone: true,
      durationMinutes: true,
      mode: true,
      location: true,
      roomId: true,
      placeId: true,
      meetingInstallId: true,
      title: true,
      description: true,
      plan: true,
      capacity: true,
      overruleStudentConflict: true,
    }).shape,
  )
  .extend({
    wallStart: bookSessionSchema.shape.wallStart.describe('YYYY-MM-DDTHH:mm by the clock of `zone`'),
    zone: bookSessionSchema.shape.zone.describe('An IANA zone. Default: the company’s'),
    billable: z.boolean().default(true),
    overruleStudentConflict: z.boolean().optional().describe('Book it though a student has another session then'),
  })
  .register(bodies, { id: 'CreateSession' });

export const moveSession = z
  .strictObject(rescheduleSessionSchema.omit({ sessionId: true }).shape)
  .extend({
    version: z.int().describe('Of the session as it was read: refused with 409 when it was changed since'),
    wallStart: rescheduleSessionSchema.shape.wallStart.describe('YYYY-MM-DDTHH:mm by the clock of `zone`'),
    zone: rescheduleSessionSchema.shape.zone.describe('An IANA zone. Default: the session’s'),
  })
  .register(bodies, { id: 'MoveSession' });

export const cancelSession = z
  .strictObject(cancelSessionSchema.pick({ studentIds: true, by: true }).shape)
  .extend({
    reasonId: id.optional().describe('Of the list the office keeps'),
    reason: z.string().trim().max(1000).default(''),
    version: z.int().optional().describe('As it was read: refused with 409 when it was changed since'),
  })
  .register(bodies, { id: 'CancelSession' });

export const closeOutSession = z
  .strictObject({
    version: z.int().optional().describe('Of the close-out as it was read, 0 where there was none'),
    actualWallStart: closeOutSchema.shape.actualWallStart.optional().describe('Default: as planned'),
    actualMinutes: closeOutSchema.shape.actualMinutes.optional().describe('Default: as planned'),
    miles: closeOutSchema.shape.miles,
    notes: closeOutSchema.shape.notes.default('').describe('For the family'),
    privateNote: closeOutSchema.shape.privateNote.default('').describe('For the office'),
    homework: closeOutSchema.shape.homework.default(''),
    nextTopics: closeOutSchema.shape.nextTopics.default(''),
    attendance: z
      .array(z.strictObject(closeOutSchema.shape.attendance.element.pick({ studentId: true, outcome: true, note: true }).shape))
      .max(500)
      .describe('Of each student who has not cancelled, once, what took place'),
  })
  .register(bodies, { id: 'CloseOutSession' });
