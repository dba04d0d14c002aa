import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { queueInvoiceMails } from './invoice-run-mails.server.ts';

/**
 * Sends the invoices of an issued run that have no mail yet; with `again`, all of them once more. `again` is made by the
 * form: sent twice it is one mail each.
 * @throws DomainError not_found, invalid_value while it is being issued
 */
export async function sendRunInvoices(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { runId: string; again?: string },
): Promise<number> {
  const run = await db.selectFrom('invoiceRun').select(['id', 'status']).where('id', '=', input.runId).executeTakeFirst();
  if (!run) throw new DomainError('not_found', 'This invoice run is not there.');
  if (run.status !== 'issued') throw new DomainError('invalid_value', 'The run is not finished yet.');
  const queued = await queueInvoiceMails(db, ctx, run.id, input.again);
  await inTransaction(db, async (trx) => {
    await trx.updateTable('invoiceRun').set({ sentAt: ctx.clock() }).where('id', '=', run.id).execute();
    await audit(trx, actor, {
      action: 'invoice_run.send',
      subjectType: 'invoice_run',
      subjectId: run.id,
      after: { mails: queued },
    });
  });
  return queued;
}
