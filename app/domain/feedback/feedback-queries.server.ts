import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type FeedbackSide, GIVE_DAYS, LOW_RATING } from './feedback.ts';

export interface GivenFeedback {
  id: string;
  studentId: string;
  side: FeedbackSide;
  rating: number;
  body: string;
  createdAt: Date;
}

/** What this person has said of a session, of each student; of what others said there is nothing here. */
export async function listOwnFeedback(db: Kysely<DB>, sessionId: string, userId: string): Promise<GivenFeedback[]> {
  const rows = await db
    .selectFrom('feedback')
    .select(['id', 'studentId', 'side', 'rating', 'body', 'createdAt'])
    .where('sessionId', '=', sessionId)
    .where('userId', '=', userId)
    .execute();
  return rows.map((row) => ({ ...row, side: row.side as FeedbackSide }));
}

export interface FeedbackRow extends GivenFeedback {
  /** What marking it as seen says it has read. */
  version: string;
  sessionId: string;
  lesson: string;
  startsAt: Date;
  studentName: string;
  tutorId: string;
  tutorName: string;
  /** Who said it. */
  by: string;
  seenAt: Date | null;
  seenBy: string | null;
}

export interface FeedbackFilter {
  tutorId?: string | undefined;
  sessionId?: string | undefined;
  /** What families say of tutors, or what tutors say of a student's lesson. */
  side?: 'family' | 'tutor' | undefined;
  unseen?: boolean | undefined;
  /** Low ratings alone. */
  low?: boolean | undefined;
  limit?: number;
  offset?: number;
}

const where = ({ tutorId, sessionId, side, unseen, low }: FeedbackFilter) => {
  const all = [
    tutorId === undefined ? undefined : sql`f.tutor_id = ${tutorId}`,
    sessionId === undefined ? undefined : sql`f.session_id = ${sessionId}`,
    side === undefined ? undefined : side === 'tutor' ? sql`f.side = 'tutor'` : sql`f.side <> 'tutor'`,
    unseen ? sql`f.seen_at IS NULL` : undefined,
    low ? sql`f.rating <= ${LOW_RATING}` : undefined,
  ].filter((one) => one !== undefined);
  return all.length === 0 ? sql`true` : sql.join(all, sql` AND `);
};

/** For the office: what nobody has seen to and is low first, and then the latest. */
export async function listFeedback(db: Kysely<DB>, filter: FeedbackFilter): Promise<FeedbackRow[]> {
  const { rows } = await sql<FeedbackRow>`
    SELECT f.id, extract(epoch FROM f.updated_at)::text AS version, f.session_id, f.student_id, f.side, f.rating, f.body, f.created_at,
           f.seen_at, seer.name AS seen_by, coalesce(nullif(s.title, ''), sub.name) AS lesson, s.starts_at, f.tutor_id,
           concat_ws(' ', st.first_name, st.last_name) AS student_name, concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
           u.name AS "by"
    FROM feedback f JOIN session s ON s.id = f.session_id JOIN subject sub ON sub.id = s.subject_id
         JOIN student st ON st.id = f.student_id JOIN tutor t ON t.id = f.tutor_id JOIN users u ON u.id = f.user_id
         LEFT JOIN users seer ON seer.id = f.seen_by
    WHERE ${where(filter)}
    ORDER BY (f.seen_at IS NULL AND f.rating <= ${LOW_RATING}) DESC, f.created_at DESC, f.id
    LIMIT ${filter.limit ?? 50} OFFSET ${filter.offset ?? 0}`.execute(db);
  return rows;
}

export async function countFeedback(db: Kysely<DB>, filter: FeedbackFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM feedback f WHERE ${where(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

export interface TutorRatings {
  tutorId: string;
  tutorName: string;
  ratings: number;
  /** Means of what families said: over all of the months, and of each month from the first to the last. */
  mean: number;
  low: number;
  unseen: number;
  /** Null: nobody said anything in that month. */
  byMonth: (number | null)[];
}

/**
 * What families say of each tutor since the first of these months, the worst mean first. `months`: first days ('YYYY-MM-01'),
 * oldest first; a month is one in the given zone.
 */
export async function rateTutors(
  db: Kysely<DB>,
  { months, zone, tutorId }: { months: readonly string[]; zone: string; tutorId?: string | undefined },
): Promise<TutorRatings[]> {
  const [first] = months;
  if (first === undefined) return [];
  const { rows } = await sql<TutorRatings>`
    WITH said AS (
      SELECT f.tutor_id, f.rating, f.seen_at, to_char(s.starts_at AT TIME ZONE ${zone}, 'YYYY-MM-01') AS month
      FROM feedback f JOIN session s ON s.id = f.session_id
      WHERE f.side <> 'tutor' AND s.starts_at >= (${first}::date::timestamp AT TIME ZONE ${zone})
            AND ${tutorId === undefined ? sql`true` : sql`f.tutor_id = ${tutorId}`}
    )
    SELECT t.id AS tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, count(*)::int AS ratings,
           avg(said.rating)::float8 AS mean, (count(*) FILTER (WHERE said.rating <= ${LOW_RATING}))::int AS low,
           (count(*) FILTER (WHERE said.seen_at IS NULL))::int AS unseen,
           ARRAY(SELECT (SELECT avg(one.rating)::float8 FROM said one WHERE one.tutor_id = t.id AND one.month = m.month)
                 FROM unnest(${[...months]}::text[]) WITH ORDINALITY AS m(month, n) ORDER BY m.n) AS by_month
    FROM said JOIN tutor t ON t.id = said.tutor_id GROUP BY t.id ORDER BY mean, ratings DESC, tutor_name, t.id`.execute(db);
  return rows;
}

export interface ToRate {
  sessionId: string;
  studentId: string;
  studentName: string;
  lesson: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
}

/** A family's latest lessons of which this person has said nothing yet: one for each student and tutor, of the last two weeks. */
export async function listToRate(
  db: Kysely<DB>,
  { studentIds, userId, now, limit = 3 }: { studentIds: readonly string[]; userId: string; now: Date; limit?: number },
): Promise<ToRate[]> {
  if (studentIds.length === 0) return [];
  const days = Math.min(14, GIVE_DAYS);
  const { rows } = await sql<ToRate>`
    SELECT * FROM (
      SELECT DISTINCT ON (a.student_id, s.tutor_id) s.id AS session_id, a.student_id, s.starts_at, s.ends_at,
             concat_ws(' ', st.first_name, st.last_name) AS student_name, coalesce(nullif(s.title, ''), sub.name) AS lesson,
             concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
             EXISTS (SELECT 1 FROM feedback f WHERE f.session_id = s.id AND f.student_id = a.student_id AND f.user_id = ${userId}) AS said
      FROM attendance a JOIN session s ON s.id = a.session_id JOIN student st ON st.id = a.student_id
           JOIN subject sub ON sub.id = s.subject_id JOIN tutor t ON t.id = s.tutor_id
      WHERE a.student_id = ANY(${[...studentIds]}::uuid[]) AND a.outcome = 'attended' AND s.ends_at <= ${now}
            AND s.ends_at > ${new Date(now.getTime() - days * 86_400_000)}
      ORDER BY a.student_id, s.tutor_id, s.starts_at DESC
    ) latest WHERE NOT said ORDER BY starts_at DESC, session_id LIMIT ${limit}`.execute(db);
  return rows;
}
