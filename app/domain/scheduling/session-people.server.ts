import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface SessionPeople {
  tutorId: string;
  clientIds: string[];
  studentIds: string[];
}

/** Whose session it is, for a permission and no more. */
export async function findSessionPeople(db: Kysely<DB>, sessionId: string): Promise<SessionPeople | undefined> {
  const { rows } = await sql<SessionPeople>`
    SELECT s.tutor_id, coalesce(array_agg(a.client_id) FILTER (WHERE a.id IS NOT NULL), '{}') AS client_ids,
      coalesce(array_agg(a.student_id) FILTER (WHERE a.id IS NOT NULL), '{}') AS student_ids
    FROM session s LEFT JOIN attendance a ON a.session_id = s.id
    WHERE s.id = ${sessionId} GROUP BY s.id`.execute(db);
  return rows[0];
}
