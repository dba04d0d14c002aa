import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface CreditLotDetail {
  id: string;
  ref: string;
  kind: 'sold' | 'gift' | 'correction' | 'transfer';
  clientId: string;
  clientName: string;
  packageId: string | null;
  packageName: string | null;
  studentName: string | null;
  programName: string | null;
  /** Hundredths of a credit. */
  credits: bigint;
  left: bigint;
  /** Net, minor units. */
  price: bigint;
  purchasedOn: string;
  expiresOn: string | null;
  note: string;
  soldBy: string | null;
  createdAt: Date;
  /** Where its price stands; null where nothing was charged. */
  charge: { invoiceId: string | null; invoiceNumber: string | null; takenBack: boolean } | null;
  /** Why it was given or moved here; null for what was sold. */
  move: { reason: string; otherId: string | null; otherName: string | null } | null;
}

/** @throws DomainError not_found */
export async function getCreditLot(db: Kysely<DB>, id: string): Promise<CreditLotDetail> {
  const { rows } = await sql<CreditLotDetail>`
    SELECT l.id, l.ref, l.kind, l.client_id, c.name AS client_name, l.package_id, k.name AS package_name, g.name AS program_name,
      trim(st.first_name || ' ' || st.last_name) AS student_name, l.credits, a.balance AS "left", l.price, l.purchased_on,
      l.expires_on, l.note, u.name AS sold_by, l.created_at,
      (SELECT jsonb_build_object('invoiceId', v.id, 'invoiceNumber', v.number_text, 'takenBack', ch.reversed_at IS NOT NULL)
        FROM charge ch LEFT JOIN invoice_line i ON i.charge_id = ch.id LEFT JOIN invoice v ON v.id = i.invoice_id
        WHERE ch.credit_lot_id = l.id ORDER BY ch.revision DESC LIMIT 1) AS charge,
      (SELECT jsonb_build_object('reason', m.reason, 'otherId', o.id, 'otherName', o.name)
        FROM credit_move m LEFT JOIN client o ON m.kind = 'transfer' AND o.id = m.client_id WHERE m.lot_id = l.id LIMIT 1) AS move
    FROM credit_lot l
    JOIN client c ON c.id = l.client_id
    JOIN account a ON a.id = l.account_id
    LEFT JOIN package k ON k.id = l.package_id
    LEFT JOIN program g ON g.id = l.program_id
    LEFT JOIN student st ON st.id = l.student_id
    LEFT JOIN users u ON u.id = l.created_by
    WHERE l.id = ${id}::uuid`.execute(db);
  const lot = rows[0];
  if (!lot) throw new DomainError('not_found', 'This package is not there.');
  return lot;
}

export interface LotLine {
  id: string;
  effectiveOn: string;
  description: string;
  sessionId: string | null;
  sessionStartsAt: Date | null;
  studentName: string | null;
  reason: string | null;
  otherId: string | null;
  otherName: string | null;
  /** Hundredths of a credit, and what was left after it. */
  amount: bigint;
  left: bigint;
}

/** Where the credits of one package went, newest first. */
export async function listLotLines(db: Kysely<DB>, lotId: string, limit = 200): Promise<LotLine[]> {
  const { rows } = await sql<LotLine>`
    SELECT t.id, t.effective_on, t.description, s.id AS session_id, s.starts_at AS session_starts_at,
      trim(st.first_name || ' ' || st.last_name) AS student_name, m.reason, o.id AS other_id, o.name AS other_name,
      e.amount, e.balance_after AS "left"
    FROM credit_lot l
    JOIN ledger_entry e ON e.account_id = l.account_id
    JOIN ledger_transaction t ON t.id = e.transaction_id
    LEFT JOIN attendance p ON p.id = t.attendance_id
    LEFT JOIN session s ON s.id = coalesce(t.session_id, p.session_id)
    LEFT JOIN student st ON st.id = p.student_id
    LEFT JOIN credit_move m ON m.client_id = l.client_id AND e.amount < 0
      AND (t.idempotency_key = 'move:' || m.id OR t.idempotency_key = 'lot:' || m.lot_id || ':grant')
    LEFT JOIN client o ON o.id = m.to_client_id
    WHERE l.id = ${lotId}::uuid ORDER BY e.seq DESC LIMIT ${limit}`.execute(db);
  return rows;
}
