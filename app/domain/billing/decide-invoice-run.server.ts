import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { confirmInvoiceRun } from './confirm-invoice-run.server.ts';
import { lockInvoiceRuns } from './lock-billed-client.server.ts';

async function lockProposal(trx: Transaction<DB>, id: string) {
  await lockInvoiceRuns(trx);
  const row = await trx.selectFrom('invoiceRunProposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This proposal is not there.');
  return row;
}

/**
 * The second person confirms: a run is made of exactly what was put forward, or, if anything changed since, nothing is.
 * Confirmed twice it is the same run.
 * @throws DomainError forbidden for whoever put it forward, already_done when it was sent back, preview_changed
 */
export async function confirmProposal(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { proposalId: string },
): Promise<{ runId: string }> {
  return inTransaction(db, async (trx) => {
    const proposal = await lockProposal(trx, input.proposalId);
    if (proposal.runId) return { runId: proposal.runId };
    if (proposal.status !== 'open') throw new DomainError('already_done', 'It was sent back. Put it together anew.');
    if (actor.userId !== null && actor.userId === proposal.proposedBy)
      throw new DomainError('forbidden', 'You have put this together: another administrator confirms it.');
    const { runId } = await confirmInvoiceRun(trx, ctx, actor, {
      from: proposal.periodFrom,
      to: proposal.periodTo,
      hash: proposal.previewHash,
      seen: proposal.seen,
      scope: {
        clientIds: proposal.clientIds,
        programIds: proposal.programIds,
        billingInstallIds: proposal.billingInstallIds,
      },
      sendMails: proposal.sendMails,
      inBackground: true,
    });
    await trx
      .updateTable('invoiceRunProposal')
      .set({ status: 'confirmed', runId, decidedBy: actor.userId, decidedAt: ctx.clock() })
      .where('id', '=', proposal.id)
      .execute();
    return { runId };
  });
}

/**
 * Not like this: it goes back with a note to whoever put it together (or they take it back themselves). Nothing is issued.
 * @throws DomainError invalid_value (field note), already_done when it was confirmed
 */
export async function sendBackProposal(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { proposalId: string; note: string },
): Promise<void> {
  const note = input.note.trim().slice(0, 500);
  if (note === '') throw new DomainError('invalid_value', 'Say what is to be changed.', { field: 'note' });
  await inTransaction(db, async (trx) => {
    const proposal = await lockProposal(trx, input.proposalId);
    if (proposal.status === 'sent_back') return;
    if (proposal.status === 'confirmed') throw new DomainError('already_done', 'It was confirmed meanwhile.');
    await trx
      .updateTable('invoiceRunProposal')
      .set({ status: 'sent_back', note, decidedBy: actor.userId, decidedAt: ctx.clock() })
      .where('id', '=', proposal.id)
      .execute();
    await audit(trx, actor, {
      action: 'invoice_run.send_back',
      subjectType: 'invoice_run_proposal',
      subjectId: proposal.id,
      reason: note,
    });
  });
}
