import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface StillPlanned {
  sessions: number;
  /** Series of theirs that nobody has ended. */
  series: number;
  /** Local days of the first and the last of them. */
  firstDay: string;
  lastDay: string;
}

/** What is still to come with a tutor; undefined: nothing. */
export async function findStillPlanned(db: Kysely<DB>, tutorId: string, now: Date): Promise<StillPlanned | undefined> {
  const { rows } = await sql<StillPlanned>`
    SELECT count(*)::int AS sessions, (SELECT count(*)::int FROM series WHERE tutor_id = ${tutorId} AND ended_at IS NULL
      AND (until_on IS NULL OR until_on >= ${now}::timestamptz::date)) AS series, min(local_date) AS "firstDay", max(local_date) AS "lastDay" FROM session
    WHERE tutor_id = ${tutorId} AND status IN ('requested', 'scheduled') AND ends_at > ${now} HAVING count(*) > 0`.execute(db);
  return rows[0];
}
