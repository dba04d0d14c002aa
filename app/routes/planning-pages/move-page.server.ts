import { randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { moveOwnSession } from '#app/domain/booking-requests/move-own-session.server.ts';
import { listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { wayToPlan } from '#app/domain/scheduling/planning-rights.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import { stampText, whenOf } from '#app/ui/session-when.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { timeOf } from './book-page.server.ts';
import { ownSession } from './own-records.server.ts';
import { type PlanningPage, tellTheOffice } from './planner-of.server.ts';
import { planningProblem } from './planning-problem.server.ts';
import { timesFor } from './times.server.ts';

/** What the page to move a session, or to ask for another time, shows. */
export async function loadMovePage(page: PlanningPage, sessionId: string, params: URLSearchParams) {
  const { context, planner, reader } = page;
  const { db } = context;
  const session = await ownSession(page, sessionId);
  const way = wayToPlan(planner.by, 'move', session.matter);
  const waiting = await listBookingRequests(db, { sessionId, statuses: ['open', 'proposed'], limit: 5 });
  const own = waiting.find(
    (request) => planner.by === 'tutor' || session.own.some((place) => place.studentId === request.studentId),
  );
  const tutor = planner.by === 'tutor';
  const base = {
    by: planner.by,
    id: session.id,
    version: session.version,
    now: whenOf(reader, session.startsAt, session.endsAt).long,
    names: tutor
      ? session.own.map((place) => place.name).join(', ')
      : `${session.own.map((place) => place.name).join(', ')} with ${session.tutorName}`,
    way,
    office: tellTheOffice(page),
    waiting: own && (tutor ? own.source === 'tutor' : own.source !== 'tutor') ? own.id : null,
    // Of several children in a group each is moved by itself.
    children:
      session.othersIn && session.own.length > 1 && !tutor
        ? session.own.map(({ studentId, name }) => ({ id: studentId, name }))
        : [],
    formId: randomUUID(),
    zoneText: reader.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? reader.zone,
    gridMinutes: page.organisation.gridMinutes,
  };
  if (way.way === 'no') return { ...base, fee: null, times: null };
  const times = await timesFor(
    context,
    reader,
    {
      tutorIds: [session.tutorId],
      programId: session.programId,
      studentIds: session.own.map((place) => place.studentId),
      durationMinutes: session.durationMinutes,
      mode: session.mode,
      placeId: session.placeId,
      by: planner.by,
      exceptSessionId: session.id,
    },
    params,
  );
  return { ...base, fee: tutor ? null : await feeText(page, session.id, session.own), times };
}

/** What a move costs, said before: nothing; and what it would cost not to come at all, where that has become late. */
async function feeText(page: PlanningPage, sessionId: string, own: readonly { studentId: string }[]): Promise<string> {
  const { context, reader, organisation, money } = page;
  const preview = await previewCancellation(context.db, context, {
    sessionId,
    studentIds: own.map((place) => place.studentId),
    by: 'client',
  });
  if (!preview.late)
    return `Another time costs nothing. Up to ${stampText(reader, preview.deadline)} cancelling costs nothing either.`;
  const total = preview.places.reduce((sum, place) => sum + (place.fee ?? 0n), 0n);
  const [first] = preview.places;
  const amount = money && total > 0n ? ` (${formatMoney(total, organisation.currency, reader.locale)})` : '';
  const percent =
    first && first.chargePercent !== '0' ? `Cancelling it now would be charged ${first.chargePercent}%${amount}.` : '';
  return `If another time is found, it costs nothing more. If none is found, the session stays as it is. ${percent}`.trim();
}

export async function actOnMovePage(page: PlanningPage, sessionId: string, form: FormData) {
  const { context, planner, reader, actor } = page;
  const { db } = context;
  const base = planner.by === 'tutor' ? '/tutor' : '/family';
  const values = Object.fromEntries(['date', 'time', 'note'].map((name) => [name, textOf(form, name)]));
  try {
    const session = await ownSession(page, sessionId);
    const time = timeOf(form, session.durationMinutes, page);
    if (textOf(form, 'intent') === 'ask') {
      const formId = textOf(form, 'id');
      const studentId = textOf(form, 'student');
      const { requestId } = await askForSession(db, context, actor, planner, {
        ...(isId(formId) ? { id: formId } : {}),
        ...(isId(studentId) ? { studentId } : {}),
        ...time,
        durationMinutes: session.durationMinutes,
        kind: 'move',
        sessionId,
        note: values.note,
      });
      return redirect(`${base}/requests/${requestId}?asked`);
    }
    await moveOwnSession(db, context, actor, planner, { ...time, sessionId, version: Number(textOf(form, 'version')) });
    return redirect(`${base}/sessions/${sessionId}?moved`);
  } catch (error) {
    const { problem, status } = planningProblem(error, reader);
    return data({ problem, values: { ...values, intent: textOf(form, 'from') } }, { status });
  }
}
