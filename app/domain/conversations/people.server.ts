import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Who is in a conversation: the tutor, and of the family the client, other guardians and the student. */
export interface ConversationPerson {
  kind: 'tutor' | 'client' | 'student';
  id: string;
  userId: string | null;
  name: string;
  /** Where mails go; null: nowhere. */
  address: string | null;
  /** From which they may answer, in lower case. */
  addresses: string[];
  zone: string | null;
  locale: string | null;
  /** A guardian may be on record without being told. */
  getsMails: boolean;
}

export async function listConversationPeople(
  db: Kysely<DB>,
  of: { tutorId: string; studentId: string },
): Promise<ConversationPerson[]> {
  const { rows } = await sql<ConversationPerson>`
    SELECT p.kind, p.id, p.user_id, p.name, coalesce(p.email, u.email::text) AS address,
           array_remove(ARRAY[lower(p.email), lower(u.email::text)], NULL) AS addresses,
           coalesce(u.timezone, p.timezone) AS zone, coalesce(u.locale, p.locale) AS locale, p.gets_mails
    FROM (
      SELECT 1 AS rank, 'tutor' AS kind, t.id, t.user_id, concat_ws(' ', t.first_name, t.last_name) AS name, t.email::text AS email,
             t.timezone, t.locale, true AS gets_mails
      FROM tutor t WHERE t.id = ${of.tutorId}
      UNION ALL
      SELECT 2, 'client', c.id, c.user_id, c.name, c.email::text, c.timezone, c.locale, true
      FROM student st JOIN client c ON c.id = st.client_id WHERE st.id = ${of.studentId}
      UNION ALL
      SELECT 3, 'client', c.id, c.user_id, c.name, c.email::text, c.timezone, c.locale, g.gets_mails
      FROM student st JOIN student_guardian g ON g.student_id = st.id JOIN client c ON c.id = g.client_id
      WHERE st.id = ${of.studentId} AND c.id <> st.client_id AND c.archived_at IS NULL
      UNION ALL
      SELECT 4, 'student', st.id, st.user_id, concat_ws(' ', st.first_name, st.last_name), st.email::text, st.timezone, st.locale, true
      FROM student st WHERE st.id = ${of.studentId}
    ) p LEFT JOIN users u ON u.id = p.user_id
    ORDER BY p.rank, p.name, p.id`.execute(db);
  return rows;
}
