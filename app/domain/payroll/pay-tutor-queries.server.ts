import { type Kysely, sql } from 'kysely';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';

export interface PayTutor {
  id: string;
  ref: string;
  name: string;
  email: string | null;
}

/** Tutors who can be paid: those who are not archived, and whoever still has something coming. By name. */
export async function listPayTutors(db: Kysely<DB>): Promise<PayTutor[]> {
  const { rows } = await sql<{ id: string; ref: string; firstName: string; lastName: string; email: string | null }>`
    SELECT t.id, t.ref, t.first_name, t.last_name, coalesce(t.email, u.email) AS email
    FROM tutor t LEFT JOIN users u ON u.id = t.user_id
    WHERE t.archived_at IS NULL OR EXISTS (SELECT 1 FROM pay_item i WHERE i.tutor_id = t.id AND i.run_id IS NULL)
    ORDER BY t.first_name COLLATE "und-x-icu", t.last_name COLLATE "und-x-icu", t.id`.execute(db);
  return rows.map(({ firstName, lastName, ...row }) => ({ ...row, name: fullName({ firstName, lastName }) }));
}
