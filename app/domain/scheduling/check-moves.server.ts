import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { BookingProblem } from './booking-problem.ts';
import { checkBooking } from './check-booking.server.ts';
import { whyNotMoved } from './open-session.server.ts';
import { addMinutes, wallToInstant } from './wall-time.ts';

export interface PlannedMove {
  sessionId: string;
  tutorId: string;
  /** As the organisation's clock shows it. */
  wallStart: string;
  durationMinutes: number;
}

export interface MoveProblem extends BookingProblem {
  /** The session that it is about. */
  sessionId: string;
}

/** Agreed at the booking, and not asked again of a session that moves. */
const AGREED: readonly (string | undefined)[] = ['programId', 'subjectId', 'meetingInstallId', 'payRateOverride'];

/**
 * The dry run of a move, or with `anew` of booking the same again: what would refuse it and what it would go against.
 * Writes and locks nothing. What is moved along is no clash with where it was, but is with where it goes.
 */
export async function checkMoves(
  db: Kysely<DB>,
  ctx: DomainContext,
  moves: readonly PlannedMove[],
  { anew = false }: { anew?: boolean } = {},
): Promise<MoveProblem[]> {
  const { timezone } = await getOrganisation(db);
  const sessions = await db
    .selectFrom('session')
    .select(['id', 'status', 'programId', 'subjectId', 'durationMinutes', 'mode', 'roomId', 'placeId', 'capacity', 'billable'])
    .select(
      sql<
        { studentId: string; outcome: string }[]
      >`(SELECT coalesce(json_agg(json_build_object('studentId', student_id, 'outcome', outcome)), '[]')
        FROM attendance WHERE session_id = session.id)`.as('places'),
    )
    .where('id', 'in', [...moves.map((move) => move.sessionId)])
    .execute();
  const problems: MoveProblem[] = [];
  const taken: { move: PlannedMove; startsAt: Date; endsAt: Date; studentIds: string[] }[] = [];
  for (const move of moves) {
    const session = sessions.find(({ id }) => id === move.sessionId);
    const add = (problem: BookingProblem) => problems.push({ ...problem, sessionId: move.sessionId });
    if (!session) {
      add({ code: 'invalid_value', severity: 'blocking', message: 'This session does not exist any more.' });
      continue;
    }
    const outcomes = session.places.map((place) => place.outcome);
    const stuck = anew ? undefined : whyNotMoved(session.status, outcomes);
    if (stuck) add({ code: 'invalid_value', severity: 'blocking', message: stuck });
    const left = session.places.filter((place) => isLeft(place.outcome)).map((place) => place.studentId);
    const studentIds = left.length > 0 ? left : session.places.map((place) => place.studentId);
    const check = await checkBooking(db, ctx, {
      ...move,
      programId: session.programId,
      subjectId: session.subjectId,
      studentIds,
      mode: session.mode === 'online' ? 'online' : 'in_person',
      billable: session.billable,
      roomId: session.roomId,
      placeId: session.placeId,
      capacity: session.capacity,
      ...(anew ? {} : { exceptSessionId: session.id }),
    });
    const kept = move.durationMinutes === session.durationMinutes;
    for (const problem of check.problems) {
      if (!anew && (AGREED.includes(problem.field) || (kept && problem.field === 'durationMinutes'))) continue;
      const others = problem.sessions?.filter(({ id }) => anew || !moves.some((other) => other.sessionId === id));
      if (problem.sessions && others?.length === 0) continue;
      add(others ? { ...problem, sessions: others } : problem);
    }
    const startsAt = wallToInstant(move.wallStart, timezone);
    if (!startsAt) continue;
    const place = { move, startsAt, endsAt: addMinutes(startsAt, move.durationMinutes), studentIds };
    if (taken.some((other) => clash(place, other))) {
      add({ code: 'tutor_conflict', severity: 'blocking', message: 'Two of the sessions would be at the same time.' });
    }
    taken.push(place);
  }
  return problems;
}

type Place = { move: PlannedMove; startsAt: Date; endsAt: Date; studentIds: string[] };

const clash = (a: Place, b: Place) =>
  a.startsAt < b.endsAt &&
  b.startsAt < a.endsAt &&
  (a.move.tutorId === b.move.tutorId || a.studentIds.some((id) => b.studentIds.includes(id)));
