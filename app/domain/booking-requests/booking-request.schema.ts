import { z } from 'zod';
import { isWallTime, isZone } from '#app/domain/scheduling/wall-time.ts';

export const REQUEST_KINDS = ['new', 'move', 'cancel'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];
export const REQUEST_STATUSES = ['open', 'proposed', 'accepted', 'declined', 'withdrawn'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

const uuid = z.uuid();
const wallTime = z.string().refine(isWallTime, 'Enter a date and a time, such as 2026-03-08 at 15:30');
const zone = z.string().refine(isZone, 'This time zone is not known');
const minutes = z.number('Choose a duration').int('Enter whole minutes').min(1, 'Choose a duration').max(1440);
const note = z.string().trim().max(1000, 'At most 1000 characters');

/** A time that somebody offers or takes: wall time in `zone`, default the organisation's. */
export const offeredTimeSchema = z.object({
  wallStart: wallTime,
  zone: zone.optional(),
  durationMinutes: minutes,
  /** Default: the tutor asked for, or of the session. */
  tutorId: z.uuid('Choose a tutor').optional(),
});
export type OfferedTime = z.infer<typeof offeredTimeSchema>;

/** What is stored of an offered time, as `booking_request.proposals` has it. */
export const proposalSchema = z.object({
  startsAt: z.iso.datetime({ offset: true }),
  wallStart: z.string(),
  zone: z.string(),
  durationMinutes: z.number(),
  tutorId: uuid,
  /** Who offered it: the office may offer a time outside the tutor's hours. */
  by: z.enum(['office', 'tutor']),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const readProposals = (stored: unknown): Proposal[] => z.array(proposalSchema).parse(stored ?? []);

export const requestBookingSchema = z.object({
  /** Chosen by the form, so that sending it twice asks once. */
  id: uuid.optional(),
  kind: z.enum(REQUEST_KINDS),
  source: z.enum(['family', 'storefront', 'tutor']),
  /** Of a move and a cancellation. */
  sessionId: uuid.optional(),
  engagementId: uuid.optional(),
  clientId: uuid,
  studentId: uuid,
  /** Null: any tutor. */
  tutorId: uuid.nullable(),
  programId: uuid,
  subjectId: uuid,
  wallStart: wallTime.optional(),
  zone: zone.optional(),
  durationMinutes: minutes.optional(),
  mode: z.enum(['online', 'in_person']).optional(),
  placeId: uuid.optional(),
  location: z.string().trim().max(500).optional(),
  note: note.optional(),
});
export type RequestBookingInput = z.infer<typeof requestBookingSchema>;

/** Accepting books, moves or cancels as it was asked, but for what is chosen differently here. */
const accept = z.object({
  kind: z.literal('accept'),
  tutorId: z.uuid('Choose a tutor').optional(),
  wallStart: wallTime.optional(),
  zone: zone.optional(),
  durationMinutes: minutes.optional(),
  mode: z.enum(['online', 'in_person']).optional(),
  meetingInstallId: uuid.optional(),
  placeId: uuid.optional(),
  roomId: uuid.optional(),
  location: z.string().trim().max(500).optional(),
  overruleStudentConflict: z.boolean().optional(),
});
const decline = z.object({ kind: z.literal('decline'), reason: note.min(1, 'Say why: the family reads it') });
const propose = z.object({
  kind: z.literal('propose'),
  times: z.array(offeredTimeSchema).min(1, 'Choose at least one time').max(6, 'At most six times'),
  note: note.optional(),
});
const passOn = z.object({ kind: z.literal('pass_on'), note: note.optional() });

export const decideBookingRequestSchema = z.object({
  requestId: uuid,
  /** As it was read: an answer given meanwhile is told, not overwritten. */
  version: z.number().int().optional(),
  decision: z.discriminatedUnion('kind', [accept, decline, propose, passOn]),
});
export type DecideBookingRequestInput = z.infer<typeof decideBookingRequestSchema>;
export type AcceptDecision = z.infer<typeof accept>;
