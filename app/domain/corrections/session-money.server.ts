import { type Kysely, sql } from 'kysely';
import { listCreditsOfSession } from '#app/domain/billing/session-credits.server.ts';
import type { DB } from '#db/types.ts';
import type { PayMoney, PlaceMoney, SessionMoney } from './correction.ts';

/** What a session costs its families and pays its tutor as things stand, read from what is posted. */
export async function readSessionMoney(db: Kysely<DB>, sessionId: string): Promise<SessionMoney> {
  const { rows: places } = await sql<Omit<PlaceMoney, 'creditsUsed' | 'creditsBooked'>>`
    SELECT a.id AS attendance_id, a.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name,
      a.client_id, cl.name AS client_name, a.outcome, a.minutes, coalesce(c.net + (SELECT coalesce(sum(net), 0) FROM credit_note_line WHERE invoice_line_id = l.id), 0)::bigint AS net,
      i.number_text AS invoice_number, a.left_out
    FROM attendance a
    JOIN student st ON st.id = a.student_id
    JOIN client cl ON cl.id = a.client_id
    LEFT JOIN charge c ON c.attendance_id = a.id AND c.reversed_at IS NULL
    LEFT JOIN invoice_line l ON l.charge_id = c.id
    LEFT JOIN invoice i ON i.id = l.invoice_id
    WHERE a.session_id = ${sessionId}
    ORDER BY st.ref COLLATE "C"`.execute(db);
  const credits = await listCreditsOfSession(db, sessionId);
  const { rows: pay } = await sql<PayMoney>`
    SELECT coalesce(sum(p.amount) FILTER (WHERE of.kind = 'session'), 0)::bigint AS wages,
      coalesce(sum(p.amount) FILTER (WHERE of.kind = 'mileage'), 0)::bigint AS mileage,
      coalesce(sum(p.amount) FILTER (WHERE p.run_id IS NOT NULL), 0)::bigint AS paid
    FROM pay_item p JOIN pay_item of ON of.id = coalesce(p.corrects_id, p.id)
    WHERE p.session_id = ${sessionId} AND of.kind IN ('session', 'mileage')`.execute(db);
  return {
    places: places.map((place) => ({
      ...place,
      creditsUsed: credits.get(place.attendanceId)?.used ?? 0n,
      creditsBooked: credits.get(place.attendanceId)?.booked ?? 0n,
    })),
    pay: pay[0] ?? { wages: 0n, mileage: 0n, paid: 0n },
  };
}
