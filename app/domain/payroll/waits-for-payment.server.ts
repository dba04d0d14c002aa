import { type RawBuilder, sql } from 'kysely';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';

/**
 * SQL: what a family owes for this session is not paid: a place of it has a charge that is not invoiced yet, or is on an
 * invoice of which something is open. Places that are paid ahead, or by nobody, keep no tutor waiting.
 */
export const waitsForPayment = (sessionId: RawBuilder<unknown>) => sql`EXISTS (
  SELECT 1 FROM attendance a
  JOIN charge c ON c.attendance_id = a.id AND c.reversed_at IS NULL AND c.net > 0
  LEFT JOIN invoice_line l ON l.charge_id = c.id
  LEFT JOIN invoice v ON v.id = l.invoice_id
  WHERE a.session_id = ${sessionId}
    AND NOT EXISTS (SELECT 1 FROM charge w WHERE w.about_charge_id = c.id AND w.kind = 'write_off' AND w.reversed_at IS NULL)
    AND (v.id IS NULL OR ${openOf('v')} > 0))`;
