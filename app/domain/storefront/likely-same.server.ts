import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface LikelySame {
  id: string;
  name: string;
  ref: string;
}

/**
 * Other clients who are reached at the same address, or sign in with it: somebody who booked on the public page without
 * signing in may be one of them. For the office alone.
 */
export async function listLikelySame(db: Kysely<DB>, clientId: string): Promise<LikelySame[]> {
  const { rows } = await sql<LikelySame>`
    SELECT other.id, other.name, other.ref
    FROM client one
    LEFT JOIN users login ON login.id = one.user_id
    JOIN client other ON other.id <> one.id AND other.archived_at IS NULL
    LEFT JOIN users its_login ON its_login.id = other.user_id
    WHERE one.id = ${clientId}
      AND (one.email IN (other.email, its_login.email) OR login.email IN (other.email, its_login.email))
    ORDER BY other.name, other.id LIMIT 10`.execute(db);
  return rows;
}
