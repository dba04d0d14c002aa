import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { formatDay } from '#app/domain/scheduling/planning-rights.ts';
import { billingInstead, linkReplacement } from '#app/domain/scheduling/replace-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import { localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { findBookedSession } from '#app/domain/storefront/booked-queries.server.ts';
import { welcomeGuest } from '#app/domain/storefront/welcome-guest.server.ts';
import type { DB } from '#db/types.ts';
import type { AcceptDecision } from './booking-request.schema.ts';
import type { BookingRequestRow } from './queries.server.ts';

type Chosen = Omit<AcceptDecision, 'kind'>;

/**
 * Does what was asked for, through the same use cases as the pages, in the caller's transaction: whatever they refuse
 * (somebody else has that time by now) leaves the request as it was.
 * @param by whose rules of availability hold: the office may overrule them, a tutor may not
 * @returns the session it became, or was about
 */
export async function fulfilRequest(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  request: BookingRequestRow,
  chosen: Chosen,
  by: 'office' | 'tutor',
): Promise<string> {
  if (by === 'tutor' && request.kind !== 'cancel') await checkEngaged(trx, request, chosen);
  if (request.kind === 'new') return book(trx, ctx, actor, request, chosen, by);
  const { sessionId, session } = request;
  if (!sessionId || !session) throw new Error(`request ${request.ref} is about no session`);
  if (request.kind === 'cancel') {
    await cancelSession(trx, ctx, actor, {
      sessionId,
      ...(request.source === 'tutor' ? {} : { studentIds: [request.studentId] }),
      by: request.source === 'tutor' ? 'tutor' : 'client',
      reason: request.note,
      // In time or late goes by when they asked, not by when it was answered.
      cancelledAt: request.createdAt,
    });
    return sessionId;
  }
  if (request.source !== 'tutor' && (await othersIn(trx, sessionId, request.clientId)))
    return moveAlone(trx, ctx, actor, request, chosen, by);
  await rescheduleSession(trx, ctx, actor, {
    sessionId,
    version: session.version,
    ...timeOf(request, chosen),
    ...(chosen.tutorId ? { tutorId: chosen.tutorId } : {}),
    ...(chosen.mode ? { mode: chosen.mode } : {}),
    ...(chosen.roomId ? { roomId: chosen.roomId } : {}),
    ...(chosen.placeId ? { placeId: chosen.placeId } : {}),
    overruleStudentConflict: chosen.overruleStudentConflict,
    by,
  });
  return sessionId;
}

/** Who is engaged no longer on that day plans nothing more: that is the office's. @throws DomainError forbidden, with why */
async function checkEngaged(trx: Transaction<DB>, request: BookingRequestRow, chosen: Chosen): Promise<void> {
  if (request.engagementId === null) return;
  const { wallStart, zone } = timeOf(request, chosen);
  const startsAt = wallToInstant(wallStart, zone);
  // Of a time that doesn't exist the booking says so.
  if (!startsAt) return;
  const { timezone } = await getOrganisation(trx);
  const day = localDateOf(startsAt, timezone);
  const { startsOn, endsOn } = await trx
    .selectFrom('engagement')
    .select(['startsOn', 'endsOn'])
    .where('id', '=', request.engagementId)
    .forShare()
    .executeTakeFirstOrThrow();
  if (day >= startsOn && (endsOn === null || day <= endsOn)) return;
  const why = endsOn !== null && day > endsOn ? `ended on ${formatDay(endsOn)}` : `begins on ${formatDay(startsOn)}`;
  throw new DomainError('forbidden', `This engagement ${why}: pass it on to the office, or decline it.`);
}

function timeOf(request: BookingRequestRow, chosen: Chosen) {
  const wallStart = chosen.wallStart ?? request.wallStart;
  const durationMinutes = chosen.durationMinutes ?? request.durationMinutes;
  if (!wallStart || !durationMinutes) throw new DomainError('invalid_value', 'Choose a time.', { field: 'wallStart' });
  return { wallStart, zone: chosen.zone ?? request.zone, durationMinutes };
}

async function book(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  request: BookingRequestRow,
  chosen: Chosen,
  by: 'office' | 'tutor',
  instead: Pick<BookSessionInput, 'billingOf' | 'silent'> = {},
): Promise<string> {
  const tutorId = chosen.tutorId ?? request.tutorId;
  if (!tutorId) throw new DomainError('invalid_value', 'Choose a tutor.', { field: 'tutorId' });
  const placeId = chosen.placeId ?? request.placeId;
  const { sessionId } = await bookSession(trx, ctx, actor, {
    tutorId,
    studentIds: [request.studentId],
    programId: request.programId,
    subjectId: request.subjectId,
    ...timeOf(request, chosen),
    mode: chosen.mode ?? request.mode ?? 'online',
    location: chosen.location ?? request.location,
    ...(placeId ? { placeId } : {}),
    ...(chosen.roomId ? { roomId: chosen.roomId } : {}),
    ...(chosen.meetingInstallId ? { meetingInstallId: chosen.meetingInstallId } : {}),
    billable: true,
    overruleStudentConflict: chosen.overruleStudentConflict,
    by,
    ...instead,
  });
  if (request.source === 'storefront') await welcome(trx, ctx, actor, request, sessionId);
  return sessionId;
}

/** A guest of the booking page gets their account with the firm booking. */
async function welcome(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { clientId, studentId }: BookingRequestRow,
  sessionId: string,
): Promise<void> {
  const booked = await findBookedSession(trx, sessionId);
  if (!booked) throw new Error(`session ${sessionId} is not there after it was booked`);
  const { subjectName: lesson, tutorName, startsAt, endsAt } = booked;
  await welcomeGuest(trx, ctx, actor, { clientId, studentId, lesson, tutorName, startsAt, endsAt });
}

/**
 * Of a session that goes on without them: their place is given up without a fee, and booked anew at the other time, out of
 * what was paid where it is of a course. They and the tutors are told once.
 */
async function moveAlone(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  request: BookingRequestRow,
  chosen: Chosen,
  by: 'office' | 'tutor',
): Promise<string> {
  const sessionId = request.sessionId ?? '';
  await cancelSession(trx, ctx, actor, {
    sessionId,
    studentIds: [request.studentId],
    by: 'office',
    reason: 'Moved to another time',
    silent: true,
  });
  const session = await trx
    .selectFrom('session')
    .select(['mode', 'location', 'placeId'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const mode = session.mode === 'in_person' ? 'in_person' : 'online';
  const like = {
    mode: request.mode ?? mode,
    placeId: request.placeId ?? session.placeId,
    location: request.location || session.location,
  } as const;
  const replacementId = await book(trx, ctx, actor, { ...request, ...like }, chosen, by, {
    billingOf: await billingInstead(trx, ctx, sessionId, request.programId),
    silent: true,
  });
  const studentIds = [request.studentId];
  await linkReplacement(trx, actor, { sessionId, studentIds, replacementId });
  await queueScheduleMails(trx, ctx, {
    cause: null,
    changes: [
      { sessionId, kind: 'cancelled', studentIds },
      { sessionId: replacementId, kind: 'booked' },
    ],
  });
  return replacementId;
}

/** Whether another family is still in it: a session of one family's children moves as a whole. */
async function othersIn(trx: Transaction<DB>, sessionId: string, clientId: string): Promise<boolean> {
  const other = await trx
    .selectFrom('attendance')
    .select('id')
    .where('sessionId', '=', sessionId)
    .where('clientId', '<>', clientId)
    .where('outcome', 'not in', ['cancelled', 'late_cancel'])
    .executeTakeFirst();
  return other !== undefined;
}
