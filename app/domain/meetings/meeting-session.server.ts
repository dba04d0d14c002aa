import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { MeetingHave, MeetingTutor, MeetingWant } from '#plugins/contract/index.ts';

export type MeetingState = 'pending' | 'ready' | 'failed' | 'released';

/** A room that another one has replaced and that is still to be given up; without `ref` one that may be there, to be looked for. */
export interface FormerRoom extends MeetingHave {
  installId: string;
  /** Of whose account it is; null: the company's. */
  connectionId: string | null;
}

/** A session's meeting with what a provider is told of the session. */
export interface MeetingSession {
  sessionId: string;
  installId: string;
  state: MeetingState;
  ref: string | null;
  joinUrl: string | null;
  error: string | null;
  errorCode: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  /** Of whose account the room is; null: the company's, or none is needed. */
  connectionId: string | null;
  /** An earlier attempt may have made a room whose id never arrived. */
  unsure: boolean;
  former: FormerRoom[];
  releaseAttempts: number;
  releaseAt: Date | null;
  /** Goes up with every plan and outcome: what an attempt read is only overwritten if nothing happened meanwhile. */
  turn: number;
  status: string;
  mode: string;
  location: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  zone: string;
  tutor: MeetingTutor;
  /** Places that were not cancelled. */
  students: number;
}

export async function findMeetingSession(db: Kysely<DB>, sessionId: string): Promise<MeetingSession | undefined> {
  const row = await db
    .selectFrom('meeting')
    .innerJoin('session', 'session.id', 'meeting.sessionId')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .select([
      'meeting.sessionId',
      'meeting.installId',
      'meeting.state',
      'meeting.ref',
      'meeting.joinUrl',
      'meeting.error',
      'meeting.errorCode',
      'meeting.attempts',
      'meeting.nextAttemptAt',
      'meeting.connectionId',
      'meeting.unsure',
      'meeting.releaseAttempts',
      'meeting.releaseAt',
      'meeting.turn',
      'meeting.data',
      'session.status',
      'session.mode',
      'session.location',
      'session.title',
      'session.startsAt',
      'session.endsAt',
      'session.zone',
      'subject.name as subjectName',
      'tutor.id as tutorId',
      'tutor.firstName',
      'tutor.lastName',
      'tutor.email as tutorEmail',
      'tutor.personalRoomUrl',
    ])
    .select((eb) =>
      eb
        .selectFrom('attendance')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('attendance.sessionId', '=', 'session.id')
        .where('attendance.outcome', 'not in', ['cancelled', 'late_cancel'])
        .as('students'),
    )
    .where('meeting.sessionId', '=', sessionId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { data, tutorId, firstName, lastName, tutorEmail, personalRoomUrl, subjectName, title, state, students, ...rest } = row;
  return {
    ...rest,
    state: state as MeetingState,
    title: title || subjectName,
    former: ((data as { former?: FormerRoom[] }).former ?? []).map((room) => ({
      ...room,
      connectionId: room.connectionId ?? null,
    })),
    tutor: { id: tutorId, name: `${firstName} ${lastName}`.trim(), email: tutorEmail, personalRoomUrl },
    students: students ?? 0,
  };
}

export const haveOf = (meeting: MeetingHave): MeetingHave => ({ ref: meeting.ref, joinUrl: meeting.joinUrl });

export function wantOf(meeting: MeetingSession, code: string): MeetingWant {
  return {
    sessionId: meeting.sessionId,
    code,
    title: meeting.title,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timezone: meeting.zone,
    tutor: meeting.tutor,
    students: meeting.students,
    place: meeting.mode === 'in_person' && meeting.location ? meeting.location : null,
  };
}

/** Statuses in which a session has no use for a room. */
export const over: readonly string[] = ['cancelled', 'late_cancelled', 'declined', 'rescheduled', 'tutor_no_show'];

export const needsRoom = (meeting: Pick<MeetingSession, 'status'>) => !over.includes(meeting.status);

/** Somebody or something has still to make its room: it was planned, or a failure is tried again by itself. */
export const isOpen = (meeting: Pick<MeetingSession, 'state' | 'nextAttemptAt'>) =>
  meeting.state === 'pending' || (meeting.state === 'failed' && meeting.nextAttemptAt !== null);
