import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { ReaderRole } from './preferences.ts';

/** Where somebody's mails go, and as whom they read them. */
export interface MailReader {
  addresses: string[];
  roles: ReaderRole[];
}

const EVERYBODY = sql`
  SELECT 'tutor' AS role, t.id, t.user_id, coalesce(t.email, u.email) AS address FROM tutor t LEFT JOIN users u ON u.id = t.user_id
  UNION ALL
  SELECT 'client', c.id, c.user_id, coalesce(c.email, u.email) FROM client c LEFT JOIN users u ON u.id = c.user_id
  UNION ALL
  SELECT 'student', s.id, s.user_id, coalesce(s.email, u.email) FROM student s LEFT JOIN users u ON u.id = s.user_id`;

/** Of somebody who signs in: the addresses of the people they are, which may differ from the one they sign in with. */
export const findReaderOfUser = (db: Kysely<DB>, userId: string): Promise<MailReader> =>
  readerWhere(db, sql`user_id = ${userId}`);

export const findReaderOfPerson = (db: Kysely<DB>, of: { type: ReaderRole; id: string }): Promise<MailReader> =>
  readerWhere(db, sql`role = ${of.type} AND id = ${of.id}`);

/** Who reads mails at this address; no roles where nobody on record has it. */
export async function findReaderAt(db: Kysely<DB>, address: string): Promise<MailReader> {
  const { roles } = await readerWhere(db, sql`address::citext = ${address}::citext`);
  return { addresses: [address], roles };
}

async function readerWhere(db: Kysely<DB>, condition: ReturnType<typeof sql>): Promise<MailReader> {
  const { rows } = await sql<{ role: ReaderRole; address: string }>`
    SELECT DISTINCT role, address FROM (${EVERYBODY}) person
    WHERE address IS NOT NULL AND ${condition} ORDER BY role, address`.execute(db);
  return { addresses: [...new Set(rows.map((row) => row.address))], roles: [...new Set(rows.map((row) => row.role))] };
}
