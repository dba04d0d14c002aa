import type { Family } from '#app/auth/signed-in-user.ts';
import { joinState } from '#app/domain/meetings/join-window.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { JoinView } from './session-join.tsx';
import { minutesText } from './session-length.ts';
import { outcomeView, type StatusView, statusOfSession } from './session-status.ts';
import { daysOf, dayText, type Reader, timeText, type When, whenOf } from './session-when.ts';

/** A session as lists and cards show it: everything in words, nothing that its reader may not know. */
export interface SessionView {
  id: string;
  ref: string;
  href: string;
  when: When;
  duration: string;
  status: StatusView;
  /** What it is called: its own title, or its subject. */
  title: string;
  subject: string;
  program: string;
  tutorName: string;
  students: { id: string; name: string; outcome: StatusView; expected: boolean }[];
  /** Online, or where. */
  place: string;
  online: boolean;
  billable: boolean;
  questions: number;
  flags: string[];
  join: JoinView;
}

/** What a view is made of; a row of a list and a session's page both have it. */
export interface SessionFacts {
  id: string;
  ref: string;
  status: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  mode: string;
  location: string;
  billable: boolean;
  tutorName: string;
  programName: string;
  subjectName: string;
  meetingState: string | null;
  closeOutStatus: string | null;
  questions: number;
  places: readonly { studentId: string; clientId: string; name: string; outcome: string; flag: string | null }[];
}

export interface ViewOptions {
  reader: Reader;
  joinWindowMinutes: number;
  /** Where a session's own page is, e.g. /tutor/sessions. */
  base: string;
  /** What billing wants a person to see (credits below zero) is the office's, not the tutor's or another family's. */
  office?: boolean;
  /** A family sees its own children in a group, and nobody else's name. */
  family?: Family;
}

export function viewSession(
  facts: SessionFacts,
  { reader, joinWindowMinutes, base, family, office = false }: ViewOptions,
): SessionView {
  const places = family
    ? facts.places.filter((place) => family.clientIds.includes(place.clientId) || family.studentIds.includes(place.studentId))
    : facts.places;
  return {
    id: facts.id,
    ref: facts.ref,
    href: `${base}/${facts.id}`,
    when: whenOf(reader, facts.startsAt, facts.endsAt),
    duration: minutesText(facts.durationMinutes),
    status: familyStatus(statusOfSession(facts, reader.now), family !== undefined),
    title: facts.title || facts.subjectName,
    subject: facts.subjectName,
    program: facts.programName,
    tutorName: facts.tutorName,
    students: places.map((place) => ({
      id: place.studentId,
      name: place.name,
      outcome: outcomeView(place.outcome),
      expected: place.outcome === 'planned' || place.outcome === 'attended',
    })),
    place: facts.mode === 'online' ? 'Online' : facts.location || 'In person',
    online: facts.mode === 'online',
    billable: facts.billable,
    questions: facts.questions,
    flags: office ? facts.places.flatMap((place) => (place.flag ? [`${place.name}: ${place.flag}`] : [])) : [],
    // Tutor and office may open a room again that was ended by mistake.
    join: viewJoin(
      family || facts.meetingState !== 'ended' ? facts : { ...facts, meetingState: 'ready' },
      reader,
      joinWindowMinutes,
    ),
  };
}

/** What is office business (close-out, approval) a family reads as: it took place. */
function familyStatus(status: StatusView, family: boolean): StatusView {
  if (!family || !['to_close_out', 'closed_out', 'approved', 'sent_back'].includes(status.key)) return status;
  return { key: 'over', label: 'Took place', tone: 'good' };
}

export function viewJoin(
  facts: Pick<SessionFacts, 'id' | 'startsAt' | 'endsAt' | 'status' | 'mode' | 'meetingState'>,
  reader: Reader,
  joinWindowMinutes: number,
): JoinView {
  const { state, opensAt } = joinState({
    now: reader.now,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    joinWindowMinutes,
    status: facts.status,
    mode: facts.mode,
    meeting: facts.meetingState === null ? null : { state: facts.meetingState },
  });
  const time = timeText(reader, opensAt);
  const sameDay = localDateOf(opensAt, reader.zone) === daysOf(reader).today;
  return {
    state,
    href: `/sessions/${facts.id}/join`,
    opensAtText: sameDay ? time : `${time}, ${dayText(reader, opensAt)}`,
    opensAtIso: opensAt.toISOString(),
  };
}

/** Sessions in the order given, under their days. */
export function groupByDay(views: readonly SessionView[]): { date: string; day: string; sessions: SessionView[] }[] {
  const days: { date: string; day: string; sessions: SessionView[] }[] = [];
  for (const view of views) {
    const last = days.at(-1);
    if (last?.date === view.when.date) last.sessions.push(view);
    else days.push({ date: view.when.date, day: view.when.day, sessions: [view] });
  }
  return days;
}
