import { randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { cancelOwnSession } from '#app/domain/booking-requests/cancel-own-session.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { wayToPlan } from '#app/domain/scheduling/planning-rights.ts';
import { type CancellationPreview, costOf, previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { stampText, whenOf } from '#app/ui/session-when.ts';
import { waiverText } from '#app/ui/waiver-words.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { ownSession } from './own-records.server.ts';
import { type PlanningPage, tellTheOffice } from './planner-of.server.ts';
import { planningProblem } from './planning-problem.server.ts';

/** What cancelling means, said before it is done. */
export async function loadCancelPage(page: PlanningPage, sessionId: string, params: URLSearchParams) {
  const { context, planner, reader } = page;
  const session = await ownSession(page, sessionId);
  const way = wayToPlan(planner.by, 'cancel', session.matter);
  const tutor = planner.by === 'tutor';
  const asked = params.getAll('student').filter((id) => session.own.some((place) => place.studentId === id));
  const chosen = tutor || asked.length === 0 ? session.own.map((place) => place.studentId) : asked;
  const by = tutor ? ('tutor' as const) : ('client' as const);
  const preview =
    way.way === 'no' || chosen.length === 0
      ? null
      : await previewCancellation(context.db, context, { sessionId, by, ...(tutor ? {} : { studentIds: chosen }) });
  return {
    by: planner.by,
    id: session.id,
    when: whenOf(reader, session.startsAt, session.endsAt).long,
    names: session.own.map((place) => place.name).join(', '),
    tutorName: session.tutorName,
    way,
    office: tellTheOffice(page),
    children: tutor
      ? []
      : session.own.map(({ studentId, name }) => ({ id: studentId, name, chosen: chosen.includes(studentId) })),
    late: preview?.late ?? false,
    costSaid: preview ? costOf(preview) : '',
    consequence: preview ? consequenceOf(preview, page, session.tutorName) : null,
    reasons: await listReasonChoices(context.db, by),
    formId: randomUUID(),
  };
}

function consequenceOf(preview: CancellationPreview, page: PlanningPage, tutorName: string) {
  const { reader, organisation, money, planner } = page;
  if (planner.by === 'tutor') {
    const families = preview.families === 1 ? 'The family is' : `${preview.families} families are`;
    return { title: 'It costs nobody anything', text: `${families} told by mail. You are not paid for it.`, lines: [] };
  }
  const notice = `${preview.noticeHours} ${preview.noticeHours === 1 ? 'hour' : 'hours'}`;
  const hidden = money ? '' : ' What is charged is between the office and who pays.';
  const text = preview.late
    ? `Cancelling was free until ${stampText(reader, preview.deadline)}, ${notice} before the start.${money ? stepText(preview, reader) : hidden}`
    : `Cancelling is free until ${stampText(reader, preview.deadline)}.`;
  const free = preview.late && money && preview.places.length > 0 && preview.places.every((place) => place.waiver?.as === 'free');
  return {
    title: free ? 'It is late, and this one is free' : preview.late ? 'This is a late cancellation' : 'It costs nothing',
    text: `${text} ${tutorName} and the office are told.`,
    lines: money
      ? preview.places.map((place) => ({ name: place.name, text: lineText(place, organisation.currency, reader.locale) }))
      : [],
  };
}

/** What less notice costs: that it is so already, or from when. */
function stepText({ underHours, nextStep }: CancellationPreview, reader: PlanningPage['reader']): string {
  if (underHours !== null) return ` With less than ${underHours} ${underHours === 1 ? 'hour' : 'hours'} of notice it costs more.`;
  return nextStep ? ` From ${stampText(reader, nextStep.at)} on it costs ${nextStep.chargePercent}%.` : '';
}

function lineText(place: CancellationPreview['places'][number], currency: string, locale: string): string {
  if (place.waiver) return waiverText(place.waiver, locale);
  if (place.creditsReturned !== null) {
    const words = place.creditsReturned === 100n ? 'credit comes' : 'credits come';
    return place.creditsReturned === 0n
      ? 'no credit comes back'
      : `${formatCredits(place.creditsReturned, locale)} ${words} back`;
  }
  if (place.chargePercent === '0' || place.fee === 0n) return 'nothing is charged';
  return place.fee === null
    ? `${place.chargePercent}% of the session`
    : `${formatMoney(place.fee, currency, locale)} (${place.chargePercent}%) is charged`;
}

export async function actOnCancelPage(page: PlanningPage, sessionId: string, form: FormData) {
  const { context, planner, reader, actor } = page;
  const { db } = context;
  const base = planner.by === 'tutor' ? '/tutor' : '/family';
  const reason = textOf(form, 'reason');
  const reasonId = textOf(form, 'reasonId');
  const studentIds = form.getAll('student').filter((id): id is string => typeof id === 'string' && isId(id));
  await ownSession(page, sessionId);
  try {
    if (textOf(form, 'intent') === 'ask') {
      const formId = textOf(form, 'id');
      const [studentId] = studentIds;
      const { requestId } = await askForSession(db, context, actor, planner, {
        ...(isId(formId) ? { id: formId } : {}),
        ...(studentId ? { studentId } : {}),
        kind: 'cancel',
        sessionId,
        note: reason,
      });
      return redirect(`${base}/requests/${requestId}?asked`);
    }
    await cancelOwnSession(db, context, actor, planner, {
      sessionId,
      ...(planner.by === 'family' && studentIds.length > 0 ? { studentIds } : {}),
      ...(isId(reasonId) ? { reasonId } : {}),
      reason,
      costSaid: textOf(form, 'cost'),
    });
    return redirect(`${base}/sessions/${sessionId}?cancelled`);
  } catch (error) {
    const { problem, status } = planningProblem(error, reader);
    return data({ problem, values: { reason, reasonId } }, { status });
  }
}
