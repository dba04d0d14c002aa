import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { reasonText } from './cancellation-reason.schema.ts';

export interface LinkedSession {
  id: string;
  ref: string;
  startsAt: Date;
  endsAt: Date;
  tutorId: string;
  tutorName: string;
  /** Whose place it is about: each link is of these students alone. */
  studentIds: string[];
}

export interface SessionLinks {
  /** What took the place of it, or of some students' places in it. */
  replacedBy: LinkedSession[];
  /** What it took the place of. */
  replaces: LinkedSession[];
}

/** The sessions that one leads to and came from, with the students each link is about. */
export async function findSessionLinks(db: Kysely<DB>, sessionId: string): Promise<SessionLinks> {
  const { rows } = await sql<LinkedSession & { after: boolean }>`
    SELECT s.id, s.ref, s.starts_at, s.ends_at, s.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, l.after, l.student_ids
    FROM (
      SELECT replaced_by_id AS id, true AS after, array_agg(student_id::text) AS student_ids
      FROM attendance WHERE session_id = ${sessionId} AND replaced_by_id IS NOT NULL GROUP BY 1
      UNION ALL
      SELECT session_id, false, array_agg(student_id::text) FROM attendance WHERE replaced_by_id = ${sessionId} GROUP BY 1
    ) l JOIN session s ON s.id = l.id JOIN tutor t ON t.id = s.tutor_id
    ORDER BY s.starts_at, s.id`.execute(db);
  const links = (after: boolean) => rows.filter((row) => row.after === after).map(({ after: _, ...link }) => link);
  return { replacedBy: links(true), replaces: links(false) };
}

export interface SaidCancellation {
  /** Null: of the whole session. */
  studentId: string | null;
  at: Date;
  by: 'client' | 'tutor' | 'office';
  reason: string;
}

/** What was said when places of a session were cancelled, the first first. */
export async function listCancellations(db: Kysely<DB>, sessionId: string): Promise<SaidCancellation[]> {
  const rows = await db
    .selectFrom('cancellation as c')
    .leftJoin('cancellationReason as r', 'r.id', 'c.reasonId')
    .select(['c.studentId', 'c.cancelledAt as at', 'c.cancelledBy', 'c.reason', 'r.label'])
    .where('c.sessionId', '=', sessionId)
    .orderBy('c.cancelledAt')
    .execute();
  return rows.map(({ cancelledBy, label, reason, ...row }) => ({
    ...row,
    by: cancelledBy as SaidCancellation['by'],
    reason: reasonText(label, reason),
  }));
}
