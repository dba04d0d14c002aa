import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { postMany } from '#app/domain/billing/post-many.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { payTotals } from './pay-run.ts';
import { listPayLines } from './pay-run-queries.server.ts';

/**
 * Takes an approved run back: its lines are free for another run, its postings are reversed. What corrected one of them
 * and is in no run yet goes: the line itself can change again.
 * @throws DomainError locked once it was exported or paid (then only a correction in the next run) and while a later run
 * corrects it, already_done when it is void
 */
export async function voidPayRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { runId: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim();
  if (reason === '') throw new DomainError('invalid_value', 'Say why the run is void.', { field: 'reason' });
  await inTransaction(db, async (trx) => {
    const run = await trx.selectFrom('payRun').selectAll().where('id', '=', input.runId).forUpdate().executeTakeFirst();
    if (!run) throw new DomainError('not_found', 'This pay run is not there.');
    if (run.status === 'void') throw new DomainError('already_done', 'This run is void already.');
    if (run.status === 'exported' || run.status === 'paid') {
      throw new DomainError('locked', 'This run was exported or paid. Put a correction into the next run instead.');
    }
    const corrected = await dropCorrections(trx, run.id);
    const organisation = await getOrganisation(trx);
    const { currency } = organisation;
    const byTutor = Map.groupBy(await listPayLines(trx, run.id), (line) => line.tutorId);
    await trx
      .updateTable('payRun')
      .set({ status: 'void', voidedAt: ctx.clock(), voidReason: reason })
      .where('id', '=', run.id)
      .execute();
    await trx.updateTable('payItem').set({ runId: null, late: false }).where('runId', '=', run.id).execute();
    const effectiveOn = localDateOf(ctx.clock(), organisation.timezone);
    await postMany(
      trx,
      [...byTutor].map(([tutorId, lines]) => {
        const totals = payTotals(lines);
        return {
          key: `pay-run:${run.id}:${tutorId}:void`,
          effectiveOn,
          description: `Void: pay of ${run.periodFrom} to before ${run.periodTo}`,
          entries: [
            { account: accounts.wages(currency), amount: -totals.wages },
            { account: accounts.mileage(currency), amount: -totals.mileage },
            { account: accounts.adjustments(currency), amount: -totals.adjustments },
            { account: accounts.payable({ id: tutorId, ref: lines[0]?.tutorRef ?? '' }, currency), amount: totals.total },
          ],
        };
      }),
    );
    // Free again, they come to what their sessions come to by now, and not to what was paid.
    for (const sessionId of corrected) await assessSession(trx, ctx, sessionId);
    await audit(trx, actor, { action: 'pay_run.void', subjectType: 'pay_run', subjectId: run.id, reason });
  });
}

/** @returns the sessions that were corrected as a whole, so that their lines are worked out anew */
async function dropCorrections(trx: Transaction<DB>, runId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; runId: string | null; from: string | null; settles: string | null }>`
    SELECT c.id, c.run_id, r.period_from AS from, CASE WHEN c.reason ? 'settles' THEN c.session_id END AS settles FROM pay_item c JOIN pay_item i ON i.id = c.corrects_id
    LEFT JOIN pay_run r ON r.id = c.run_id
    WHERE i.run_id = ${runId}::uuid AND c.run_id IS DISTINCT FROM ${runId}::uuid ORDER BY r.period_from`.execute(trx);
  const later = rows.find((row) => row.runId !== null);
  if (later)
    throw new DomainError('locked', `The run from ${later.from} holds a correction of a line of this one. Void that one first.`);
  if (rows.length > 0)
    await trx
      .deleteFrom('payItem')
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
  return [...new Set(rows.flatMap((row) => row.settles ?? []))].sort();
}
