import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { accounts } from './accounts.ts';
import { companySnapshot } from './documents/company.server.ts';
import { post } from './ledger.server.ts';
import { takeNumbers } from './number-series.server.ts';
import { allocatePayments } from './payment-allocation.server.ts';
import { postMany } from './post-many.server.ts';
import { recogniseCredits } from './recognise-credits.server.ts';
import { creditTotals } from './tax.ts';

export interface IssueCreditNote {
  invoiceId: string;
  /** Lines of the invoice, each taken back whole. */
  lineIds: string[];
  reason: string;
}

interface CreditedLine {
  id: string;
  chargeId: string;
  kind: string;
  attendanceId: string | null;
  sessionId: string | null;
  net: bigint;
  taxPercent: string;
  credited: boolean;
}

/**
 * Takes whole lines of an issued invoice back, as their exact negatives: number, lines, tax (tax of what remained before
 * less tax of what remains after) and postings in one transaction. The places are unbilled then, left out as `credited`,
 * until somebody bills them again; payments go to what is still open.
 * @throws DomainError not_found, invalid_value (no line, no reason), already_done when a line is credited already
 */
export async function issueCreditNote(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: IssueCreditNote,
): Promise<{ creditNoteId: string; numberText: string; total: bigint }> {
  const reason = input.reason.trim();
  const wanted = new Set(input.lineIds);
  if (wanted.size === 0) throw new DomainError('invalid_value', 'Choose the lines to take back.', { field: 'lineIds' });
  if (reason === '') throw new DomainError('invalid_value', 'Say why; it stands on the credit note.', { field: 'reason' });
  return inTransaction(db, async (trx) => {
    const invoice = await trx.selectFrom('invoice').selectAll().where('id', '=', input.invoiceId).forUpdate().executeTakeFirst();
    if (!invoice) throw new DomainError('not_found', 'There is no such invoice.');
    const lines = await linesOf(trx, invoice.id);
    const chosen = lines.filter((line) => wanted.has(line.id));
    if (chosen.length !== wanted.size)
      throw new DomainError('invalid_value', 'A line is not of this invoice.', { field: 'lineIds' });
    if (chosen.some((line) => line.credited)) {
      throw new DomainError('already_done', 'A line you chose was credited already. Look at the invoice again.', {
        field: 'lineIds',
      });
    }
    const totals = creditTotals(
      lines.filter((line) => !line.credited),
      chosen,
    );
    const organisation = await getOrganisation(trx);
    const now = ctx.clock();
    const issuedOn = localDateOf(now, organisation.timezone);
    const [taken] = await takeNumbers(trx, 'credit_note', 1, issuedOn);
    if (!taken) throw new Error('no number was given');
    const { series, number, numberText } = taken;
    const note = await trx
      .insertInto('creditNote')
      .values({
        invoiceId: invoice.id,
        series,
        number,
        numberText,
        reason,
        company: JSON.stringify(await companySnapshot(trx, ctx, organisation)),
        net: totals.net,
        tax: totals.tax,
        total: totals.total,
        issuedOn,
        createdBy: actor.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('creditNoteLine')
      .values(
        chosen.map((line) => ({ creditNoteId: note.id, invoiceLineId: line.id, net: -line.net, taxPercent: line.taxPercent })),
      )
      .execute();
    await free(trx, chosen, now);
    const client = { id: invoice.clientId, ref: invoice.clientRef };
    await post(trx, {
      key: `credit-note:${note.id}`,
      effectiveOn: issuedOn,
      description: `Credit note ${numberText} for ${invoice.numberText}`,
      entries: [
        { account: accounts.receivable(client, invoice.currency), amount: totals.total },
        { account: accounts.unbilled(client, invoice.currency), amount: -totals.net },
        { account: accounts.tax(invoice.currency), amount: -totals.tax },
      ],
    });
    await reverseIncome(trx, chosen, client, { effectiveOn: issuedOn, numberText, currency: invoice.currency });
    if (chosen.some((line) => line.kind === 'package')) await recogniseCredits(trx, client, issuedOn);
    await allocatePayments(trx, invoice.clientId);
    await audit(trx, actor, {
      action: 'credit_note.issue',
      subjectType: 'invoice',
      subjectId: invoice.id,
      after: { creditNoteId: note.id, number: numberText, lines: chosen.map((line) => line.id), total: totals.total },
      reason,
    });
    for (const sessionId of new Set(chosen.flatMap((line) => line.sessionId ?? []))) {
      await audit(trx, actor, {
        action: 'session.credit',
        subjectType: 'session',
        subjectId: sessionId,
        sessionId,
        after: { number: numberText },
        reason,
      });
    }
    return { creditNoteId: note.id, numberText, total: totals.total };
  });
}

async function linesOf(trx: Transaction<DB>, invoiceId: string): Promise<CreditedLine[]> {
  const { rows } = await sql<CreditedLine>`
    SELECT l.id, l.charge_id, l.kind, c.attendance_id, a.session_id, l.net, l.tax_percent,
      EXISTS (SELECT 1 FROM credit_note_line n WHERE n.invoice_line_id = l.id) AS credited
    FROM invoice_line l JOIN charge c ON c.id = l.charge_id LEFT JOIN attendance a ON a.id = c.attendance_id
    WHERE l.invoice_id = ${invoiceId}::uuid ORDER BY l.position`.execute(trx);
  return rows;
}

/** The charges are reversed, and their places unbilled again. The sessions are locked first, as everywhere. */
async function free(trx: Transaction<DB>, lines: readonly CreditedLine[], now: Date): Promise<void> {
  const sessions = lines.flatMap((line) => line.sessionId ?? []);
  if (sessions.length > 0) {
    await sql`SELECT 1 FROM session WHERE id = ANY(${sessions}::uuid[]) ORDER BY id FOR NO KEY UPDATE`.execute(trx);
    const places = lines.flatMap((line) => line.attendanceId ?? []);
    await sql`UPDATE attendance SET left_out = 'credited' WHERE id = ANY(${places}::uuid[])`.execute(trx);
  }
  await sql`UPDATE charge SET reversed_at = ${now} WHERE id = ANY(${lines.map((line) => line.chargeId)}::uuid[])`.execute(trx);
}

/** What settlement posted for these lines, taken back: nothing is owed for them until they are billed again. */
async function reverseIncome(
  trx: Transaction<DB>,
  lines: readonly CreditedLine[],
  client: { id: string; ref: string },
  { effectiveOn, numberText, currency }: { effectiveOn: string; numberText: string; currency: string },
): Promise<void> {
  await postMany(
    trx,
    lines.map((line) => ({
      key: `credited:${line.chargeId}`,
      effectiveOn,
      description: `Taken back by ${numberText}`,
      sessionId: line.sessionId,
      attendanceId: line.attendanceId,
      entries: [
        { account: accounts.unbilled(client, currency), amount: -line.net },
        { account: line.kind === 'package' ? accounts.deferred(client, currency) : accounts.tuition(currency), amount: line.net },
      ],
    })),
  );
}
