import { randomUUID } from 'node:crypto';
import { data, redirectDocument } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { startInstantSchema } from '#app/domain/instant/instant.schema.ts';
import type { InstantFit } from '#app/domain/instant/instant-fit.ts';
import { listInstantChoices } from '#app/domain/instant/queries.server.ts';
import { startInstantSession } from '#app/domain/instant/start-instant-session.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { makeRoomNow } from '#app/domain/meetings/make-room-now.server.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { asFormValues, type RecordAnswer } from '#app/ui/record-answer.ts';
import { readRecord, typedValues } from '#app/ui/record-form.server.ts';
import { checkInstant } from './check-instant.server.ts';
import type { InstantPageOf } from './instant-starter.server.ts';
import { type Hindrance, type InstantCheckView, viewHindrance } from './instant-view.ts';

/** The form as the page opens: with whom the address names, and what that student is usually taught. */
export async function loadInstantPage(page: InstantPageOf, params: URLSearchParams) {
  const { by, context, organisation, user, tutorId } = page;
  const [choices, rules] = await Promise.all([listInstantChoices(context.db, context, { tutorId }), getMeetingRules(context.db)]);
  const only = choices.students.length === 1 && by === 'tutor' ? choices.students[0] : undefined;
  const student = choices.students.find(({ id }) => id === params.get('student')) ?? only;
  const asked = params.get('tutor') ?? '';
  const usual = student?.usual?.programId ?? mostly(choices.students.flatMap((one) => one.usual?.programId ?? []));
  const program = choices.programs.find(({ id }) => id === usual) ?? choices.programs[0];
  const subject = choices.subjects.find(({ id }) => id === student?.usual?.subjectId);
  const minutes = student?.usual?.minutes ?? program?.defaultDuration ?? 60;
  const values = {
    id: randomUUID(),
    tutorId: tutorId ?? (isId(asked) ? asked : ''),
    studentIds: student?.id ?? '',
    programId: program?.id ?? '',
    subjectId: subject?.id ?? (choices.subjects.length === 1 ? choices.subjects[0]?.id : '') ?? '',
    durationMinutes: String(minutes),
    billable: 'yes',
    title: '',
    description: '',
    meetingInstallId: '',
  };
  return {
    by,
    initial: asFormValues(values),
    check: student ? await checkInstant(page, { ...values, studentId: values.studentIds }) : null,
    choices,
    durations: organisation.durations,
    mayStart: by === 'office' || rules.tutors_start_now,
    mayInvite: by === 'office' || rules.tutors_invite,
    mayEditPrograms: can(user, 'program.write'),
    maySetUp: can(user, 'plugins.manage'),
  };
}

/** What occurs most often. */
function mostly(ids: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export interface InstantAnswer extends RecordAnswer {
  hindrance: Hindrance | null;
  check: InstantCheckView | null;
}

/** Start Session: saves, makes the room, and leads whoever teaches into it. */
export async function actOnInstantPage(page: InstantPageOf, form: FormData) {
  const { by, context, actor, tutorId, user } = page;
  const values = typedValues(form);
  const check = () => checkInstant(page, shapeOf(Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v[0] ?? '']))));
  if (form.get('intent') === 'check')
    return data<InstantAnswer>({ errors: {}, values, hindrance: null, check: await check() }, { status: 200 });
  const read = readRecord(startInstantSchema, form, {
    shape: (input) => ({ ...shapeOf(input), ...(tutorId ? { tutorId } : {}) }),
  });
  if (!read.ok) {
    const errors = formErrors(read.answer.errors);
    return data<InstantAnswer>({ ...read.answer, errors, hindrance: null, check: await check() }, { status: 400 });
  }
  if ((values.studentIds?.length ?? 0) > 1) {
    const errors = { studentIds: 'A session that starts now is with one student.' };
    return data<InstantAnswer>({ errors, values, hindrance: null, check: null }, { status: 400 });
  }
  try {
    const { sessionId } = await startInstantSession(context.db, context, actor, by, read.value);
    const state = await makeRoomNow(context, { sessionId });
    const teaches = user.tutorId === read.value.tutorId;
    if (!teaches) return redirectDocument(`/office/sessions/${sessionId}`);
    return redirectDocument(state === 'ready' ? `/sessions/${sessionId}/join` : `/sessions/${sessionId}/opening`);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const details = (error.details ?? {}) as { problems?: BookingProblem[]; fit?: InstantFit };
    const hindrance = details.fit
      ? viewHindrance(details.problems ?? [], details.fit, read.value.durationMinutes, page.sight)
      : null;
    const errors = formErrors(error.field && !hindrance ? { [error.field]: error.message } : {});
    const answer = {
      errors,
      values,
      ...(error.field && !hindrance ? {} : { message: error.message }),
      hindrance,
      check: await check(),
    };
    return data<InstantAnswer>(answer, { status: statusOf(error) });
  }
}

/** From the form's fields to what is asked for: the picker sends a list, and an invitation that is empty is none. */
export function shapeOf<T extends Record<string, unknown>>(input: T) {
  const invite = (input.invite ?? {}) as Record<string, unknown>;
  const invites = Object.values(invite).some((text) => typeof text === 'string' && text.trim() !== '');
  return { ...input, studentId: input.studentIds ?? null, invite: invites ? invite : null };
}

/** What the domain calls the student the form calls by its picker. */
const formErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([name, text]) => [name === 'studentId' ? 'studentIds' : name, text]));
