import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { InvoiceRunPreview, Period } from './invoice-run.ts';
import { lockInvoiceRuns } from './lock-billed-client.server.ts';
import { checkPeriod, previewInvoiceRun } from './preview-invoice-run.server.ts';
import { whatChanged } from './preview-invoice-run-changes.ts';
import { EVERYBODY, type RunScope } from './run-scope.ts';

export interface ConfirmInvoiceRun extends Period {
  /** Of whom; left out: of all. */
  scope?: RunScope;
  /** Families get their invoices by mail as they are issued; false: when somebody sends them. Default true. */
  sendMails?: boolean;
  /** The schedule that makes it. */
  scheduleId?: string;
  /** Of the preview that was looked at. */
  hash: string;
  /** The preview's `seen`, so that a refusal can say what changed. */
  seen?: string | undefined;
  /** Also enqueue the issuing, in the same transaction; else the caller issues. */
  inBackground?: boolean;
}

/**
 * Makes a run of what the preview showed: claims every line in one transaction, or, if anything changed since, does
 * nothing. Two people who confirm the same preview get the same run.
 * @throws DomainError preview_changed (details.changes: sentences), invalid_value when there is nothing to bill
 */
export async function confirmInvoiceRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ConfirmInvoiceRun,
): Promise<{ runId: string; fresh: boolean }> {
  checkPeriod(input);
  return inTransaction(db, async (trx) => {
    // One confirmation at a time: the second waits here and then finds the first one's run.
    await lockInvoiceRuns(trx);
    const known = await trx
      .selectFrom('invoiceRun')
      .select('id')
      .where('previewHash', '=', input.hash)
      .where('periodFrom', '=', input.from)
      .where('periodTo', '=', input.to)
      .executeTakeFirst();
    if (known) return { runId: known.id, fresh: false };
    const now = ctx.clock();
    const preview = await previewInvoiceRun(trx, input, now);
    if (preview.hash !== input.hash) throw previewChanged(preview, input.seen);
    if (preview.totals.lines === 0) throw new DomainError('invalid_value', 'There is nothing to bill in this period.');
    const run = await trx
      .insertInto('invoiceRun')
      .values({
        periodFrom: input.from,
        periodTo: input.to,
        ...(input.scope ?? EVERYBODY),
        sendMails: input.sendMails ?? true,
        scheduleId: input.scheduleId ?? null,
        previewHash: input.hash,
        confirmedAt: now,
        confirmedBy: actor.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if ((await claim(trx, run.id, preview)) !== preview.totals.lines) throw previewChanged(preview, input.seen);
    await audit(trx, actor, {
      action: 'invoice_run.confirm',
      subjectType: 'invoice_run',
      subjectId: run.id,
      after: {
        from: input.from,
        to: input.to,
        families: preview.totals.families,
        lines: preview.totals.lines,
        total: preview.totals.total,
        ...(input.scope ?? {}),
      },
    });
    if (input.inBackground) await ctx.enqueue(trx, { name: 'invoice-run.issue', data: { runId: run.id } });
    return { runId: run.id, fresh: true };
  });
}

/** Claims the lines that are still as previewed; what another transaction changed meanwhile is not counted. */
async function claim(trx: Kysely<DB>, runId: string, preview: InvoiceRunPreview): Promise<number> {
  const lines = preview.families.flatMap((family) => family.lines);
  const { rows } = await sql<{ count: number }>`
    WITH claimed AS (
      UPDATE charge c SET run_id = ${runId}::uuid, late = l.late
      FROM unnest(${lines.map((l) => l.chargeId)}::uuid[], ${lines.map((l) => l.net.toString())}::bigint[],
        ${lines.map((l) => l.taxPercent)}::numeric[], ${lines.map((l) => l.description)}::text[], ${lines.map((l) => l.late)}::boolean[])
        AS l (id, net, tax_percent, description, late)
      WHERE c.id = l.id AND c.run_id IS NULL AND c.net = l.net AND c.tax_percent = l.tax_percent AND c.description = l.description
      RETURNING 1
    )
    SELECT count(*)::int AS count FROM claimed`.execute(trx);
  return rows[0]?.count ?? 0;
}

export function previewChanged(preview: InvoiceRunPreview, seen: string | undefined): DomainError {
  const names = new Map(preview.families.map((family) => [family.clientRef, family.clientName]));
  const changes = whatChanged(seen, preview, (ref) => names.get(ref) ?? ref);
  const message = 'Something changed since this preview, so nothing was issued. Look at the new preview and confirm again.';
  return new DomainError('preview_changed', message, { details: { changes } });
}
