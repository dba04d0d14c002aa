import { type Kysely, sql } from 'kysely';
import { LATE_AFTER_MINUTES } from '#app/domain/meetings/join-window.ts';
import type { DB } from '#db/types.ts';

export interface TodayCounts {
  /** Settled places that are on no invoice yet. */
  unbilled: number;
  /** Clients whose credits are below zero. */
  negativeCredits: number;
  /** Time off that tutors ask for. */
  timeOff: number;
}

/** What waits for the office, in one query. */
export async function countToday(db: Kysely<DB>, now: Date): Promise<TodayCounts> {
  const { rows } = await sql<TodayCounts>`select
    (select count(*)::int from charge where run_id is null and kind = 'session') as unbilled,
    (select count(distinct client_id)::int from account
      where code like 'credits:%:overdraft' and balance < 0) as negative_credits,
    (select count(*)::int from time_off where status = 'requested' and ends_at > ${now}) as time_off`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('a select without a table gave no row');
  return counts;
}

export interface LateSession {
  id: string;
  ref: string;
  startsAt: Date;
  tutorName: string;
  tutorPhone: string | null;
  studentNames: string[];
}

/** Online sessions under way whose tutor hasn't opened the room. */
export async function listLateSessions(db: Kysely<DB>, now: Date): Promise<LateSession[]> {
  const { rows } = await sql<LateSession>`
    select s.id, s.ref, s.starts_at, trim(t.first_name || ' ' || t.last_name) as tutor_name, t.phone as tutor_phone,
      array(select trim(st.first_name || ' ' || st.last_name) from attendance a join student st on st.id = a.student_id
        where a.session_id = s.id and a.outcome = 'planned' order by 1) as student_names
    from session s join tutor t on t.id = s.tutor_id
    where s.status = 'scheduled' and s.mode = 'online' and s.ends_at > ${now}
      and s.starts_at <= ${now}::timestamptz - make_interval(mins => ${LATE_AFTER_MINUTES})
      and not exists (select 1 from meeting_join j where j.session_id = s.id and j.role = 'tutor')
      and not exists (select 1 from meeting_presence p where p.session_id = s.id and p.user_id = t.user_id)
    order by s.starts_at, s.id`.execute(db);
  return rows;
}

export interface UnwellMeeting {
  sessionId: string;
  title: string;
  startsAt: Date;
  tutorName: string;
  state: string;
  error: string | null;
  errorCode: string | null;
  /** It is tried again without anybody's doing. */
  byItself: boolean;
}

/** A room that isn't there so long before the start is one to look at; earlier, it is only being made. */
const ROOM_DUE_MINUTES = 60;

/** Sessions to come whose room failed, or is still not there shortly before the start; the soonest first. */
export async function listUnwellMeetings(db: Kysely<DB>, now: Date): Promise<UnwellMeeting[]> {
  const { rows } = await sql<UnwellMeeting>`
    select s.id as session_id, coalesce(nullif(s.title, ''), sub.name) as title, s.starts_at,
      trim(t.first_name || ' ' || t.last_name) as tutor_name, m.state, m.error, m.error_code,
      m.next_attempt_at is not null as by_itself
    from meeting m join session s on s.id = m.session_id join tutor t on t.id = s.tutor_id join subject sub on sub.id = s.subject_id
    where s.status = 'scheduled' and s.ends_at > ${now}
      and (m.state = 'failed' or (m.state = 'pending' and s.starts_at < ${now}::timestamptz + make_interval(mins => ${ROOM_DUE_MINUTES})))
    order by s.starts_at, s.id`.execute(db);
  return rows;
}
