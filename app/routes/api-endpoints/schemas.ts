import { z } from 'zod';
import { closeOutOutcomes, outcomes } from '#app/domain/billing/outcomes.ts';
import { sessionStatuses } from '#app/domain/scheduling/session-status.ts';

/** What the API answers with. What isn't named here is not in an answer, whatever was read. */
export const answers = z.registry<{ id: string; description?: string }>();

const id = z.guid();
const instant = z.iso.datetime().describe('An instant in UTC');
const wall = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .describe('YYYY-MM-DDTHH:mm by the clock of `zone`');
const named = z.object({ id, name: z.string() });

/** Left out without the scope `contacts:read`. */
const email = z.string().nullable().optional().describe('With the scope contacts:read');
const phone = z.string().nullable().optional().describe('With the scope contacts:read');
const custom = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .optional()
  .describe('Additional fields by their keys, choices by their names. With the scope notes:read');
const notes = z.string().optional().describe('With the scope notes:read');

export const tutor = z
  .object({
    id,
    ref: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    timezone: z.string().nullable(),
    subjects: z.array(named),
    archived: z.boolean(),
    email,
    phone,
    notes,
    custom,
  })
  .register(answers, { id: 'Tutor' });

export const student = z
  .object({
    id,
    ref: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    grade: z.string(),
    timezone: z.string().nullable(),
    client: z.object({ id, name: z.string(), email, phone }).describe('Who pays'),
    archived: z.boolean(),
    email,
    notes,
    custom,
  })
  .register(answers, { id: 'Student' });

export const program = z
  .object({
    id,
    ref: z.string(),
    name: z.string(),
    kind: z.enum(['one_to_one', 'group', 'course']),
    capacity: z.int(),
    durations: z.array(z.int()).nullable().describe('In minutes; null: those of the company'),
    archived: z.boolean(),
  })
  .register(answers, { id: 'Program' });

export const slot = z
  .object({
    tutorId: id,
    tutorName: z.string(),
    startsAt: instant,
    endsAt: instant,
    wallStart: wall,
    zone: z.string(),
  })
  .register(answers, { id: 'Slot', description: 'A start that can be booked without a word against it' });

const sessionFields = {
  id,
  ref: z.string(),
  version: z.int().describe('Counts up with every change; a move sends the one that was read'),
  status: z.enum(sessionStatuses),
  title: z.string(),
  description: z.string(),
  tutor: named,
  program: named,
  subject: named,
  startsAt: instant,
  endsAt: instant,
  durationMinutes: z.int(),
  wallStart: wall,
  zone: z.string().describe('The IANA zone it was planned in'),
  mode: z.enum(['online', 'in_person']),
  location: z.string(),
  roomId: id.nullable(),
  placeId: id.nullable(),
  seriesId: id.nullable(),
  billable: z.boolean(),
  attendance: z.array(z.object({ studentId: id, name: z.string(), clientId: id, outcome: z.enum(outcomes) })),
  closeOut: z
    .object({
      status: z.string(),
      version: z.int(),
      actualStartsAt: instant,
      actualMinutes: z.int(),
      notes: z.string(),
      homework: z.string(),
      nextTopics: z.string(),
      privateNote: z.string().optional().describe('With the scope notes:read'),
    })
    .nullable(),
  plan: z.string().optional().describe('With the scope notes:read'),
  custom,
  createdAt: instant,
  updatedAt: instant,
};

export const session = z.object(sessionFields).register(answers, { id: 'Session' });

export const bookingProblem = z
  .object({
    code: z.string(),
    severity: z.enum(['blocking', 'warning']),
    message: z.string(),
    field: z.string().optional(),
    sessions: z.array(z.object({ id, ref: z.string(), startsAt: instant, endsAt: instant })).optional(),
  })
  .register(answers, { id: 'BookingProblem', description: 'What speaks against a booking, or should be looked at' });

export const bookedSession = z
  .object({ ...sessionFields, warnings: z.array(bookingProblem).describe('Booked all the same; worth a look') })
  .register(answers, { id: 'BookedSession' });

export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('For programs: stays the same whatever the words'),
    detail: z.string().describe('For people'),
    instance: z.string().describe('The number of this call, to ask about it'),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    problems: z.array(bookingProblem).optional(),
  })
  .register(answers, { id: 'Problem', description: 'An error, as RFC 9457 has it' });

export const listOf = <Item extends z.ZodType>(item: Item, name: string) =>
  z
    .object({ data: z.array(item), next: z.string().nullable().describe('The cursor of the next page; null: this was the last') })
    .register(answers, { id: `${name}List` });

export const tutors = listOf(tutor, 'Tutor');
export const students = listOf(student, 'Student');
export const programs = listOf(program, 'Program');
export const slots = listOf(slot, 'Slot');
export const sessions = listOf(session, 'Session');

export const closeOutOutcome = z.enum(closeOutOutcomes);
