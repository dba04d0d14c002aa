import { randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import { notFound } from '#app/auth/authorize.server.ts';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { bookOwnSeries } from '#app/domain/booking-requests/book-own-series.server.ts';
import { bookOwnSession } from '#app/domain/booking-requests/book-own-session.server.ts';
import { lengthsOf, listUsualPlaces } from '#app/domain/booking-requests/engagement-terms.server.ts';
import type { OwnEngagement } from '#app/domain/booking-requests/planner.server.ts';
import { listEngagements } from '#app/domain/engagements/queries.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { wayToPlan } from '#app/domain/scheduling/planning-rights.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { makeUpToBook } from '../policy-pages/make-ups-of-family.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { viewEngagement } from './engagement-view.ts';
import { ownEngagement } from './own-records.server.ts';
import { type PlanningPage, tellTheOffice } from './planner-of.server.ts';
import { planningProblem } from './planning-problem.server.ts';
import { priceText } from './price-text.ts';
import { chosenTime, timesFor, typedTime } from './times.server.ts';

const MODES = { online: 'Online', in_person: 'In person' } as const;
type Mode = keyof typeof MODES;
const modeOf = (text: string | null): Mode | undefined => (text === 'online' || text === 'in_person' ? text : undefined);

/** What the pages of tutor and family to book on show: with whom, how long, when, and what it comes to. All of it is in the address. */
export async function loadBookPage(page: PlanningPage, params: URLSearchParams) {
  const { context, planner, reader } = page;
  const of = planner.by === 'tutor' ? { tutorId: planner.tutorId } : { studentIds: planner.studentIds };
  const rows = await listEngagements(context.db, reader.now, { ...of, open: true, limit: 100 });
  const engagements = rows.map((row) => viewEngagement(row, reader));
  const asked = params.get('with');
  const only = rows.length === 1 ? rows[0]?.id : undefined;
  const id = isId(asked) ? asked : only;
  return {
    by: planner.by,
    engagements: engagements.map(({ id: key, studentName, tutorName, subject, program, hours, next, state, idle }) => ({
      id: key,
      title: planner.by === 'tutor' ? studentName : `${studentName} with ${tutorName}`,
      what: subject === program ? subject : `${subject}, ${program}`,
      note: next ? `Next: ${next.text}` : state.label,
      hours,
      idle,
    })),
    chosen: id ? await chosenEngagement(page, id, params) : null,
    office: tellTheOffice(page),
    formId: randomUUID(),
  };
}

async function chosenEngagement(page: PlanningPage, id: string, params: URLSearchParams) {
  const { context, planner, reader } = page;
  const { db } = context;
  const engagement = await ownEngagement(page, id);
  const way = wayToPlan(planner.by, 'book', engagement.matter);
  const places = await listUsualPlaces(db, id);
  // A tutor may always teach in person: where, they type.
  const modes: Mode[] = planner.by === 'tutor' ? ['online', 'in_person'] : places.map((place) => place.mode);
  const mode = modes.find((one) => one === params.get('mode')) ?? places[0]?.mode ?? 'online';
  const place = places.find((one) => one.mode === mode);
  const { durations, gridMinutes, usualMinutes } = await lengthsOf(db, context, engagement, mode);
  const wanted = Number(params.get('minutes'));
  const minutes = durations.includes(wanted) ? wanted : usualMinutes;
  const asked = params.get('makeUp');
  const makeUp = planner.by === 'family' && isId(asked) ? await makeUpToBook(context, asked, { ...engagement, reader }) : null;
  const base = {
    id,
    way,
    makeUp,
    title: planner.by === 'tutor' ? engagement.studentName : `${engagement.studentName} with ${engagement.tutorName}`,
    subject: engagement.subjectName,
    tutorName: engagement.tutorName,
    durations: durations.map((value) => ({ value: String(value), label: minutesText(value) })),
    minutes: String(minutes ?? ''),
    modes: modes.map((value) => ({ value, label: MODES[value] })),
    mode,
    location: place?.location ?? '',
    gridMinutes,
    zoneText: reader.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? reader.zone,
  };
  if (way.way === 'no' || minutes === null) return { ...base, times: null, confirm: null };
  const { tutorId, studentId, programId } = engagement;
  const times = await timesFor(
    context,
    reader,
    {
      tutorIds: [tutorId],
      programId,
      studentIds: [studentId],
      durationMinutes: minutes,
      mode,
      placeId: mode === 'in_person' ? (place?.placeId ?? null) : null,
      by: planner.by,
    },
    params,
  );
  const confirm = times.chosen ? await confirmOf(page, engagement, { ...times.chosen, mode, minutes, place }) : null;
  return { ...base, times, confirm };
}

interface Choice {
  at: string;
  when: { long: string; atOffice: string | null };
  wallStart: string;
  zone: string;
  mode: Mode;
  minutes: number;
  place: { location: string; placeId: string | null } | undefined;
}

/** What booking the chosen time comes to, said before it is done. */
async function confirmOf(page: PlanningPage, engagement: OwnEngagement, choice: Choice) {
  const { context, planner, organisation, reader, money } = page;
  const check = await checkBooking(context.db, context, {
    tutorId: engagement.tutorId,
    studentIds: [engagement.studentId],
    programId: engagement.programId,
    subjectId: engagement.subjectId,
    wallStart: choice.wallStart,
    zone: choice.zone,
    durationMinutes: choice.minutes,
    mode: choice.mode,
    ...(choice.mode === 'in_person' && choice.place?.placeId ? { placeId: choice.place.placeId } : {}),
    billable: true,
    by: planner.by,
  });
  const [place] = check.places;
  return {
    at: choice.at,
    when: choice.when.long,
    atOffice: choice.when.atOffice,
    where: choice.mode === 'online' ? 'Online' : choice.place?.location || 'In person',
    price: money && place ? priceText(place, organisation.currency, reader.locale) : null,
    // Sent along, so that what is booked is what was said.
    fee: money && place ? (place.fee?.toString() ?? 'none') : null,
    problems: blocking(check.problems).map((problem) => problem.message),
  };
}

/** The forms of the page: book at once, every week (a tutor's), or ask. */
export async function actOnBookPage(page: PlanningPage, form: FormData) {
  const { context, planner, reader, actor } = page;
  const { db } = context;
  const base = planner.by === 'tutor' ? '/tutor' : '/family';
  const values = Object.fromEntries(['date', 'time', 'note', 'weeks', 'location'].map((name) => [name, textOf(form, name)]));
  try {
    const minutes = Number(textOf(form, 'minutes'));
    const time = timeOf(form, minutes, page);
    const asked = textOf(form, 'with');
    if (!isId(asked)) throw notFound();
    const { id: engagementId } = await ownEngagement(page, asked);
    const mode = modeOf(textOf(form, 'mode')) ?? 'online';
    const usual = (await listUsualPlaces(db, engagementId)).find((place) => place.mode === mode);
    // Where the family has never been taught, only the office or the tutor can say where that is.
    if (planner.by === 'family' && !usual)
      throw new DomainError('invalid_value', `These sessions are not ${MODES[mode].toLowerCase()}. Ask the office.`, {
        field: 'mode',
      });
    const location = mode === 'online' ? '' : (planner.by === 'tutor' && values.location) || usual?.location || '';
    const formId = textOf(form, 'id');
    // A place that is kept is known; what a tutor typed is words.
    const placeId = mode === 'in_person' && location === usual?.location ? usual.placeId : null;
    const plan = {
      ...(isId(formId) ? { id: formId } : {}),
      engagementId,
      ...time,
      durationMinutes: minutes,
      mode,
      location,
      placeId,
    };
    if (textOf(form, 'intent') === 'ask') {
      const { requestId } = await askForSession(db, context, actor, planner, { ...plan, kind: 'new', note: values.note });
      return redirect(`${base}/requests/${requestId}?asked`);
    }
    if (planner.by === 'tutor' && form.get('weekly') === 'on') {
      const leaveOut = form.get('leaveOut') === 'on';
      const { sessionIds } = await bookOwnSeries(db, context, actor, planner, { ...plan, weeks: Number(values.weeks), leaveOut });
      return redirect(sessionIds[0] ? `${base}/sessions/${sessionIds[0]}?booked` : `${base}/calendar`);
    }
    const fee = textOf(form, 'fee');
    const feeSaid = /^\d{1,18}$/.test(fee) ? BigInt(fee) : fee === 'none' ? null : undefined;
    const makeUp = textOf(form, 'makeUp');
    const makeUpId = planner.by === 'family' && isId(makeUp) ? makeUp : undefined;
    const { sessionId } = await bookOwnSession(db, context, actor, planner, { ...plan, feeSaid, makeUpId });
    return redirect(`${base}/sessions/${sessionId}?booked`);
  } catch (error) {
    const { problem, status } = planningProblem(error, reader);
    return data({ problem, values: { ...values, intent: textOf(form, 'from') } }, { status });
  }
}

/** The chosen start, or the one typed. @throws DomainError invalid_value, nonexistent_time at `time`; of minutes that are none */
export function timeOf(
  form: FormData,
  minutes: number,
  { reader }: Pick<PlanningPage, 'reader'>,
): { wallStart: string; zone: string } {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440)
    throw new DomainError('invalid_value', 'Choose how long it lasts.', { field: 'durationMinutes' });
  const at = textOf(form, 'at');
  if (at) {
    const chosen = chosenTime(at, minutes, reader);
    if (!chosen) throw new DomainError('invalid_value', 'This time has passed. Choose another.', { field: 'time' });
    return { wallStart: chosen.wallStart, zone: chosen.zone };
  }
  const [date, time] = [textOf(form, 'date'), textOf(form, 'time')];
  if (!date || !time) throw new DomainError('invalid_value', 'Enter a date and a time.', { field: date ? 'time' : 'date' });
  const typed = typedTime(date, time, reader);
  if (!typed)
    throw new DomainError('nonexistent_time', 'This time does not exist: the clocks go forward over it.', { field: 'time' });
  return typed;
}
