import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Family } from '#app/auth/signed-in-user.ts';
import type { DB } from '#db/types.ts';

/** What stands for the home of a family that is not the reader's. */
export const SOMEBODYS_HOME = 'At the family’s home';

/**
 * True of a session `s` at the home of somebody but `clientIds` (an array): a place that is theirs, or their address
 * typed where it takes place.
 */
export const atHomeOfOthers = (clientIds: RawBuilder<unknown>) => sql`(s.mode = 'in_person' AND (
  EXISTS (SELECT 1 FROM place home WHERE home.id = s.place_id AND home.client_id <> ALL(${clientIds}))
  OR EXISTS (SELECT 1 FROM attendance a JOIN client payer ON payer.id = a.client_id
             WHERE a.session_id = s.id AND payer.id <> ALL(${clientIds})
               AND trim(split_part(payer.address, E'\n', 1)) <> ''
               AND position(lower(trim(split_part(payer.address, E'\n', 1))) IN lower(s.location)) > 0)))`;

/**
 * The same sessions, without the address of a payer for whom the reader only cares for the child. Asks the database for
 * such a reader alone; who pays for a place in it, or learns in it, knows where it is.
 */
export async function withoutHomes<Session extends { id: string; location: string }>(
  db: Kysely<DB>,
  family: Family,
  sessions: readonly Session[],
): Promise<Session[]> {
  if (family.guardedIds.length === 0 || sessions.length === 0) return [...sessions];
  const own = family.studentIds.filter((id) => !family.guardedIds.includes(id));
  const { rows } = await sql<{ id: string }>`
    SELECT s.id FROM session s
    WHERE s.id = ANY(${sessions.map((session) => session.id)}::uuid[]) AND ${atHomeOfOthers(sql`${[...family.clientIds]}::uuid[]`)}
      AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id
        AND (a.client_id = ANY(${[...family.clientIds]}::uuid[]) OR a.student_id = ANY(${own}::uuid[])))`.execute(db);
  const hidden = new Set(rows.map((row) => row.id));
  return sessions.map((session) => (hidden.has(session.id) ? { ...session, location: SOMEBODYS_HOME } : session));
}
