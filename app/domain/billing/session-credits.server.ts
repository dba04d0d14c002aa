import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** What the books hold of a place's credits, in hundredths. */
export interface PlaceCredits {
  booked: bigint;
  used: bigint;
}

/** The credits of a session's places, by the attendance's id; places without any are left out. */
export async function listCreditsOfSession(db: Kysely<DB>, sessionId: string): Promise<Map<string, PlaceCredits>> {
  const { rows } = await sql<PlaceCredits & { attendanceId: string }>`
    SELECT t.attendance_id,
      coalesce(sum(e.amount) FILTER (WHERE a.code LIKE '%:booked'), 0)::bigint AS booked,
      coalesce(sum(e.amount) FILTER (WHERE a.code LIKE '%:used'), 0)::bigint AS used
    FROM attendance p
    JOIN ledger_transaction t ON t.attendance_id = p.id
    JOIN ledger_entry e ON e.transaction_id = t.id
    JOIN account a ON a.id = e.account_id AND a.commodity = 'CREDIT'
    WHERE p.session_id = ${sessionId} GROUP BY 1`.execute(db);
  return new Map(rows.map(({ attendanceId, booked, used }) => [attendanceId, { booked, used }]));
}
