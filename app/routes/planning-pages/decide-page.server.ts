import { data, redirect } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { decideBookingRequestSchema, type OfferedTime } from '#app/domain/booking-requests/booking-request.schema.ts';
import { type Decider, decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import { type BookingRequestRow, listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { listBookableTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { listSlots } from '#app/domain/scheduling/list-slots.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { clashesOf, problemOf } from '#app/ui/session-problem.ts';
import { dayText, type Reader, timeText } from '#app/ui/session-when.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import type { PlanningPage } from './planner-of.server.ts';
import { planningProblem } from './planning-problem.server.ts';
import { chosenTime, typedTime } from './times.server.ts';

type On = Pick<PlanningPage, 'context' | 'reader'> & { decider: Decider; actor: Actor };

const DAYS = 14;
const SHOWN = 12;

/** What whoever answers sees beside the request: what speaks against it now, and other times that are free. */
export async function loadDecision({ context, reader, decider }: Omit<On, 'actor'>, request: BookingRequestRow) {
  const waiting = request.status === 'open' || request.status === 'proposed';
  if (!waiting) return { problems: [], offers: [], tutors: [], rivals: 0 };
  const office = decider.by === 'office';
  const [problems, offers, tutors, others] = await Promise.all([
    problemsNow(context, reader, request, decider),
    request.kind === 'cancel' ? [] : offersFor(context, reader, request, decider),
    office && request.kind !== 'cancel' ? listBookableTutorChoices(context.db, request.tutorId) : [],
    listBookingRequests(context.db, { statuses: ['open', 'proposed'] }),
  ]);
  const rivals = others.filter(
    (other) => other.id !== request.id && other.tutorId !== null && other.tutorId === request.tutorId && overlap(other, request),
  );
  return { problems, offers, tutors, rivals: rivals.length };
}

function overlap(a: BookingRequestRow, b: BookingRequestRow): boolean {
  if (!a.startsAt || !b.startsAt || !a.durationMinutes || !b.durationMinutes) return false;
  const end = (row: { startsAt: Date; durationMinutes: number }) => row.startsAt.getTime() + row.durationMinutes * 60_000;
  const [one, other] = [
    { startsAt: a.startsAt, durationMinutes: a.durationMinutes },
    { startsAt: b.startsAt, durationMinutes: b.durationMinutes },
  ];
  return one.startsAt.getTime() < end(other) && other.startsAt.getTime() < end(one);
}

async function problemsNow(context: PlanningPage['context'], reader: Reader, request: BookingRequestRow, decider: Decider) {
  const { tutorId, wallStart, durationMinutes } = request;
  if (request.kind === 'cancel' || !tutorId || !wallStart || !durationMinutes) return [];
  const check = await checkBooking(context.db, context, {
    tutorId,
    studentIds: [request.studentId],
    programId: request.programId,
    subjectId: request.subjectId,
    wallStart,
    zone: request.zone,
    durationMinutes,
    mode: request.mode ?? 'online',
    ...(request.placeId ? { placeId: request.placeId } : {}),
    billable: true,
    by: decider.by,
    exceptSessionId: request.sessionId ?? undefined,
  });
  return check.problems
    .filter((problem) => problem.field !== 'payRateOverride' && problem.code !== 'missing_rate')
    .map((problem) => ({
      severity: problem.severity,
      message: problem.message,
      // Whose lesson it is, the office may know.
      clashes: decider.by === 'office' ? clashesOf(problem.sessions, reader) : [],
    }));
}

async function offersFor(context: PlanningPage['context'], reader: Reader, request: BookingRequestRow, decider: Decider) {
  if (!request.tutorId || !request.durationMinutes) return [];
  const today = localDateOf(reader.now, reader.organisationZone);
  const wanted = request.startsAt ? localDateOf(request.startsAt, reader.organisationZone) : today;
  const from = wanted > addDays(today, 3) ? addDays(wanted, -3) : today;
  const slots = await listSlots(context.db, context, {
    tutorIds: [request.tutorId],
    programId: request.programId,
    studentIds: [request.studentId],
    durationMinutes: request.durationMinutes,
    mode: request.mode ?? 'online',
    placeId: request.placeId,
    by: decider.by === 'tutor' ? 'tutor' : 'family',
    fromDate: from,
    toDate: addDays(from, DAYS),
    ...(request.sessionId ? { exceptSessionId: request.sessionId } : {}),
  });
  // A few on each day say more than all of one.
  const perDay = new Map<string, number>();
  const spread = slots.filter((slot) => {
    if (slot.startsAt.getTime() === request.startsAt?.getTime() || slot.startsAt.getUTCMinutes() % 30 !== 0) return false;
    const day = slot.wallStart.slice(0, 10);
    const count = perDay.get(day) ?? 0;
    perDay.set(day, count + 1);
    return count < 3;
  });
  return spread.slice(0, SHOWN).map((slot) => ({
    at: slot.startsAt.toISOString(),
    label: `${dayText(reader, slot.startsAt)}, ${timeText(reader, slot.startsAt)}`,
  }));
}

/** Accept, decline, offer other times, or pass on. `back` is the request's own page. */
export async function actOnDecision(on: On, request: BookingRequestRow, form: FormData, back: string) {
  const { context, reader, decider, actor } = on;
  const intent = textOf(form, 'intent');
  const values = Object.fromEntries(
    ['reason', 'note', 'date', 'time', 'tutorId', 'offerDate', 'offerTime'].map((name) => [name, textOf(form, name)]),
  );
  try {
    const input = decideBookingRequestSchema.parse({
      requestId: request.id,
      version: Number(textOf(form, 'version')),
      decision: decisionOf(intent, form, values, request, reader),
    });
    await decideBookingRequest(context.db, context, actor, input, decider);
  } catch (error) {
    const { problem, status } = decider.by === 'office' ? problemOf(error, reader) : planningProblem(error, reader);
    return data(
      { intent, problem: { ...problem, errors: byForm(problem.errors) }, values, offers: form.getAll('offer').map(String) },
      { status },
    );
  }
  return redirect(`${back}?answered`);
}

function decisionOf(intent: string, form: FormData, values: Record<string, string>, request: BookingRequestRow, reader: Reader) {
  switch (intent) {
    case 'accept': {
      const typed = values.date && values.time ? typedTime(values.date, values.time, reader) : undefined;
      const tutorId = values.tutorId && values.tutorId !== request.tutorId ? { tutorId: values.tutorId } : {};
      return {
        kind: 'accept',
        ...tutorId,
        ...(typed ?? (values.date ? { wallStart: `${values.date}T${values.time}` } : {})),
        overruleStudentConflict: form.get('overrule') === 'on',
      };
    }
    case 'decline':
      return { kind: 'decline', reason: values.reason };
    case 'propose':
      return { kind: 'propose', times: offeredTimes(form, values, request, reader), note: values.note };
    default:
      return { kind: intent, note: values.note };
  }
}

function offeredTimes(form: FormData, values: Record<string, string>, request: BookingRequestRow, reader: Reader): OfferedTime[] {
  const durationMinutes = request.durationMinutes ?? 60;
  const ticked = form.getAll('offer').flatMap((at) => {
    const chosen = chosenTime(String(at), durationMinutes, reader);
    return chosen ? [{ wallStart: chosen.wallStart, zone: chosen.zone, durationMinutes }] : [];
  });
  const typed = values.offerDate ? typedTime(values.offerDate, values.offerTime ?? '', reader) : undefined;
  if (!values.offerDate && !values.offerTime) return ticked;
  return [...ticked, { wallStart: `${values.offerDate}T${values.offerTime}`, ...typed, durationMinutes }];
}

/** The schema's paths as the names of the form's fields. */
function byForm(errors: Record<string, string>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [name, message] of Object.entries(errors)) {
    const field = name.replace(/^decision\./, '');
    if (field.startsWith('times') || field === 'decision') named.offers ??= message;
    else named[field === 'wallStart' ? 'time' : field] ??= message;
  }
  return named;
}
