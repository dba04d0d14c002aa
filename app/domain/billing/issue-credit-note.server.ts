import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import { companySnapshot } from './documents/company.server.ts';
import { post } from './ledger.server.ts';
import { takeNumbers } from './number-series.server.ts';
import { allocatePayments } from './payment-allocation.server.ts';
import { postMany } from './post-many.server.ts';
import { recogniseCredits } from './recognise-credits.server.ts';
import { creditTotals } from './tax.ts';

export interface IssueCreditNote {
  /** Of the form: the same note sent twice is issued once. */
  id?: string;
  invoiceId: string;
  /** Lines of the invoice of which all that remains is taken back. */
  lineIds: readonly string[];
  /** Lines of which a part is taken back: its size in minor units, above 0, net. */
  parts?: readonly { lineId: string; amount: bigint }[];
  reason: string;
}

interface CreditedLine {
  id: string;
  chargeId: string;
  kind: string;
  attendanceId: string | null;
  sessionId: string | null;
  /** Of the invoice's net, what no credit note has taken back yet. */
  net: bigint;
  taxPercent: string;
}

/** A line with what is taken of it now, by the line's own sign. */
interface Taken extends CreditedLine {
  taken: bigint;
}

/**
 * Takes lines of an issued invoice back, whole or in part, as their exact negatives: number, lines, tax (tax of what
 * remained before less tax of what remains after) and postings in one transaction. A place whose line is taken back
 * wholly is unbilled then, left out as `credited`, until somebody bills it again; payments go to what is still open.
 * @throws DomainError not_found, invalid_value (no line, no reason, more than remains), already_done when a line is credited already
 */
