import { data, redirect } from '@remix-run/node';
import { answerProposal } from '#app/domain/booking-requests/answer-proposal.server.ts';
import type { BookingRequestRow } from '#app/domain/booking-requests/queries.server.ts';
import { withdrawBookingRequest } from '#app/domain/booking-requests/withdraw-booking-request.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import type { PlanningPage } from './planner-of.server.ts';
import { planningProblem } from './planning-problem.server.ts';

/** The forms of whoever asked: take an offered time, none of them, or withdraw. */
export async function actOnProposal(
  { context, planner, actor, reader }: PlanningPage,
  request: BookingRequestRow,
  form: FormData,
) {
  const { db } = context;
  const base = planner.by === 'tutor' ? '/tutor' : '/family';
  const note = textOf(form, 'note');
  const requestId = request.id;
  try {
    switch (textOf(form, 'intent')) {
      case 'withdraw':
        await withdrawBookingRequest(db, context, actor, planner, { requestId });
        return redirect(`${base}/requests/${requestId}`);
      case 'none':
        await answerProposal(db, context, actor, planner, { requestId, take: null, note: note.slice(0, 1000) });
        return redirect(`${base}/requests/${requestId}?asked`);
      default: {
        const [startsAt = '', tutorId = ''] = textOf(form, 'take').split('|');
        const { sessionId } = await answerProposal(db, context, actor, planner, { requestId, take: { startsAt, tutorId } });
        return redirect(sessionId ? `${base}/sessions/${sessionId}?booked` : `${base}/requests/${requestId}`);
      }
    }
  } catch (error) {
    const { problem, status } = planningProblem(error, reader);
    return data({ problem, note }, { status });
  }
}
