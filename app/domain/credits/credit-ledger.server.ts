import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** One line of a family's credits. Amounts are hundredths of a credit. */
export interface CreditLine {
  id: string;
  /** The day it belongs to. */
  effectiveOn: string;
  postedAt: Date;
  description: string;
  sessionId: string | null;
  sessionStartsAt: Date | null;
  studentName: string | null;
  /** The family's own package that it is about; none for a session. */
  lotId: string | null;
  lotKind: 'sold' | 'gift' | 'correction' | 'transfer' | null;
  packageName: string | null;
  moveKind: 'gift' | 'correction' | 'transfer' | null;
  /** As the office wrote it. */
  reason: string | null;
  /** The other family of a transfer. */
  otherId: string | null;
  otherName: string | null;
  /** What it did to available, booked, used and expired. */
  available: bigint;
  booked: bigint;
  used: bigint;
  expired: bigint;
  /** What was available after it. */
  balance: bigint;
}

/** So many lines a page shows at first, and at most. */
export const LINES = { first: 30, most: 2000 };

/** Every movement of a client's credits, newest first, with what it comes from and what was left after it. */
export async function listCreditLines(db: Kysely<DB>, clientId: string, limit = LINES.most): Promise<CreditLine[]> {
  const { rows } = await sql<CreditLine>`
    WITH moved AS (
      SELECT e.transaction_id AS id, max(e.seq) AS seq,
        coalesce(sum(e.amount) FILTER (WHERE a.code ~ ':lot:|:overdraft$'), 0)::bigint AS available,
        coalesce(sum(e.amount) FILTER (WHERE a.code LIKE '%:booked'), 0)::bigint AS booked,
        coalesce(sum(e.amount) FILTER (WHERE a.code LIKE '%:used'), 0)::bigint AS used,
        coalesce(sum(e.amount) FILTER (WHERE a.code LIKE '%:expired'), 0)::bigint AS expired
      FROM account a JOIN ledger_entry e ON e.account_id = a.id
      WHERE a.client_id = ${clientId}::uuid AND a.commodity = 'CREDIT'
      GROUP BY e.transaction_id
    ), running AS (
      SELECT *, sum(available) OVER (ORDER BY seq)::bigint AS balance FROM moved ORDER BY seq DESC LIMIT ${limit}
    )
    SELECT r.id, t.effective_on, t.posted_at, t.description, s.id AS session_id, s.starts_at AS session_starts_at,
      trim(st.first_name || ' ' || st.last_name) AS student_name,
      l.id AS lot_id, l.kind AS lot_kind, k.name AS package_name, m.kind AS move_kind, m.reason, o.id AS other_id, o.name AS other_name,
      r.available, r.booked, r.used, r.expired, r.balance
    FROM running r
    JOIN ledger_transaction t ON t.id = r.id
    LEFT JOIN attendance p ON p.id = t.attendance_id
    LEFT JOIN session s ON s.id = coalesce(t.session_id, p.session_id)
    LEFT JOIN student st ON st.id = p.student_id
    LEFT JOIN LATERAL (
      SELECT CASE WHEN t.idempotency_key LIKE 'lot:%' THEN split_part(t.idempotency_key, ':', 2)::uuid END AS lot,
        CASE WHEN t.idempotency_key LIKE 'move:%' THEN split_part(t.idempotency_key, ':', 2)::uuid END AS move
    ) key ON true
    LEFT JOIN credit_lot l ON l.id = key.lot AND l.client_id = ${clientId}::uuid
    LEFT JOIN package k ON k.id = l.package_id
    LEFT JOIN credit_move m ON (m.client_id = ${clientId}::uuid OR m.to_client_id = ${clientId}::uuid)
      AND (m.id = key.move OR m.lot_id = key.lot)
    LEFT JOIN client o ON m.kind = 'transfer' AND o.id = CASE WHEN m.client_id = ${clientId}::uuid THEN m.to_client_id ELSE m.client_id END
    ORDER BY r.seq DESC`.execute(db);
  return rows;
}

export interface ComingCredits {
  sessionId: string;
  startsAt: Date;
  title: string;
  studentName: string;
  /** Hundredths of a credit that the place holds. */
  booked: bigint;
}

/** The places that hold a client's credits: booked, and not closed out yet. The next one first. */
export async function listComingCredits(db: Kysely<DB>, clientId: string, limit = 100): Promise<ComingCredits[]> {
  const { rows } = await sql<ComingCredits>`
    SELECT s.id AS session_id, s.starts_at, coalesce(nullif(s.title, ''), b.name) AS title,
      trim(st.first_name || ' ' || st.last_name) AS student_name, h.booked
    FROM (
      SELECT t.attendance_id, sum(e.amount)::bigint AS booked
      FROM account a JOIN ledger_entry e ON e.account_id = a.id JOIN ledger_transaction t ON t.id = e.transaction_id
      WHERE a.client_id = ${clientId}::uuid AND a.commodity = 'CREDIT' AND a.code LIKE '%:booked'
      GROUP BY t.attendance_id HAVING sum(e.amount) > 0
    ) h
    JOIN attendance p ON p.id = h.attendance_id
    JOIN session s ON s.id = p.session_id
    JOIN subject b ON b.id = s.subject_id
    JOIN student st ON st.id = p.student_id
    ORDER BY s.starts_at LIMIT ${limit}`.execute(db);
  return rows;
}
