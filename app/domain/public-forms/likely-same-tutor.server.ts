import { type Kysely, sql } from 'kysely';
import type { LikelySame } from '#app/domain/storefront/likely-same.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Other tutors who are reached at the same address, or sign in with it: somebody who applied may be one of them. For the
 * office alone.
 */
export async function listLikelySameTutors(db: Kysely<DB>, tutorId: string): Promise<LikelySame[]> {
  const { rows } = await sql<LikelySame>`
    SELECT other.id, concat_ws(' ', other.first_name, nullif(other.last_name, '')) AS name, other.ref
    FROM tutor one
    LEFT JOIN users login ON login.id = one.user_id
    JOIN tutor other ON other.id <> one.id AND other.erased_at IS NULL
    LEFT JOIN users its_login ON its_login.id = other.user_id
    WHERE one.id = ${tutorId}
      AND (one.email IN (other.email, its_login.email) OR login.email IN (other.email, its_login.email))
    ORDER BY other.archived_at IS NOT NULL, name, other.id LIMIT 10`.execute(db);
  return rows;
}
