import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { CorrectionResult } from './correction.ts';

interface IssuedLine {
  invoiceId: string | null;
  invoiceNumber: string;
  clientName: string;
  lineId: string;
}

/**
 * Takes the invoiced lines of these places back, with what was given up of them, by a credit note for each invoice, so
 * that each place can be charged again as its next revision.
 * @throws DomainError locked while the run that has one of them is still being issued
 */
export async function takeBackPlaces(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { attendanceIds, reason }: { attendanceIds: readonly string[]; reason: string },
): Promise<CorrectionResult['creditNotes']> {
  if (attendanceIds.length === 0) return [];
  const { rows } = await sql<IssuedLine>`
    SELECT l.invoice_id, i.number_text AS invoice_number, i.client_name, l.id AS line_id
    FROM charge c
    LEFT JOIN invoice_line l ON l.charge_id = c.id
    LEFT JOIN invoice i ON i.id = l.invoice_id
    WHERE c.run_id IS NOT NULL AND c.reversed_at IS NULL
      AND (c.attendance_id = ANY(${[...attendanceIds]}::uuid[]) OR c.about_charge_id IN (
        SELECT id FROM charge WHERE attendance_id = ANY(${[...attendanceIds]}::uuid[]) AND reversed_at IS NULL))
    ORDER BY l.invoice_id, l.position`.execute(trx);
  if (rows.some((row) => row.invoiceId === null))
    throw new DomainError('locked', 'It is in an invoice run that is still being issued. Try again when the run is done.');
  const notes: CorrectionResult['creditNotes'] = [];
  for (const [invoiceId, lines] of Map.groupBy(rows, (row) => row.invoiceId)) {
    const [first] = lines;
    if (!first || invoiceId === null) continue;
    const { total } = await issueCreditNote(trx, ctx, actor, { invoiceId, lineIds: lines.map((line) => line.lineId), reason });
    notes.push({ invoiceNumber: first.invoiceNumber, clientName: first.clientName, total });
  }
  await trx
    .updateTable('attendance')
    .set((eb) => ({ revision: eb('revision', '+', 1), settledAt: null }))
    .where('id', '=', sql<string>`ANY(${[...attendanceIds]}::uuid[])`)
    .where('leftOut', '=', 'credited')
    .execute();
  return notes;
}
