import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import type { DB } from '#db/types.ts';
import { decideBookingRequest } from './decide-booking-request.server.ts';

/**
 * Accepts a request by where it was put on the board: the time, the length, the tutor and the place are free to choose,
 * what is taught to whom is what was asked for.
 * @throws DomainError not_found, invalid_value at what differs from the request, and as decideBookingRequest
 */
export async function acceptOnBoard(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  requestId: string,
  booking: BookSessionInput,
): Promise<{ sessionId: string }> {
  const asked = await db
    .selectFrom('bookingRequest')
    .select(['studentId', 'programId', 'subjectId'])
    .where('id', '=', requestId)
    .where('kind', '=', 'new')
    .executeTakeFirst();
  if (!asked) throw new DomainError('not_found', 'This request is not there.');
  const differs = (field: string) =>
    new DomainError('invalid_value', 'The family asked for something else: decline the request to book this instead.', { field });
  if (booking.programId !== asked.programId) throw differs('programId');
  if (booking.subjectId !== asked.subjectId) throw differs('subjectId');
  if (booking.studentIds.length !== 1 || booking.studentIds[0] !== asked.studentId) throw differs('studentIds');
  const { sessionId } = await decideBookingRequest(db, ctx, actor, {
    requestId,
    decision: {
      kind: 'accept',
      tutorId: booking.tutorId,
      wallStart: booking.wallStart,
      // The board's clock is the organisation's, whatever zone the family asked in.
      zone: booking.zone ?? (await getOrganisation(db)).timezone,
      durationMinutes: booking.durationMinutes,
      mode: booking.mode,
      meetingInstallId: booking.meetingInstallId,
      location: booking.location,
      overruleStudentConflict: booking.overruleStudentConflict,
    },
  });
  if (!sessionId) throw new Error('an accepted request without its session');
  if (booking.custom) await saveCustom(db, actor, { entity: 'session', id: sessionId, patch: booking.custom });
  return { sessionId };
}
