import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface RequestHead {
  id: string;
  ref: string;
  /** Null: nobody has said yet, so there is nobody to look for. */
  studentName: string | null;
  subjectName: string | null;
  closedAt: Date | null;
}

/** @throws DomainError not_found */
export async function getRequestHead(db: Kysely<DB>, id: string): Promise<RequestHead> {
  const { rows } = await sql<RequestHead>`
    SELECT r.id, r.ref, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, s.name AS subject_name, r.closed_at
    FROM request r LEFT JOIN student st ON st.id = r.student_id LEFT JOIN subject s ON s.id = r.subject_id WHERE r.id = ${id}`.execute(
    db,
  );
  const [head] = rows;
  if (!head) throw new DomainError('not_found', 'This request is not there.');
  return { ...head, studentName: head.studentName || null };
}
