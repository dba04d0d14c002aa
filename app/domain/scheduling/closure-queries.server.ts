import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface ClosureRow {
  id: string;
  name: string;
  startsOn: string;
  /** The last day. */
  endsOn: string;
  programId: string | null;
  programName: string | null;
  /** Planned sessions on these days, of the program or of all. */
  sessionCount: number;
}

/** Closures with a day in [from, to), by their first day; with how many sessions are still planned on them. */
export async function listClosures(db: Kysely<DB>, { from, to }: { from: string; to: string }): Promise<ClosureRow[]> {
  const { rows } = await sql<ClosureRow>`
    SELECT c.id, c.name, c.starts_on, c.ends_on, c.program_id, p.name AS program_name,
           (SELECT count(*)::int FROM session s WHERE s.local_date BETWEEN c.starts_on AND c.ends_on
              AND s.status IN ('requested', 'scheduled') AND (c.program_id IS NULL OR s.program_id = c.program_id)) AS session_count
    FROM closure c LEFT JOIN program p ON p.id = c.program_id
    WHERE c.ends_on >= ${from}::date AND c.starts_on < ${to}::date
    ORDER BY c.starts_on, c.name, c.id
    LIMIT 500
  `.execute(db);
  return rows;
}

/** Which entries of a calendar file are closures already. */
export async function listKnownEntries(db: Kysely<DB>, uids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('closure')
    .select('uid')
    .where('uid', '=', sql<string>`ANY(${[...uids]}::text[])`)
    .execute();
  return rows.flatMap(({ uid }) => (uid === null ? [] : [uid]));
}

/** The years that have closures. */
export async function listClosureYears(db: Kysely<DB>): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    SELECT DISTINCT extract(year FROM day)::int AS year
    FROM closure, LATERAL (VALUES (starts_on), (ends_on)) AS days(day) ORDER BY 1`.execute(db);
  return rows.map(({ year }) => year);
}
