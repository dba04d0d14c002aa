import type { EarlierSession } from '#app/domain/scheduling/earlier-sessions.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { outcomeView, type StatusView } from './session-status.ts';
import { type SessionFacts, type SessionView, type ViewOptions, viewSession } from './session-view.ts';
import { dayText, type Reader, stampText, timeText } from './session-when.ts';

/** A session's page in words; each reader's builder takes in only what that reader may know. */
export interface DetailView extends SessionView {
  description: string;
  plan: string;
  materials: { id: string; title: string; url: string; by: string }[];
  asked: { id: string; body: string; by: string }[];
}

export function factsOf(session: SessionDetail): SessionFacts {
  return {
    ...session,
    tutorName: session.tutor.name,
    programName: session.program.name,
    subjectName: session.subject.name,
    meetingState: session.meeting?.endedForAll ? 'ended' : (session.meeting?.state ?? null),
    closeOutStatus: session.closeOut?.status ?? null,
    questions: session.questions.length,
    places: session.places.map((place) => ({ ...place, name: place.studentName })),
  };
}

export function viewDetail(session: SessionDetail, options: ViewOptions): DetailView {
  const { reader } = options;
  return {
    ...viewSession(factsOf(session), options),
    description: session.description,
    plan: session.plan,
    materials: session.materials
      .filter((material) => material.phase === 'before')
      .map(({ id, title, url, addedBy, createdAt }) => ({ id, title, url, by: byline(addedBy, createdAt, reader) })),
    asked: session.questions.map(({ id, body, askedBy, createdAt }) => ({ id, body, by: byline(askedBy, createdAt, reader) })),
  };
}

function byline(name: string | null, at: Date, reader: Reader): string {
  return `${name ?? 'Somebody'}, ${dayText(reader, at)}, ${timeText(reader, at)}`;
}

export interface CloseOutView {
  actual: string;
  miles: string | null;
  notes: string;
  /** With when it is due. */
  homework: string;
  nextTopics: string;
  summary: string;
  /** `homework`: theirs alone, else empty. */
  students: { id: string; name: string; outcome: StatusView; note: string; homework: string }[];
}

/** What took place, without the private note: for every reader. `studentIds` cuts it to one family's children. */
export function viewCloseOut(session: SessionDetail, reader: Reader, studentIds?: readonly string[]): CloseOutView | null {
  const { closeOut } = session;
  if (!closeOut) return null;
  const places = session.places.filter((place) => studentIds === undefined || studentIds.includes(place.studentId));
  return {
    actual: `${timeText(reader, closeOut.actualStartsAt)}, ${closeOut.actualMinutes} min`,
    miles: closeOut.miles,
    notes: closeOut.notes,
    homework: [
      closeOut.homework,
      closeOut.homeworkDueOn ? `Due ${dayText(reader, new Date(`${closeOut.homeworkDueOn}T12:00:00Z`))}` : '',
    ]
      .filter(Boolean)
      .join('\n'),
    nextTopics: closeOut.nextTopics,
    summary: closeOut.summary,
    students: places.map((place) => ({
      id: place.studentId,
      name: place.studentName,
      outcome: outcomeView(place.outcome),
      note: place.note,
      homework: place.homework ?? '',
    })),
  };
}

export interface EarlierView {
  id: string;
  href: string;
  day: string;
  title: string;
  tutorName: string;
  students: { name: string; outcome: StatusView; note: string }[];
  notes: string;
  homework: string;
  nextTopics: string;
}

/** `base` where the reader may open it; null where it is somebody else's lesson. */
export function viewEarlier(
  session: EarlierSession,
  reader: Reader,
  base: (session: EarlierSession) => string | null,
): EarlierView {
  const place = base(session);
  return {
    id: session.id,
    href: place === null ? '' : `${place}/${session.id}`,
    day: dayText(reader, session.startsAt),
    title: session.title || session.subjectName,
    tutorName: session.tutorName,
    students: session.students.map(({ name, outcome, note }) => ({ name, outcome: outcomeView(outcome), note })),
    notes: session.notes,
    homework: session.homework,
    nextTopics: session.nextTopics,
  };
}

export interface StoryLine {
  id: string;
  at: string;
  who: string;
  what: string;
  detail: string;
}

