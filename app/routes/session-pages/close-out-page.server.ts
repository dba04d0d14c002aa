import { data, redirect } from '@remix-run/node';
import { noShowFrom } from '#app/domain/billing/outcomes.ts';
import { closeOutSchema } from '#app/domain/closeout/close-out.schema.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { type MilesSuggested, suggestMiles } from '#app/domain/closeout/suggest-miles.server.ts';
import type { Audience } from '#app/domain/fields/custom-field.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { typedCustom } from '#app/ui/custom-form.ts';
import { asPlanned, closeOutInput, closeOutValues, typedCloseOut } from '#app/ui/session-close-out-values.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import { timeText, whenOf } from '#app/ui/session-when.ts';
import { loadPresence } from '../join-pages/load-presence.server.ts';
import { customForm, readCustom } from '../record-forms/read-custom.server.ts';
import type { loadTutorSession } from './load-session.server.ts';

/** The close-out form of a session, for its tutor and for the office on the tutor's behalf. */

type Loaded = Awaited<ReturnType<typeof loadTutorSession>>;

function plannedValues(session: SessionDetail) {
  const { closeOut } = session;
  return closeOutValues({
    ...session,
    closeOut: closeOut && { ...closeOut, actualWallStart: instantToWall(closeOut.actualStartsAt, session.zone) },
  });
}

export async function closeOutPage({
  session,
  reader,
  organisation,
  context,
  audience,
}: Pick<Loaded, 'session' | 'reader' | 'organisation' | 'context'> & { audience: Audience }) {
  const suggested = await suggestMiles(context.db, session, organisation.timezone);
  const presence = await loadPresence(context, session, reader);
  const custom = await customForm(context.db, { entity: 'session', audience, id: session.id });
  const names = session.places
    .filter((place) => !['cancelled', 'late_cancel'].includes(place.outcome))
    .map((place) => place.studentName);
  return {
    title: session.title || session.subject.name,
    when: whenOf(reader, session.startsAt, session.endsAt).long,
    values: plannedValues(session),
    presence,
    custom,
    form: {
      plannedText: `${timeText(reader, session.startsAt)}, ${minutesText(session.durationMinutes)}, ${names.join(' and ')} attended`,
      noShowFromText: `from ${timeText(reader, noShowFrom(session.startsAt, session.durationMinutes, session.policy.noShow.waitPercent))}`,
      zoneText: reader.zone === session.zone ? '' : ` (${session.zone.split('/').at(-1)?.replaceAll('_', ' ')} time)`,
      inPerson: session.mode === 'in_person',
      ...(suggested ? { milesSuggested: { miles: suggested.miles, text: suggestionText(suggested) } } : {}),
      again: session.closeOut !== null,
      version: session.closeOut?.version ?? 0,
    },
    sentBackReason: session.closeOut?.status === 'sent_back' ? session.closeOut.sentBackReason : '',
    earlierMiles: session.closeOut?.miles ?? null,
  };
}

const suggestionText = ({ miles, fromPlace, by }: MilesSuggested) =>
  `${miles} one way from ${fromPlace}, ${by === 'table' ? 'as the office entered it' : 'as the crow flies'}.`;

export async function submitCloseOutForm(
  { session, reader, actor, context }: Pick<Loaded, 'session' | 'reader' | 'actor' | 'context'>,
  form: FormData,
  { audience, next }: { audience: Audience; next: string },
) {
  const planned = plannedValues({ ...session, closeOut: null });
  const typed = typedCloseOut(form, plannedValues(session));
  const values = form.get('intent') === 'as-planned' ? asPlanned(typed, planned) : typed;
  const custom = await readCustom(context.db, form, { entity: 'session', audience, id: session.id });
  const refused = { values: typed, custom: typedCustom(form) };
  if (Object.keys(custom.errors).length > 0) {
    const problem: FormProblem = { message: 'That can’t be saved yet.', errors: custom.errors, clashes: [] };
    return data({ ...refused, problem }, { status: 400 });
  }
  try {
    const version = form.get('version');
    const read = typeof version === 'string' && /^\d{1,9}$/.test(version) ? { version: Number(version) } : {};
    const input = closeOutSchema.parse({ ...closeOutInput(session.id, values), ...read });
    await submitCloseOut(context.db, context, actor, { ...input, custom: custom.patch }, { office: audience !== 'tutor' });
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ ...refused, problem }, { status });
  }
  return redirect(next);
}
