import { randomUUID } from 'node:crypto';
import { isLeft, noShowFrom } from '#app/domain/billing/outcomes.ts';
import { listTemplatesFor } from '#app/domain/closeout/note-template-queries.server.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { type Draft, findDraft } from '#app/domain/closeout/save-draft.server.ts';
import { type MilesSuggested, suggestMiles } from '#app/domain/closeout/suggest-miles.server.ts';
import type { Audience } from '#app/domain/fields/custom-field.ts';
import { ratingWords } from '#app/domain/goals/goal.schema.ts';
import { type GoalRow, listGoals } from '#app/domain/goals/queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { FormValues } from '#app/ui/record-answer.ts';
import { type CloseOutValues, closeOutValues, typedCloseOut } from '#app/ui/session-close-out-values.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { stampText, timeText, whenOf } from '#app/ui/session-when.ts';
import { loadPresence } from '../join-pages/load-presence.server.ts';
import { customForm } from '../record-forms/read-custom.server.ts';
import type { loadTutorSession } from './load-session.server.ts';
import { noShowMeans } from './no-show-means.server.ts';
import { proposeCloseOut } from './propose-close-out.server.ts';

/** The close-out form of a session, for its tutor and for the office on the tutor's behalf. */

export type Loaded = Awaited<ReturnType<typeof loadTutorSession>>;

/** The form before anything is typed: as planned, or as it was closed out, with the goals of who is in it. */
export async function formValues({ session, context }: Pick<Loaded, 'session' | 'context'>): Promise<CloseOutValues> {
  const studentIds = session.places.filter((place) => isLeft(place.outcome)).map((place) => place.studentId);
  const goals = await listGoals(context.db, { studentIds });
  const { closeOut } = session;
  return closeOutValues(
    {
      ...session,
      closeOut: closeOut && { ...closeOut, actualWallStart: instantToWall(closeOut.actualStartsAt, session.zone) },
    },
    goals.filter((goal) => goal.status === 'open' || ratingIn(goal, session)).map((goal) => viewGoal(goal, session)),
  );
}

const ratingIn = (goal: GoalRow, session: SessionDetail) => goal.ratings.find((one) => one.sessionId === session.id);

function viewGoal(goal: GoalRow, session: SessionDetail) {
  const here = ratingIn(goal, session);
  const before = goal.ratings.findLast((one) => one.sessionId !== session.id && one.ratedOn <= session.localDate);
  return {
    id: goal.id,
    studentId: goal.studentId,
    title: goal.title,
    description: goal.description,
    before: before ? (ratingWords[before.rating - 1] ?? '') : '',
    rating: here ? String(here.rating) : '',
    note: here?.note ?? '',
  };
}

export async function closeOutPage(loaded: Loaded, request: Request, { audience }: { audience: Audience }) {
  const { session, reader, organisation, context, user } = loaded;
  const { db } = context;
  const side = audience === 'tutor' ? ('tutor' as const) : ('office' as const);
  const rules = await getCloseOutRules(db);
  const from = noShowFrom(session.startsAt, session.durationMinutes, session.policy.noShow.waitPercent);
  const locked = rules.lock_times && side === 'tutor';
  const [fresh, draft, suggested, presence, custom, templates, proposed, means] = await Promise.all([
    formValues(loaded),
    draftOf(loaded),
    suggestMiles(db, session, organisation.timezone),
    loadPresence(context, session, reader),
    customForm(db, { entity: 'session', audience, id: session.id }),
    listTemplatesFor(db, { programId: session.program.id, subjectId: session.subject.id }),
    proposeCloseOut(context, session, reader, { noShowFrom: from, locked }),
    noShowMeans(context, session, { user, audience: side, currency: organisation.currency, locale: reader.locale }),
  ]);
  const written = draft ? typedCloseOut(fieldsAsForm(draft.fields), fresh) : fresh;
  const asProposed = new URL(request.url).searchParams.has('proposed');
  const left = session.places.filter((place) => isLeft(place.outcome));
  return {
    sessionId: session.id,
    userId: user.id,
    title: session.title || session.subject.name,
    when: whenOf(reader, session.startsAt, session.endsAt).long,
    values: asProposed ? typedCloseOut(fieldsAsForm(proposed.view.fields), written) : written,
    presence,
    custom: draft ? { ...custom, initial: { ...custom.initial, ...customIn(draft.fields) } } : custom,
    draft: draft ? { savedAt: draft.savedAt.toISOString(), text: stampText(reader, draft.savedAt) } : null,
    /** Of the form that is in: a draft of it on this phone is done with. */
    takenKey: session.closeOut?.submissionKey ?? null,
    form: {
      plannedText: `${timeText(reader, session.startsAt)}, ${minutesText(session.durationMinutes)}, ${left.map((place) => place.studentName).join(' and ')} attended`,
      plan: planOf(session),
      proposal: proposed.view,
      noShow: { from: from.toISOString(), text: timeText(reader, from), now: context.clock().toISOString() },
      absent: Object.fromEntries(
        left.map(({ studentId }) => [studentId, { seen: proposed.seen.get(studentId) ?? '', means: means.get(studentId) ?? [] }]),
      ),
      zoneText: reader.zone === session.zone ? '' : ` (${session.zone.split('/').at(-1)?.replaceAll('_', ' ')} time)`,
      inPerson: session.mode === 'in_person',
      ...(suggested ? { milesSuggested: { miles: suggested.miles, text: suggestionText(suggested) } } : {}),
      locked,
      twoDurations: session.policy.twoDurations,
      templates,
      asks: { ratings: rules.ask_ratings, summary: askedSummary(rules) },
      familiesSee: { notes: rules.families_see_notes, homework: rules.families_see_homework },
      again: session.closeOut !== null,
      version: session.closeOut?.version ?? 0,
      submissionKey: draft?.fields.submissionKey?.[0] ?? randomUUID(),
    },
    sentBackReason: session.closeOut?.status === 'sent_back' ? session.closeOut.sentBackReason : '',
  };
}

function planOf(session: SessionDetail) {
  const { actualWallStart, actualMinutes } = closeOutValues({ ...session, closeOut: null });
  return { actualWallStart, actualMinutes };
}

const askedSummary = (rules: { ask_summary: boolean; mail_summary: boolean }) =>
  rules.ask_summary ? (rules.mail_summary ? ('mailed' as const) : ('shown' as const)) : null;

/** What this reader has typed and not sent; one that came late, after its form was taken, is none. */
async function draftOf({ session, context, user }: Loaded): Promise<Draft | undefined> {
  const draft = await findDraft(context.db, { sessionId: session.id, userId: user.id });
  const taken = session.closeOut?.submissionKey;
  return taken && draft?.fields.submissionKey?.[0] === taken ? undefined : draft;
}

const fieldsAsForm = (fields: FormValues): Pick<FormData, 'get'> => ({ get: (name) => fields[name]?.[0] ?? null });

const customIn = (fields: FormValues): FormValues =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('custom.')));

const suggestionText = ({ miles, fromPlace, by }: MilesSuggested) =>
  `${miles} one way from ${fromPlace}, ${by === 'table' ? 'as the office entered it' : 'as the crow flies'}.`;
