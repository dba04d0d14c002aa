import { type Kysely, sql } from 'kysely';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';
import { bookingIdOf } from './hold-token.server.ts';

export interface Booked {
  kind: 'session' | 'request';
  id: string;
  tutorName: string;
  subjectName: string;
  programName: string;
  mode: 'online' | 'in_person';
  startsAt: Date;
  endsAt: Date;
  /** Of a course: how many sessions; the times are those of the first. */
  sessions: number | null;
}

/** What a guest's token has become: for the page of thanks, and for whoever sends the same form again. Nobody's name but the tutor's. */
export async function findBooked(db: Kysely<DB>, token: string): Promise<Booked | undefined> {
  const id = bookingIdOf(token);
  return (await findBookedSession(db, id)) ?? (await findRequest(db, id)) ?? (await findPlace(db, id));
}

export async function findBookedSession(db: Kysely<DB>, id: string): Promise<Booked | undefined> {
  const session = await db
    .selectFrom('session')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .innerJoin('program', 'program.id', 'session.programId')
    .select(['session.startsAt', 'session.endsAt', 'session.mode', 'tutor.firstName', 'tutor.lastName'])
    .select(['subject.name as subjectName', 'program.name as programName'])
    .where('session.id', '=', id)
    .executeTakeFirst();
  return session && view('session', id, session);
}

async function findRequest(db: Kysely<DB>, id: string): Promise<Booked | undefined> {
  const request = await db
    .selectFrom('bookingRequest')
    .innerJoin('tutor', 'tutor.id', 'bookingRequest.tutorId')
    .innerJoin('subject', 'subject.id', 'bookingRequest.subjectId')
    .innerJoin('program', 'program.id', 'bookingRequest.programId')
    .select([
      'bookingRequest.startsAt',
      'bookingRequest.durationMinutes',
      'bookingRequest.mode',
      'tutor.firstName',
      'tutor.lastName',
    ])
    .select(['subject.name as subjectName', 'program.name as programName'])
    .where('bookingRequest.id', '=', id)
    .executeTakeFirst();
  if (!request?.startsAt || !request.durationMinutes) return undefined;
  const endsAt = new Date(request.startsAt.getTime() + request.durationMinutes * 60_000);
  return view('request', id, { ...request, startsAt: request.startsAt, endsAt });
}

/** A place in a course, or on its waiting list until the office takes them in. */
async function findPlace(db: Kysely<DB>, id: string): Promise<Booked | undefined> {
  const { rows } = await sql<Omit<Booked, 'id' | 'mode'> & { mode: string }>`
    SELECT place.kind, c.name AS subject_name, p.name AS program_name, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name,
      first.starts_at, first.ends_at, first.mode, first.sessions
    FROM (SELECT 'session' AS kind, course_id, enrolled_at AS since, NULL::uuid AS series_id FROM course_enrolment WHERE id = ${id}
      UNION ALL SELECT 'request', NULL, joined_at, series_id FROM waiting_list WHERE id = ${id}) place
    JOIN course c ON c.id = place.course_id OR c.series_id = place.series_id
    JOIN series s ON s.id = c.series_id JOIN program p ON p.id = s.program_id JOIN tutor t ON t.id = s.tutor_id
    CROSS JOIN LATERAL (SELECT x.starts_at, x.ends_at, x.mode, count(*) OVER ()::int AS sessions FROM session x
      WHERE x.series_id = s.id AND x.starts_at > place.since AND x.status = 'scheduled' ORDER BY x.starts_at LIMIT 1) first`.execute(
    db,
  );
  const [row] = rows;
  return row && { ...row, id, mode: row.mode === 'in_person' ? 'in_person' : 'online' };
}

function view(
  kind: Booked['kind'],
  id: string,
  row: Pick<Booked, 'subjectName' | 'programName' | 'startsAt' | 'endsAt'> & {
    firstName: string;
    lastName: string;
    mode: string | null;
  },
): Booked {
  const { subjectName, programName, startsAt, endsAt } = row;
  const mode = row.mode === 'in_person' ? 'in_person' : 'online';
  return { kind, id, subjectName, programName, startsAt, endsAt, mode, tutorName: fullName(row), sessions: null };
}
