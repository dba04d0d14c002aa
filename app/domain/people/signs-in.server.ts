import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Whether a person of the business signs in: `invited` until they have accepted and chosen a password. */
export type SignsIn = 'yes' | 'invited' | 'no';

/** Of users, those who have accepted their invitation. */
export async function whoAccepted(db: Kysely<DB>, userIds: readonly (string | null)[]): Promise<Set<string>> {
  const ids = userIds.filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('userPassword').select('userId').where('userId', 'in', ids).execute();
  return new Set(rows.map((row) => row.userId));
}

export function signsInOf(userId: string | null, accepted: ReadonlySet<string>): SignsIn {
  if (userId === null) return 'no';
  return accepted.has(userId) ? 'yes' : 'invited';
}

/** The same of one user, as an expression. */
export const acceptedOf = (userId: Expression<string | null>): RawBuilder<boolean> =>
  sql<boolean>`EXISTS (SELECT 1 FROM user_password WHERE user_id = ${userId})`;
