import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { withoutPlaces } from '#app/domain/scheduling/check-calendars.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type RequestBookingInput, requestBookingSchema } from './booking-request.schema.ts';
import { queueRequestMails } from './queue-request-mails.server.ts';

/** So many of one family wait at most; more is a mistake, or mischief. */
const MOST_WAITING = 20;
/** Nobody plans further ahead; what is asked beyond was mistyped. */
const MOST_DAYS = 731;

/**
 * Asks for a new session, another time, or a cancellation. It takes nobody's time until it is accepted. Whoever the rules
 * name answers it and is told by mail. With an `id` that was asked already it answers with that request. Whether they may
 * ask is the caller's to check (see ask-for-session).
 * @throws DomainError unknown_reference and invalid_value at the field, nonexistent_time, off_grid, tutor_conflict and
 *   student_conflict (without saying whose session it is), already_done when the same waits already
 */
export async function requestBooking(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RequestBookingInput,
): Promise<{ requestId: string }> {
  const read = requestBookingSchema.safeParse(input);
  const [wrong] = read.error?.issues ?? [];
  if (wrong) throw new DomainError('invalid_value', wrong.message, { field: String(wrong.path[0] ?? 'wallStart') });
  try {
    return await inTransaction(db, (trx) => ask(trx, ctx, actor, { ...input, ...read.data }));
  } catch (error) {
    if (input.id && constraintOf(error) === 'booking_request_pkey') return { requestId: input.id };
    throw error;
  }
}

async function ask(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: RequestBookingInput) {
  // One family's requests one after the other, so that the same is not asked twice.
  await lockResources(trx, [input.studentId], ctx.clock());
  if (input.id) {
    const there = await trx.selectFrom('bookingRequest').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return { requestId: there.id };
  }
  const facts = await readFacts(trx, input);
  const zone = input.zone ?? facts.timezone;
  const startsAt = input.kind === 'cancel' ? null : startOf(input, zone, ctx.clock());
  await refuseTheSame(trx, input, startsAt);
  const feeSaid = await feeOf(trx, ctx, input, zone);
  const requestId = await insert(trx, actor, input, {
    zone,
    startsAt,
    feeSaid,
    routedTo: routeOf(input, facts),
  });
  await audit(trx, actor, {
    action: 'request.ask',
    subjectType: 'booking_request',
    subjectId: requestId,
    sessionId: input.sessionId,
    after: { kind: input.kind, source: input.source, tutorId: input.tutorId, studentId: input.studentId, startsAt },
  });
  await queueRequestMails(trx, ctx, requestId, 'asked');
  return { requestId };
}

interface Facts {
  timezone: string;
  scheduling: unknown;
  program: unknown;
  tutor: unknown;
  tutorUserId: string | null;
}

async function readFacts(trx: Transaction<DB>, input: RequestBookingInput): Promise<Facts> {
  const { rows } = await sql<
    Facts & { tutorThere: boolean; programThere: boolean; subjectThere: boolean; studentThere: boolean }
  >`
    SELECT o.timezone, o.scheduling, p.scheduling_overrides AS program, t.scheduling_overrides AS tutor, t.user_id AS tutor_user_id,
           (${input.tutorId}::uuid IS NULL OR t.id IS NOT NULL) AS tutor_there, p.id IS NOT NULL AS program_there,
           EXISTS (SELECT 1 FROM subject WHERE id = ${input.subjectId} AND archived_at IS NULL) AS subject_there,
           EXISTS (SELECT 1 FROM student WHERE id = ${input.studentId} AND client_id = ${input.clientId} AND archived_at IS NULL) AS student_there
    FROM organisation o LEFT JOIN program p ON p.id = ${input.programId} AND p.archived_at IS NULL
         LEFT JOIN tutor t ON t.id = ${input.tutorId} AND t.archived_at IS NULL`.execute(trx);
  const [facts] = rows;
  if (!facts) throw new DomainError('not_found', 'Lectern has no organisation yet: finish the set-up first.');
  const missing = (field: string, what: string) =>
    new DomainError('unknown_reference', `This ${what} is not there any more.`, { field });
  if (!facts.tutorThere) throw missing('tutorId', 'tutor');
  if (!facts.programThere) throw missing('programId', 'program');
  if (!facts.subjectThere) throw missing('subjectId', 'subject');
  if (!facts.studentThere) throw missing('studentId', 'student');
  return facts;
}

function startOf(input: RequestBookingInput, zone: string, now: Date): Date {
  if (!input.wallStart) throw new DomainError('invalid_value', 'Choose a time.', { field: 'wallStart' });
  if (!input.durationMinutes) throw new DomainError('invalid_value', 'Choose a duration.', { field: 'durationMinutes' });
  const startsAt = wallToInstant(input.wallStart, zone);
  if (!startsAt)
    throw new DomainError('nonexistent_time', 'This time does not exist: the clocks go forward over it.', { field: 'wallStart' });
  if (startsAt <= now)
    throw new DomainError('invalid_value', 'This time has passed. Choose a later one.', { field: 'wallStart' });
  if (startsAt.getTime() > now.getTime() + MOST_DAYS * 86_400_000)
    throw new DomainError('invalid_value', 'Choose a time within the next two years.', { field: 'wallStart' });
  return startsAt;
}