const told: Record<string, string> = {
  'session.book': 'Booked',
  'session.reschedule': 'Moved',
  'session.edit': 'Changed',
  'session.cancel': 'Cancelled',
  'session.cancelled_free': 'A free cancellation of the term',
  'make_up.open': 'May be made up for',
  'make_up.open_again': 'What it made up for is open again',
  'make_up.used': 'Made up for by another session',
  'make_up.makes_up': 'Makes up for a lesson that was missed',
  'make_up.expired': 'Not made up for in time: charged',
  'make_up.given_up': 'Will not be made up for: charged',
  'make_up.extend': 'Changed the last day to make up for it',
  'session.restore': 'Took the cancellation back',
  'session.add_student': 'Added a student',
  'session.replaced': 'Booked again as another session',
  'request.ask': 'A change was asked for',
  'request.accept': 'What was asked for was accepted',
  'request.decline': 'What was asked for was declined',
  'request.propose': 'Other times were offered',
  'request.pass_on': 'What was asked for was passed on to the office',
  'request.take_proposal': 'An offered time was taken',
  'request.refuse_proposal': 'None of the offered times suited',
  'request.withdraw': 'What was asked for was withdrawn',
  'session.replaces': 'Booked in place of another session',
  'session.plan': 'Wrote the plan',
  'session.ask': 'Asked a question',
  'session.add_material': 'Added material',
  'session.remove_material': 'Removed material',
  'guest_link.send': 'Mailed a link to join without an account',
  'guest_link.take_back': 'Took back a link to join without an account',
  'meeting.retry': 'Asked for the room again',
  'classroom.admit': 'Let somebody into the classroom',
  'classroom.refuse': 'Did not let somebody into the classroom, or showed them out',
  'classroom.end': 'Ended the classroom for all',
  'classroom.reopen': 'Opened the classroom again',
  'meeting.provider': 'Chose another online room',
  'closeout.submit': 'Closed out',
  'closeout.approve': 'Approved the close-out',
  'closeout.send_back': 'Sent the close-out back',
  'closeout.submit_approved': 'Closed out and approved',
  'closeout.chase': 'Reminded the tutor to close out',
  'closeout.tell_office': 'Told the office that it is not closed out',
  'session.correct': 'Corrected it after it was billed or paid',
  'place.bill_again': 'Had a place billed again',
  'homework.tick': 'Ticked the homework off',
  'homework.untick': 'Took the homework’s tick back',
  'feedback.give': 'Said how it was',
  'feedback.change': 'Changed what was said of it',
  'feedback.see': 'Saw the feedback',
  'closeout.auto': 'Completed by itself at its end',
};

/** What an entry of the log says was done. */
export const storyText = (action: string): string => told[action] ?? action.replaceAll(/[._]/g, ' ');

/** The audit log of a session as sentences. Ids stay out; amounts aren't in it. */
export function viewStory(session: SessionDetail, reader: Reader): StoryLine[] {
  const names = new Map(session.places.map((place) => [place.studentId, place.studentName]));
  names.set(session.tutor.id, session.tutor.name);
  return session.story
    .map((row) => ({
      id: row.id.toString(),
      at: stampText(reader, row.at),
      who:
        row.actorName ||
        (row.actorKind === 'system'
          ? 'Lectern'
          : row.actorKind === 'import'
            ? 'Import'
            : row.actorKind === 'guest'
              ? 'A guest'
              : 'Somebody'),
      what: storyText(row.action),
      detail: [...changesText(row, names, reader), row.reason].filter(Boolean).join(' · '),
    }))
    .reverse();
}

/** Texts of a close-out: that they were changed is told, not what they say. */
const closeOutWords: Record<string, string> = {
  notes: 'progress notes',
  privateNote: 'private note',
  homework: 'homework',
  homeworkDueOn: 'when homework is due',
  nextTopics: 'topics for next time',
  summary: 'summary',
};

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** What an entry of the log says was changed, from what. `names`: of the people in it, by their ids. */
export function changesText(
  row: { before: unknown; after: unknown },
  names: ReadonlyMap<string, string>,
  reader: Reader,
): string[] {
  const before = fieldsOf(row.before);
  const after = fieldsOf(row.after);
  const parts: string[] = [];
  const change = (label: string, key: string, show: (value: unknown) => string) => {
    if (!(key in after) || JSON.stringify(before[key]) === JSON.stringify(after[key])) return;
    parts.push(key in before ? `${label} ${show(before[key])} → ${show(after[key])}` : `${label} ${show(after[key])}`);
  };
  const at = (value: unknown) => (typeof value === 'string' ? stampText(reader, new Date(value)) : '–');
  const name = (value: unknown) => names.get(String(value)) ?? 'somebody else';
  const minutes = (value: unknown) => `${String(value)} min`;
  change('start', 'startsAt', at);
  change('length', 'minutes', minutes);
  change('tutor', 'tutorId', name);
  change('began', 'actualStartsAt', at);
  change('taught', 'actualMinutes', minutes);
  change('paid for', 'paidMinutes', (value) => (value === null ? 'the same' : minutes(value)));
  if ('miles' in before || (after.miles ?? null) !== null) change('miles', 'miles', (value) => String(value ?? 'none'));
  change('by', 'by', (value) => (value === 'client' ? 'the family' : `the ${String(value)}`));
  if ('billable' in before || after.billable === false)
    change('billable', 'billable', (value) => (value === true ? 'yes' : 'no'));
  for (const key of ['title', 'description', 'location', 'plan']) if (key in after) parts.push(key);
  if ('custom' in after) parts.push('additional fields');
  // Who came to a group; of a booking the page itself says it.
  if (!('startsAt' in after) && !('by' in after) && Array.isArray(after.studentIds))
    parts.push(after.studentIds.map(name).join(', '));
  for (const [key, label] of Object.entries(closeOutWords)) if (key in after && key in before) parts.push(label);
  const were = fieldsOf(before.outcomes);
  const said = (outcome: unknown) => outcomeView(String(outcome)).label.toLowerCase();
  for (const [studentId, outcome] of Object.entries(fieldsOf(after.outcomes))) {
    const was = were[studentId];
    if (was === outcome) continue;
    parts.push(`${name(studentId)}: ${was === undefined ? '' : `${said(was)} → `}${said(outcome)}`);
  }
  return parts;
}
