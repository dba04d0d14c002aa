import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Reads around one session: what its page shows beside the session itself. */

export interface EarlierSession {
  id: string;
  startsAt: Date;
  endsAt: Date;
  tutorId: string;
  tutorName: string;
  subjectName: string;
  studentNames: string[];
  notes: string;
  homework: string;
  nextTopics: string;
}

/**
 * The closed-out sessions of these students before an instant, the latest first: where they left off.
 * With `tutorId`, those with that tutor alone.
 */
export async function listEarlierSessions(
  db: Kysely<DB>,
  { studentIds, before, tutorId, limit = 5 }: { studentIds: readonly string[]; before: Date; tutorId?: string; limit?: number },
): Promise<EarlierSession[]> {
  if (studentIds.length === 0) return [];
  const ofTutor = tutorId === undefined ? sql`` : sql`and s.tutor_id = ${tutorId}`;
  const { rows } = await sql<EarlierSession>`
    select s.id, s.starts_at, s.ends_at, s.tutor_id, trim(t.first_name || ' ' || t.last_name) as tutor_name, su.name as subject_name,
      array(select trim(st.first_name || ' ' || st.last_name) from attendance a join student st on st.id = a.student_id
        where a.session_id = s.id and a.student_id = any(${[...studentIds]}::uuid[]) order by 1) as student_names,
      c.notes, c.homework, c.next_topics
    from session s join close_out c on c.session_id = s.id join tutor t on t.id = s.tutor_id join subject su on su.id = s.subject_id
    where s.status in ('closed_out', 'approved', 'no_show') and s.starts_at < ${before} ${ofTutor}
      and exists (select 1 from attendance a where a.session_id = s.id and a.student_id = any(${[...studentIds]}::uuid[]))
    order by s.starts_at desc, s.id limit ${limit}`.execute(db);
  return rows;
}

export interface SessionMail {
  id: string;
  template: string;
  toName: string;
  toAddress: string;
  status: string;
  error: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

export function listSessionMails(db: Kysely<DB>, sessionId: string): Promise<SessionMail[]> {
  return db
    .selectFrom('mailMessage')
    .select(['id', 'template', 'toName', 'toAddress', 'status', 'error', 'createdAt', 'sentAt'])
    .where('sessionId', '=', sessionId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

export interface SessionJoin {
  name: string;
  role: string;
  joinedAt: Date;
}

/** Who opened the room, and when first. */
export async function listSessionJoins(db: Kysely<DB>, sessionId: string): Promise<SessionJoin[]> {
  const { rows } = await sql<SessionJoin>`
    select coalesce(nullif(u.name, ''), u.email::text, 'Somebody') as name, j.role, min(j.joined_at) as joined_at
    from meeting_join j left join users u on u.id = j.user_id
    where j.session_id = ${sessionId} group by u.id, u.name, u.email, j.role order by 3`.execute(db);
  return rows;
}

/** Names of users by id, for a history that keeps ids alone. */
export async function namesOfUsers(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(['id', 'name', 'email']).where('id', 'in', [...ids]).execute();
  return new Map(rows.map((row) => [row.id, row.name || row.email]));
}
