import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getOwnEngagement, getOwnSession, type OwnPlanner, type OwnSession, requireAsking } from './planner.server.ts';
import { requestBooking } from './request-booking.server.ts';

interface Wanted {
  wallStart: string;
  zone: string;
  durationMinutes: number;
}

export type AskInput = { id?: string | undefined; note?: string | undefined } & (
  | ({
      kind: 'new';
      engagementId: string;
      mode: 'online' | 'in_person';
      location?: string | undefined;
      placeId?: string | null | undefined;
    } & Wanted)
  | ({ kind: 'move'; sessionId: string; studentId?: string | undefined } & Wanted)
  | { kind: 'cancel'; sessionId: string; studentId?: string | undefined }
);

/**
 * A tutor or a family asks for what they can't do, or don't want to do, by themselves. Who and what it is about comes
 * from the engagement or the session, never from the form.
 * @throws DomainError not_found for what isn't theirs, forbidden with the reason, and whatever requestBooking refuses
 */
export async function askForSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: AskInput,
): Promise<{ requestId: string }> {
  return inTransaction(db, async (trx) => {
    const now = ctx.clock();
    const common = { source: planner.by, id: input.id, note: input.note } as const;
    if (input.kind === 'new') {
      const { engagementId, kind, wallStart, zone, durationMinutes, mode, location, placeId } = input;
      const organisation = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
      const startsAt = wallToInstant(wallStart, zone);
      const day = startsAt && localDateOf(startsAt, organisation.timezone);
      const { clientId, studentId, tutorId, programId, subjectId, matter } = await getOwnEngagement(
        trx,
        planner,
        engagementId,
        now,
        day,
      );
      requireAsking(planner, 'book', matter);
      const pair = { clientId, studentId, tutorId, programId, subjectId, engagementId };
      const where = { mode, location, ...(placeId ? { placeId } : {}) };
      return requestBooking(trx, ctx, actor, { ...common, ...pair, ...where, kind, wallStart, zone, durationMinutes });
    }
    const session = await getOwnSession(trx, planner, input.sessionId, now);
    requireAsking(planner, input.kind, session.matter);
    const { studentId, clientId } = chosenPlace(session, input.studentId);
    const { tutorId, programId, subjectId, engagementId, mode, placeId } = session;
    const about = { tutorId, programId, subjectId, sessionId: session.id, mode };
    return requestBooking(trx, ctx, actor, {
      ...common,
      ...about,
      studentId,
      clientId,
      kind: input.kind,
      ...(engagementId ? { engagementId } : {}),
      ...(placeId ? { placeId } : {}),
      ...(input.kind === 'move'
        ? { wallStart: input.wallStart, zone: input.zone, durationMinutes: session.durationMinutes }
        : {}),
    });
  });
}

/** Whose place it is about: of several own ones the named, of one that one. @throws DomainError invalid_value at studentId */
export function chosenPlace(session: OwnSession, studentId: string | undefined): OwnSession['own'][number] {
  const chosen = studentId ? session.own.find((place) => place.studentId === studentId) : session.own[0];
  if (!chosen || (!studentId && session.own.length > 1 && session.othersIn))
    throw new DomainError('invalid_value', 'Choose for whom.', { field: 'studentId' });
  return chosen;
}
