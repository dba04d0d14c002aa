import type { AppLoadContext } from '@remix-run/node';
import { getOwnSession, type OwnPlanner } from '#app/domain/booking-requests/planner.server.ts';
import { listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { wayToPlan } from '#app/domain/scheduling/planning-rights.ts';
import type { SessionPlanning } from './session-planning.tsx';

/** What a session's page offers its tutor or family: to move or cancel it, at once or by asking, and what was asked already. */
export async function planningOf(
  { db }: Pick<AppLoadContext, 'db'>,
  planner: OwnPlanner,
  sessionId: string,
  now: Date,
): Promise<SessionPlanning> {
  const session = await getOwnSession(db, planner, sessionId, now);
  const waiting = await listBookingRequests(db, { sessionId, statuses: ['open', 'proposed'], limit: 10 });
  const own = waiting.find((request) =>
    planner.by === 'tutor'
      ? request.source === 'tutor' || request.routedTo === 'tutor'
      : request.source !== 'tutor' && session.own.some((place) => place.studentId === request.studentId),
  );
  const move = wayToPlan(planner.by, 'move', session.matter).way;
  const cancel = wayToPlan(planner.by, 'cancel', session.matter).way;
  return {
    move: move === 'no' ? null : move,
    cancel: cancel === 'no' ? null : cancel,
    request: own
      ? { id: own.id, what: own.kind === 'cancel' ? 'A cancellation' : 'Another time', proposed: own.status === 'proposed' }
      : null,
  };
}
