import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type ConfirmInvoiceRun, previewChanged } from './confirm-invoice-run.server.ts';
import { lockInvoiceRuns } from './lock-billed-client.server.ts';
import { checkPeriod, previewInvoiceRun } from './preview-invoice-run.server.ts';
import { EVERYBODY } from './run-scope.ts';
import { tellAdministrators } from './tell-administrators.server.ts';

/**
 * What one administrator has put together, for another to confirm: the preview's hash with its period and scope. The
 * other administrators are told by mail. The same preview put forward twice is one proposal.
 * @throws DomainError preview_changed (details.changes), invalid_value when there is nothing to bill
 */
export async function proposeInvoiceRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Omit<ConfirmInvoiceRun, 'inBackground' | 'scheduleId'>,
): Promise<{ proposalId: string }> {
  checkPeriod(input);
  return inTransaction(db, async (trx) => {
    await lockInvoiceRuns(trx);
    const known = await trx
      .selectFrom('invoiceRunProposal')
      .select('id')
      .where('previewHash', '=', input.hash)
      .where('periodFrom', '=', input.from)
      .where('periodTo', '=', input.to)
      .where('status', '=', 'open')
      .executeTakeFirst();
    if (known) return { proposalId: known.id };
    const preview = await previewInvoiceRun(trx, input, ctx.clock());
    if (preview.hash !== input.hash) throw previewChanged(preview, input.seen);
    if (preview.totals.lines === 0) throw new DomainError('invalid_value', 'There is nothing to bill in this period.');
    const made = await trx
      .insertInto('invoiceRunProposal')
      .values({
        ...(input.scope ?? EVERYBODY),
        periodFrom: input.from,
        periodTo: input.to,
        sendMails: input.sendMails ?? true,
        previewHash: input.hash,
        seen: preview.seen,
        proposedBy: actor.userId,
        proposedAt: ctx.clock(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'invoice_run.propose',
      subjectType: 'invoice_run_proposal',
      subjectId: made.id,
      after: { from: input.from, to: input.to, families: preview.totals.families, total: preview.totals.total },
    });
    await tellAdministrators(trx, ctx, {
      preview,
      why: 'second_person',
      path: `/office/invoice-runs/proposals/${made.id}`,
      except: actor.userId,
      dedupeKey: `invoice-run-proposal:${made.id}`,
    });
    return { proposalId: made.id };
  });
}