async function refuseTheSame(trx: Transaction<DB>, input: RequestBookingInput, startsAt: Date | null): Promise<void> {
  const waiting = await trx
    .selectFrom('bookingRequest')
    .select(['sessionId', 'studentId', 'tutorId', 'startsAt'])
    .where('clientId', '=', input.clientId)
    .where('status', 'in', ['open', 'proposed'])
    .execute();
  if (input.sessionId && waiting.some((one) => one.sessionId === input.sessionId && one.studentId === input.studentId))
    throw new DomainError('already_done', 'Something is asked for this session already: withdraw that first.');
  const same = waiting.some(
    (one) =>
      one.sessionId === null &&
      one.studentId === input.studentId &&
      one.tutorId === input.tutorId &&
      one.startsAt?.getTime() === startsAt?.getTime(),
  );
  if (input.kind === 'new' && same) throw new DomainError('already_done', 'This time is asked for already.');
  if (waiting.length >= MOST_WAITING)
    throw new DomainError('invalid_value', `${MOST_WAITING} requests wait for an answer already. Withdraw one first.`);
}

/** What may be asked for although it can't be booked by themselves: outside hours, at short notice, over a limit. */
const askable: readonly string[] = [
  'outside_availability',
  'time_off',
  'closed',
  'too_soon',
  'beyond_horizon',
  'over_limit',
  'insufficient_credits',
  'missing_rate',
  'provider_not_connected',
];

/** Net in minor units that it will cost if it is accepted as asked; null: nothing more, or not known. */
async function feeOf(trx: Transaction<DB>, ctx: DomainContext, input: RequestBookingInput, zone: string): Promise<bigint | null> {
  if (input.kind === 'cancel') {
    if (!input.sessionId) throw new DomainError('unknown_reference', 'Which session is it about?', { field: 'sessionId' });
    if (input.source === 'tutor') return null;
    const { places } = await previewCancellation(trx, ctx, {
      sessionId: input.sessionId,
      studentIds: [input.studentId],
      by: 'client',
    });
    return places[0]?.fee ?? null;
  }
  // A guest's time is held and was checked when it was taken.
  if (input.source === 'storefront' || !input.tutorId || !input.wallStart || !input.durationMinutes) return null;
  const check = await checkBooking(trx, ctx, {
    tutorId: input.tutorId,
    studentIds: [input.studentId],
    programId: input.programId,
    subjectId: input.subjectId,
    wallStart: input.wallStart,
    zone,
    durationMinutes: input.durationMinutes,
    mode: input.mode ?? 'online',
    ...(input.placeId ? { placeId: input.placeId } : {}),
    location: input.location,
    billable: true,
    by: 'office',
    exceptSessionId: input.sessionId,
  });
  const stuck = check.problems.find((problem) => problem.severity === 'blocking' && !askable.includes(problem.code));
  // A move keeps the length it has, whatever is offered now.
  if (stuck && !(input.kind === 'move' && stuck.field === 'durationMinutes'))
    throw refusalOf(input.source === 'tutor' ? stuck : withoutPlaces(stuck));
  return input.kind === 'new' ? (check.places[0]?.fee ?? null) : null;
}

/** Without what it clashes with: whose session that is, is not the asker's to know. */
function refusalOf(problem: { code: string; message: string; field?: string }): DomainError {
  const known = [
    'tutor_conflict',
    'student_conflict',
    'room_conflict',
    'nonexistent_time',
    'off_grid',
    'travel_conflict',
  ] as const;
  const code = known.find((one) => one === problem.code) ?? 'invalid_value';
  return new DomainError(code, problem.message, {
    field: code.endsWith('_conflict') ? 'wallStart' : (problem.field ?? 'wallStart'),
  });
}

function routeOf(input: RequestBookingInput, facts: Facts): 'office' | 'tutor' {
  // A tutor's own request, and one to a tutor who doesn't sign in, is the office's.
  if (input.source === 'tutor' || !input.tutorId || !facts.tutorUserId) return 'office';
  const { scheduling: organisation, program, tutor } = facts;
  return schedulingRulesFor({ organisation, program, tutor }).requestsTo;
}

async function insert(
  trx: Transaction<DB>,
  actor: Actor,
  input: RequestBookingInput,
  worked: { zone: string; startsAt: Date | null; feeSaid: bigint | null; routedTo: 'office' | 'tutor' },
): Promise<string> {
  const timed = input.kind !== 'cancel';
  const { id } = await trx
    .insertInto('bookingRequest')
    .values({
      ...(input.id ? { id: input.id } : {}),
      ...worked,
      kind: input.kind,
      source: input.source,
      sessionId: input.sessionId ?? null,
      engagementId: input.engagementId ?? null,
      clientId: input.clientId,
      studentId: input.studentId,
      tutorId: input.tutorId,
      programId: input.programId,
      subjectId: input.subjectId,
      wallStart: timed ? (input.wallStart ?? null) : null,
      durationMinutes: timed ? (input.durationMinutes ?? null) : null,
      mode: input.mode ?? null,
      placeId: input.placeId ?? null,
      location: input.location ?? '',
      note: input.note ?? '',
      requestedBy: actor.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
