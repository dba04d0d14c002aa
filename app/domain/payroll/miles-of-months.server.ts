import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface MilesOfMonth {
  /** YYYY-MM, by the session's local date. */
  month: string;
  /** As said at the close-outs. */
  miles: string;
  journeys: number;
  /** Of what is reckoned for them so far, in minor units: a session that waits for its approval has none yet. */
  amount: bigint;
}

/** The miles a tutor said they drove, of the latest months with any, the newest first. */
export async function listMilesOfMonths(db: Kysely<DB>, tutorId: string, months = 6): Promise<MilesOfMonth[]> {
  const { rows } = await sql<MilesOfMonth>`
    SELECT to_char(s.local_date, 'YYYY-MM') AS month, trim_scale(sum(c.miles))::text AS miles, count(*)::int AS journeys,
      coalesce(sum((SELECT sum(p.amount) FROM pay_item p WHERE p.session_id = s.id AND p.kind = 'mileage')), 0)::bigint AS amount
    FROM session s JOIN close_out c ON c.session_id = s.id
    WHERE s.tutor_id = ${tutorId} AND c.status <> 'sent_back' AND c.miles > 0
    GROUP BY 1 ORDER BY 1 DESC LIMIT ${months}`.execute(db);
  return rows;
}
