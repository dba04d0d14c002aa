import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Which sessions. Dates are days of the organisation's zone, both ends included; instants compare with the start and the end. */
export interface SessionSearch {
  fromDate?: string | undefined;
  toDate?: string | undefined;
  /** Sessions that end after this instant. */
  endsAfter?: Date | undefined;
  /** Sessions that have ended by this instant. */
  endedBy?: Date | undefined;
  startsBefore?: Date | undefined;
  startsFrom?: Date | undefined;
  tutorId?: string | undefined;
  studentId?: string | undefined;
  /** One's own: sessions in which one of these clients pays or one of these students learns. */
  family?: { clientIds: readonly string[]; studentIds: readonly string[] } | undefined;
  statuses?: readonly string[] | undefined;
  text?: string | undefined;
  order?: 'soonest' | 'latest' | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

export interface SessionListPlace {
  attendanceId: string;
  studentId: string;
  clientId: string;
  name: string;
  outcome: string;
  flag: string | null;
}

export interface SessionListRow {
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
  tutorId: string;
  tutorName: string;
  programName: string;
  subjectName: string;
  meetingState: string | null;
  meetingError: string | null;
  closeOutStatus: string | null;
  sentBackReason: string | null;
  notes: string | null;
  homework: string | null;
  nextTopics: string | null;
  questions: number;
  places: SessionListPlace[];
}

const places = sql<SessionListPlace[]>`coalesce((
  select json_agg(json_build_object('attendanceId', a.id, 'studentId', a.student_id, 'clientId', a.client_id,
    'name', trim(st.first_name || ' ' || st.last_name), 'outcome', a.outcome, 'flag', a.flag)
    order by st.first_name, st.last_name, a.id)
  from attendance a join student st on st.id = a.student_id where a.session_id = session.id), '[]')`;

type Tables = 'session' | 'tutor' | 'program' | 'subject';

function conditions(eb: ExpressionBuilder<DB, Tables>, search: SessionSearch): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (search.fromDate) all.push(eb('session.localDate', '>=', search.fromDate));
  if (search.toDate) all.push(eb('session.localDate', '<=', search.toDate));
  if (search.endsAfter) all.push(eb('session.endsAt', '>', search.endsAfter));
  if (search.endedBy) all.push(eb('session.endsAt', '<=', search.endedBy));
  if (search.startsBefore) all.push(eb('session.startsAt', '<', search.startsBefore));
  if (search.startsFrom) all.push(eb('session.startsAt', '>=', search.startsFrom));
  if (search.tutorId) all.push(eb('session.tutorId', '=', search.tutorId));
  if (search.statuses) all.push(eb('session.status', 'in', search.statuses.length > 0 ? [...search.statuses] : ['']));
  if (search.studentId) {
    all.push(sql<SqlBool>`exists (select 1 from attendance a where a.session_id = session.id and a.student_id = ${search.studentId})`);
  }
  if (search.family) {
    const { clientIds, studentIds } = search.family;
    all.push(sql<SqlBool>`exists (select 1 from attendance a where a.session_id = session.id
      and (a.client_id = any(${[...clientIds]}::uuid[]) or a.student_id = any(${[...studentIds]}::uuid[])))`);
  }
  for (const word of (search.text ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    all.push(sql<SqlBool>`(unaccent(session.ref || ' ' || session.title || ' ' || tutor.first_name || ' ' || tutor.last_name || ' ' || subject.name || ' ' || program.name) ilike unaccent(${like})
      or exists (select 1 from attendance a join student st on st.id = a.student_id join client c on c.id = a.client_id
        where a.session_id = session.id and unaccent(st.first_name || ' ' || st.last_name || ' ' || c.name) ilike unaccent(${like})))`);
  }
  return all;
}

/** Sessions as every list shows them, with how many there are in all. At most 500 at a time. */
export async function searchSessions(db: Kysely<DB>, search: SessionSearch): Promise<{ rows: SessionListRow[]; total: number }> {
  const matching = db
    .selectFrom('session')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('program', 'program.id', 'session.programId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .where((eb) => eb.and(conditions(eb, search)));
  const direction = search.order === 'latest' ? 'desc' : 'asc';
  const rows = await matching
    .leftJoin('meeting', 'meeting.sessionId', 'session.id')
    .leftJoin('closeOut', 'closeOut.sessionId', 'session.id')
    .select([
      'session.id',
      'session.ref',
      'session.status',
      'session.title',
      'session.startsAt',
      'session.endsAt',
      'session.durationMinutes',
      'session.mode',
      'session.location',
      'session.billable',
      'session.tutorId',
      'program.name as programName',
      'subject.name as subjectName',
      'meeting.state as meetingState',
      'meeting.error as meetingError',
      'closeOut.status as closeOutStatus',
      'closeOut.sentBackReason',
      'closeOut.notes',
      'closeOut.homework',
      'closeOut.nextTopics',
      sql<string>`trim(tutor.first_name || ' ' || tutor.last_name)`.as('tutorName'),
      sql<number>`(select count(*)::int from session_question q where q.session_id = session.id)`.as('questions'),
      places.as('places'),
    ])
    .orderBy('session.startsAt', direction)
    .orderBy('session.id', direction)
    .limit(Math.min(search.limit ?? 50, 500))
    .offset(search.offset ?? 0)
    .execute();
  // A list that isn't full says its own length: no second query.
  if (!search.offset && rows.length < (search.limit ?? 50)) return { rows, total: rows.length };
  const { total } = await matching.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow();
  return { rows, total };
}
