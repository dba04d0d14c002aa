import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { DB } from '#db/types.ts';

/** A note or a file that the office shares with whom it is about. */
export interface SharedItem {
  kind: 'note' | 'file';
  id: string;
  /** What the note says, or what the file is called. */
  text: string;
  bytes: number | null;
  pinned: boolean;
  at: Date;
  /** The student it is about; null: the reader themselves. */
  about: string | null;
}

/** About the tutor, and about the students they teach: engaged, or with a session ahead or in the last week. */
export async function listSharedWithTutor(db: Kysely<DB>, tutorId: string, now: Date): Promise<SharedItem[]> {
  const taught = sql`(
    SELECT e.student_id FROM engagement e CROSS JOIN organisation o
    WHERE e.tutor_id = ${tutorId}
      AND (e.ends_on IS NULL OR e.ends_on >= (${now}::timestamptz AT TIME ZONE o.timezone)::date)
    UNION
    SELECT a.student_id FROM session s JOIN attendance a ON a.session_id = s.id
    WHERE s.tutor_id = ${tutorId} AND a.outcome <> 'cancelled'
      AND s.status IN ('scheduled', 'closed_out', 'approved', 'no_show')
      AND s.ends_at > ${now}::timestamptz - interval '7 days')`;
  return shared(db, 'tutor', sql`(item.tutor_id = ${tutorId} OR item.student_id IN ${taught})`);
}

/** About the family, their children, and whom they care for; what is about who pays is theirs alone. */
export async function listSharedWithFamily(
  db: Kysely<DB>,
  { clientIds, studentIds, guardedIds }: Pick<SignedInUser, 'clientIds' | 'studentIds' | 'guardedIds'>,
): Promise<SharedItem[]> {
  const students = [...studentIds, ...guardedIds];
  return shared(db, 'family', sql`(item.client_id = ANY(${clientIds}::uuid[]) OR item.student_id = ANY(${students}::uuid[]))`);
}

async function shared(db: Kysely<DB>, visibility: 'tutor' | 'family', whose: RawBuilder<unknown>): Promise<SharedItem[]> {
  const about = sql`(SELECT concat_ws(' ', st.first_name, nullif(st.last_name, '')) FROM student st WHERE st.id = item.student_id)`;
  const { rows } = await sql<SharedItem>`
    SELECT 'note' AS kind, item.id, item.body AS text, NULL::int AS bytes, item.pinned, item.created_at AS at, ${about} AS about
    FROM note item WHERE item.visibility = ${visibility} AND ${whose}
    UNION ALL
    SELECT 'file', item.id, item.name, item.bytes, false, item.created_at, ${about}
    FROM file item WHERE item.visibility = ${visibility} AND ${whose}
    ORDER BY pinned DESC, at DESC LIMIT 50`.execute(db);
  return rows;
}
