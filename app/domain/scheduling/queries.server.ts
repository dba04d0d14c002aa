import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface SessionRow {
  id: string;
  ref: string;
  status: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  localDate: string;
  mode: string;
  location: string;
  billable: boolean;
  tutorId: string;
  tutorName: string;
  programId: string;
  programName: string;
  subjectName: string;
  /** The meeting's; `ended` where the tutor ended a room of our own for all. */
  meetingState: string | null;
  closeOutStatus: string | null;
  questions: number;
  places: { studentId: string; clientId: string; name: string; outcome: string; flag: string | null }[];
}

export interface SessionFilter {
  ids?: readonly string[] | undefined;
  /** Starting at or after. */
  from?: Date | undefined;
  /** Starting before. */
  to?: Date | undefined;
  /** Ending after: what is going on or still to come. */
  endsAfter?: Date | undefined;
  endsBefore?: Date | undefined;
  tutorId?: string | undefined;
  /** With a place of any of these clients or students. */
  clientIds?: readonly string[] | undefined;
  studentIds?: readonly string[] | undefined;
  programId?: string | undefined;
  seriesId?: string | undefined;
  roomId?: string | undefined;
  /** Without what was cancelled, moved or declined; of a family's, without the places that were. */
  taking?: boolean | undefined;
  statuses?: readonly string[] | undefined;
  /** In a reference, title, subject, program, or a name. */
  text?: string | undefined;
  order?: 'asc' | 'desc' | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

/** The condition for `sessionTables` that a filter means. */
export function sessionConditions(filter: SessionFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.ids) all.push(sql`s.id = ANY(${[...filter.ids]}::uuid[])`);
  if (filter.from) all.push(sql`s.starts_at >= ${filter.from}`);
  if (filter.to) all.push(sql`s.starts_at < ${filter.to}`);
  if (filter.endsAfter) all.push(sql`s.ends_at > ${filter.endsAfter}`);
  if (filter.endsBefore) all.push(sql`s.ends_at <= ${filter.endsBefore}`);
  if (filter.tutorId) all.push(sql`s.tutor_id = ${filter.tutorId}`);
  if (filter.programId) all.push(sql`s.program_id = ${filter.programId}`);
  if (filter.roomId) all.push(sql`s.room_id = ${filter.roomId}`);
  if (filter.taking) all.push(sql`s.status NOT IN ('cancelled', 'late_cancelled', 'declined', 'rescheduled')`);
  if (filter.seriesId) all.push(sql`s.series_id = ${filter.seriesId}`);
  if (filter.statuses) all.push(sql`s.status = ANY(${[...filter.statuses]}::text[])`);
  if (filter.clientIds || filter.studentIds) {
    all.push(sql`EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id
      ${filter.taking ? sql`AND a.outcome NOT IN ('cancelled', 'late_cancel')` : sql``}
      AND (a.client_id = ANY(${[...(filter.clientIds ?? [])]}::uuid[]) OR a.student_id = ANY(${[...(filter.studentIds ?? [])]}::uuid[])))`);
  }
  const text = filter.text?.trim();
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    all.push(sql`(s.ref ILIKE ${pattern} OR unaccent(concat_ws(' ', s.title, sub.name, p.name, t.first_name, t.last_name)) ILIKE unaccent(${pattern})
      OR EXISTS (SELECT 1 FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id
                 AND unaccent(concat_ws(' ', st.first_name, st.last_name)) ILIKE unaccent(${pattern})))`);
  }
  return sql.join(all, sql` AND `);
}

export const sessionTables = sql`FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN program p ON p.id = s.program_id JOIN subject sub ON sub.id = s.subject_id`;

/** Sessions by their start, with their places: one statement whatever their number. */
export async function listSessions(db: Kysely<DB>, filter: SessionFilter): Promise<SessionRow[]> {
  const order = filter.order === 'desc' ? sql`DESC` : sql`ASC`;
  const { rows } = await sql<SessionRow>`
    SELECT s.id, s.ref, s.status, s.title, s.starts_at, s.ends_at, s.duration_minutes, s.local_date, s.mode, s.location, s.billable,
           s.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, s.program_id, p.name AS program_name, sub.name AS subject_name,
           CASE WHEN c.ended_at IS NULL THEN m.state ELSE 'ended' END AS meeting_state, co.status AS close_out_status,
           (SELECT count(*)::int FROM session_question q WHERE q.session_id = s.id) AS questions,
           (SELECT coalesce(json_agg(json_build_object('studentId', a.student_id, 'clientId', a.client_id,
                     'name', concat_ws(' ', st.first_name, st.last_name), 'outcome', a.outcome, 'flag', a.flag) ORDER BY st.ref COLLATE "C"), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS places
    ${sessionTables}
    LEFT JOIN meeting m ON m.session_id = s.id LEFT JOIN close_out co ON co.session_id = s.id
    LEFT JOIN classroom c ON c.session_id = s.id
    WHERE ${sessionConditions(filter)}
    ORDER BY s.starts_at ${order}, s.id ${order}
    LIMIT ${filter.limit ?? 200} OFFSET ${filter.offset ?? 0}
  `.execute(db);
  return rows;
}

export async function countSessions(db: Kysely<DB>, filter: SessionFilter): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count ${sessionTables} WHERE ${sessionConditions(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}
