import { type Kysely, sql } from 'kysely';
import type { Subject } from '#app/auth/can.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MeetingState } from './meeting-session.server.ts';
import { wayOut } from './provider-failure.ts';

export interface MeetingView {
  sessionId: string;
  installId: string;
  installName: string;
  state: MeetingState;
  /** Why there is no room, for a person, while pending or failed. */
  error: string | null;
  /** What to do about it. */
  wayOut: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  updatedAt: Date;
}

const meetings = (db: Kysely<DB>) =>
  db
    .selectFrom('meeting')
    .innerJoin('pluginInstall', 'pluginInstall.id', 'meeting.installId')
    .select([
      'meeting.sessionId',
      'meeting.installId',
      'pluginInstall.name as installName',
      sql<MeetingState>`meeting.state`.as('state'),
      'meeting.error',
      'meeting.errorCode',
      'meeting.attempts',
      'meeting.nextAttemptAt',
      'meeting.updatedAt',
    ]);

function viewOf<Row extends { errorCode: string | null; state: MeetingState; nextAttemptAt: Date | null }>({
  errorCode,
  ...row
}: Row) {
  return { ...row, wayOut: row.state === 'failed' ? wayOut(errorCode, row.nextAttemptAt !== null) : null };
}

/** The online room of a session, as the office sees it. */
export async function findMeeting(db: Kysely<DB>, sessionId: string): Promise<MeetingView | undefined> {
  const row = await meetings(db).where('meeting.sessionId', '=', sessionId).executeTakeFirst();
  return row && viewOf(row);
}

export interface JoinSession {
  id: string;
  title: string;
  status: string;
  mode: string;
  location: string;
  startsAt: Date;
  endsAt: Date;
  tutorId: string;
  tutorName: string;
  joinWindowMinutes: number;
  timezone: string;
  locale: string;
  supportContact: string | null;
  places: { attendanceId: string; studentId: string; clientId: string; outcome: string }[];
  /** The tutor went in, by our link or as the provider tells. */
  hostCame: boolean;
}

/** Whom a session concerns, for can(). */
export function subjectOf({ tutorId, places }: Pick<JoinSession, 'tutorId' | 'places'>): Subject & { type: 'session' } {
  return {
    type: 'session',
    tutorId,
    clientIds: places.map((place) => place.clientId),
    studentIds: places.map((place) => place.studentId),
  };
}

/** Where Join's own log and the provider's word come together: a host may have come by the provider's own app. */
const hostCame = sql<boolean>`(exists (select 1 from meeting_join j where j.session_id = session.id and j.role = 'tutor')
  or exists (select 1 from meeting_presence p where p.session_id = session.id and p.user_id = tutor.user_id))`;

/** What Join needs to know of a session and of who belongs to it. Throws DomainError not_found. */
export async function getJoinSession(db: Kysely<DB>, sessionId: string): Promise<JoinSession> {
  const row = await db
    .selectFrom('session')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .innerJoin('organisation', (join) => join.onTrue())
    .select([
      'session.id',
      'session.status',
      'session.mode',
      'session.location',
      'session.startsAt',
      'session.endsAt',
      'session.tutorId',
      'organisation.joinWindowMinutes',
      'organisation.timezone',
      'organisation.locale',
      'organisation.supportContact',
    ])
    .select([
      sql<string>`coalesce(nullif(session.title, ''), subject.name)`.as('title'),
      sql<string>`trim(tutor.first_name || ' ' || tutor.last_name)`.as('tutorName'),
      hostCame.as('hostCame'),
    ])
    .where('session.id', '=', sessionId)
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This session is not there.');
  const places = await db
    .selectFrom('attendance')
    .select(['id as attendanceId', 'studentId', 'clientId', 'outcome'])
    .where('sessionId', '=', sessionId)
    .execute();
  return { ...row, places };
}
