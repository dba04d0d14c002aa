import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { postMany } from '#app/domain/billing/post-many.server.ts';
import { checkPeriod } from '#app/domain/billing/preview-invoice-run.server.ts';
import { whatChanged } from '#app/domain/billing/preview-invoice-run-changes.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type PayRunPreview, unpaidLabel } from './pay-run.ts';
import { resolvePayWho } from './pay-run-scope.server.ts';
import { EVERYBODY, type PayWho } from './pay-who.ts';
import { previewPayRun } from './preview-pay-run.server.ts';
import { queueStatementMails } from './queue-statement-mails.server.ts';

export interface ApprovePayRun extends Period {
  /** Without: everybody. */
  who?: PayWho;
  /** Of the preview that was looked at. */
  hash: string;
  /** The preview's `seen`, so that a refusal can say what changed. */
  seen?: string | undefined;
}

/**
 * Makes a pay run of what the preview showed: claims every line and posts what is owed to each tutor, in one transaction,
 * or, if anything changed since, does nothing. The same preview approved twice is one run.
 * @throws DomainError preview_changed (details.changes: sentences), invalid_value when there is nothing to pay
 */
export async function approvePayRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ApprovePayRun,
): Promise<{ runId: string; fresh: boolean }> {
  checkPeriod(input);
  return inTransaction(db, async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('pay-run', 0))`.execute(trx);
    const known = await trx
      .selectFrom('payRun')
      .select('id')
      .where('previewHash', '=', input.hash)
      .where('periodFrom', '=', input.from)
      .where('periodTo', '=', input.to)
      .where('status', '<>', 'void')
      .executeTakeFirst();
    if (known) return { runId: known.id, fresh: false };
    const now = ctx.clock();
    const who = input.who ?? EVERYBODY;
    const preview = await previewPayRun(trx, input, now, who);
    if (preview.hash !== input.hash) throw changed(preview, input.seen);
    if (preview.totals.lines === 0) throw new DomainError('invalid_value', 'There is nothing to pay in this period.');
    const { payGroupId, offCycle, tutorIds } = await resolvePayWho(trx, who);
    const run = await trx
      .insertInto('payRun')
      .values({
        periodFrom: input.from,
        periodTo: input.to,
        payGroupId,
        offCycle,
        tutorIds,
        previewHash: input.hash,
        approvedAt: now,
        approvedBy: actor.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if ((await claim(trx, run.id, preview)) !== preview.totals.lines) throw changed(preview, input.seen);
    const effectiveOn = localDateOf(now, (await getOrganisation(trx)).timezone);
    await postMany(
      trx,
      preview.statements.map((one) => ({
        key: `pay-run:${run.id}:${one.tutorId}`,
        effectiveOn,
        description: `Pay of ${input.from} to before ${input.to}`,
        entries: [
          { account: accounts.wages(preview.currency), amount: one.wages },
          { account: accounts.mileage(preview.currency), amount: one.mileage },
          { account: accounts.adjustments(preview.currency), amount: one.adjustments },
          { account: accounts.payable({ id: one.tutorId, ref: one.tutorRef }, preview.currency), amount: -one.total },
        ],
      })),
    );
    await audit(trx, actor, {
      action: 'pay_run.approve',
      subjectType: 'pay_run',
      subjectId: run.id,
      after: {
        from: input.from,
        to: input.to,
        payGroupId,
        offCycle,
        tutors: preview.totals.tutors,
        lines: preview.totals.lines,
        total: preview.totals.total,
      },
    });
    if ((await getMoneySettings(trx)).pay_statement_mail === 'approved') await queueStatementMails(trx, ctx, run.id);
    return { runId: run.id, fresh: true };
  });
}

async function claim(trx: Kysely<DB>, runId: string, preview: PayRunPreview): Promise<number> {
  const lines = preview.statements.flatMap((one) => one.lines);
  const { rows } = await sql<{ count: number }>`
    WITH claimed AS (
      UPDATE pay_item i SET run_id = ${runId}::uuid, late = l.late
      FROM unnest(${lines.map((l) => l.itemId)}::uuid[], ${lines.map((l) => l.amount.toString())}::bigint[], ${lines.map((l) => l.late)}::boolean[])
        AS l (id, amount, late)
      WHERE i.id = l.id AND i.run_id IS NULL AND i.amount = l.amount
      RETURNING 1
    )
    SELECT count(*)::int AS count FROM claimed`.execute(trx);
  return rows[0]?.count ?? 0;
}

function changed(preview: PayRunPreview, seen: string | undefined): DomainError {
  const names = new Map(preview.statements.map((one) => [one.tutorRef, one.tutorName]));
  const changes = whatChanged(seen, preview, (ref) => names.get(ref) ?? ref, unpaidLabel);
  const message = 'Something changed since this preview, so nothing was approved. Look at the new preview and approve again.';
  return new DomainError('preview_changed', message, { details: { changes } });
}
