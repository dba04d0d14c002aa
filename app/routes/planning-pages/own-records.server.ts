import { notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getOwnEngagement, getOwnSession } from '#app/domain/booking-requests/planner.server.ts';
import { type BookingRequestRow, getBookingRequest } from '#app/domain/booking-requests/queries.server.ts';
import { found } from '#app/ui/record-param.server.ts';
import type { PlanningPage } from './planner-of.server.ts';

/** What a tutor's or a family's page plans with; what isn't theirs is as if it didn't exist. */

export async function ownEngagement({ context, planner, user, reader }: PlanningPage, id: string) {
  const engagement = await found(getOwnEngagement(context.db, planner, id, reader.now));
  const { tutorId, clientId, studentId } = engagement;
  if (!can(user, 'engagement.plan', { type: 'engagement', tutorId, clientId, studentId })) throw notFound();
  return engagement;
}

export async function ownSession({ context, planner, user, reader }: PlanningPage, id: string) {
  const session = await found(getOwnSession(context.db, planner, id, reader.now));
  const people = {
    tutorId: session.tutorId,
    clientIds: session.own.map((place) => place.clientId),
    studentIds: session.own.map((place) => place.studentId),
  };
  // Whose place was cancelled has nothing to plan in it, and still may read why.
  if (session.own.length > 0 && !can(user, 'session.replan', { type: 'session', ...people })) throw notFound();
  return session;
}

export const requestSubject = ({ source, routedTo, tutorId, clientId, studentId }: BookingRequestRow) =>
  ({ type: 'booking-request', source, routedTo, tutorId, clientId, studentId }) as const;

/** A request that this tutor or family asked for, or that is this tutor's to answer. */
export async function ownRequest({ context, planner, user }: PlanningPage, id: string) {
  const request = await found(getBookingRequest(context.db, id));
  const subject = requestSubject(request);
  const asked = can(user, 'booking-request.own', subject) && (request.source === 'tutor') === (planner.by === 'tutor');
  const answers =
    planner.by === 'tutor' &&
    request.tutorId === planner.tutorId &&
    request.routedTo === 'tutor' &&
    can(user, 'booking-request.decide', subject);
  if (!asked && !answers) throw notFound();
  return { request, asked, answers };
}