export async function issueCreditNote(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: IssueCreditNote,
): Promise<{ creditNoteId: string; numberText: string; total: bigint }> {
  const reason = input.reason.trim();
  const parts = input.parts ?? [];
  if (input.lineIds.length + parts.length === 0)
    throw new DomainError('invalid_value', 'Choose the lines to take back.', { field: 'lineIds' });
  if (reason === '') throw new DomainError('invalid_value', 'Say why; it stands on the credit note.', { field: 'reason' });
  return inTransaction(db, async (trx) => {
    const invoice = await trx.selectFrom('invoice').selectAll().where('id', '=', input.invoiceId).forUpdate().executeTakeFirst();
    if (!invoice) throw new DomainError('not_found', 'This invoice is not there.');
    const issued = input.id ? await findIssued(trx, input.id) : undefined;
    if (issued) return issued;
    const lines = await linesOf(trx, invoice.id);
    const chosen = choose(lines, input.lineIds, parts);
    const left = lines.map((line) => ({ ...line, net: line.net - (chosen.find((one) => one.id === line.id)?.taken ?? 0n) }));
    const totals = creditTotals(lines, left);
    const whole = chosen.filter((line) => line.taken === line.net);
    await lockPlaces(trx, whole, invoice.clientId);
    const organisation = await getOrganisation(trx);
    const now = ctx.clock();
    const issuedOn = localDateOf(now, organisation.timezone);
    const [taken] = await takeNumbers(trx, 'credit_note', 1, issuedOn);
    if (!taken) throw new Error('no number was given');
    const { series, number, numberText } = taken;
    const note = await trx
      .insertInto('creditNote')
      .values({
        ...(input.id ? { id: input.id } : {}),
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
        chosen.map((line) => ({ creditNoteId: note.id, invoiceLineId: line.id, net: -line.taken, taxPercent: line.taxPercent })),
      )
      .execute();
    await free(trx, whole, now);
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
    await reverseIncome(trx, chosen, client, {
      ...{ noteId: note.id, effectiveOn: issuedOn, numberText, currency: invoice.currency },
    });
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

async function findIssued(trx: Transaction<DB>, id: string) {
  return trx
    .selectFrom('creditNote')
    .select(['id as creditNoteId', 'numberText', 'total'])
    .where('id', '=', id)
    .executeTakeFirst();
}

async function linesOf(trx: Transaction<DB>, invoiceId: string): Promise<CreditedLine[]> {
  const { rows } = await sql<CreditedLine>`
    SELECT l.id, l.charge_id, l.kind, c.attendance_id, a.session_id, l.tax_percent,
      (l.net + coalesce((SELECT sum(n.net) FROM credit_note_line n WHERE n.invoice_line_id = l.id), 0))::bigint AS net
    FROM invoice_line l JOIN charge c ON c.id = l.charge_id LEFT JOIN attendance a ON a.id = c.attendance_id
    WHERE l.invoice_id = ${invoiceId}::uuid ORDER BY l.position`.execute(trx);
  return rows;
}

/** What is taken of which line. A part of everything that remains is the whole. */
function choose(
  lines: readonly CreditedLine[],
  lineIds: readonly string[],
  parts: readonly { lineId: string; amount: bigint }[],
): Taken[] {
  const whole = new Set(lineIds);
  const amounts = new Map(parts.filter((part) => !whole.has(part.lineId)).map((part) => [part.lineId, part.amount]));
  const chosen = lines.filter((line) => whole.has(line.id) || amounts.has(line.id));
  if (chosen.length !== whole.size + amounts.size)
    throw new DomainError('invalid_value', 'A line is not of this invoice.', { field: 'lineIds' });
  if (chosen.some((line) => line.net === 0n)) {
    throw new DomainError('already_done', 'A line you chose was credited already. Look at the invoice again.', {
      field: 'lineIds',
    });
  }
  return chosen.map((line) => {
    const amount = amounts.get(line.id);
    if (amount === undefined) return { ...line, taken: line.net };
    const taken = line.net < 0n ? -amount : amount;
    const field = `amount.${line.id}`;
    if (amount <= 0n) throw new DomainError('invalid_value', 'Enter an amount above 0.', { field });
    if (line.net < 0n ? taken < line.net : taken > line.net)
      throw new DomainError('invalid_value', 'That is more than remains of this line.', { field });
    return { ...line, taken };
  });
}

/** The sessions, then the family, before a number is taken: as everywhere. */
async function lockPlaces(trx: Transaction<DB>, lines: readonly CreditedLine[], clientId: string): Promise<void> {
  const sessions = lines.flatMap((line) => line.sessionId ?? []);
  if (sessions.length > 0)
    await sql`SELECT 1 FROM session WHERE id = ANY(${sessions}::uuid[]) ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  await sql`SELECT 1 FROM client WHERE id = ${clientId}::uuid FOR NO KEY UPDATE`.execute(trx);
}

/** The charges are reversed, and their places unbilled again. */
async function free(trx: Transaction<DB>, lines: readonly CreditedLine[], now: Date): Promise<void> {
  const places = lines.flatMap((line) => line.attendanceId ?? []);
  if (places.length > 0) await sql`UPDATE attendance SET left_out = 'credited' WHERE id = ANY(${places}::uuid[])`.execute(trx);
  if (lines.length > 0)
    await sql`UPDATE charge SET reversed_at = ${now} WHERE id = ANY(${lines.map((line) => line.chargeId)}::uuid[])`.execute(trx);
}

/** What was earned with these lines, taken back: nothing is owed for them until they are billed again. */
async function reverseIncome(
  trx: Transaction<DB>,
  lines: readonly Taken[],
  client: { id: string; ref: string },
  { noteId, effectiveOn, numberText, currency }: { noteId: string; effectiveOn: string; numberText: string; currency: string },
): Promise<void> {
  await postMany(
    trx,
    lines.map((line) => ({
      key: `credited:${noteId}:${line.chargeId}`,
      effectiveOn,
      description: `Taken back by ${numberText}`,
      sessionId: line.sessionId,
      attendanceId: line.attendanceId,
      entries: [
        { account: accounts.unbilled(client, currency), amount: -line.taken },
        { account: against(line.kind, client, currency), amount: line.taken },
      ],
    })),
  );
}

/** Where a line of a kind was posted to. */
function against(kind: string, client: { id: string; ref: string }, currency: string): AccountSpec {
  switch (kind) {
    case 'package':
      return accounts.deferred(client, currency);
    case 'extra':
      return accounts.extras(currency);
    case 'discount':
      return accounts.discounts(currency);
    case 'write_off':
      return accounts.writeOffs(currency);
    case 'late_fee':
      return accounts.fees(currency);
    case 'periodic':
      return accounts.subscriptions(currency);
    default:
      return accounts.tuition(currency);
  }
}
