import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { assertOpenDay } from '#app/domain/billing/open-day.server.ts';
import { postMany } from '#app/domain/billing/post-many.server.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { payTotals } from './pay-run.ts';
import { listPayLines } from './pay-run-queries.server.ts';
import { queueStatementMails } from './queue-statement-mails.server.ts';

export interface MarkPayRunPaid {
  runId: string;
  /** The day the money went out, YYYY-MM-DD; not in the future. */
  paidOn: string;
}

/**
 * The money of an approved or exported run went out: what is owed to its tutors is paid from the bank. Who comes to less
 * than nothing is paid nothing; it stays on that tutor's account. A run that is paid can't be voided. Twice is once.
 * @throws DomainError invalid_value (field paidOn: to come, or closed in the books), locked when it is void
 */
export async function markPayRunPaid(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: MarkPayRunPaid): Promise<void> {
  if (!isLocalDate(input.paidOn)) throw new DomainError('invalid_value', 'Enter the day it was paid.', { field: 'paidOn' });
  await inTransaction(db, async (trx) => {
    const run = await trx.selectFrom('payRun').selectAll().where('id', '=', input.runId).forUpdate().executeTakeFirst();
    if (!run) throw new DomainError('not_found', 'This pay run is not there.');
    if (run.status === 'void') throw new DomainError('locked', 'This run is void: there is nothing to pay by it.');
    if (run.status === 'paid') return;
    const { currency, timezone } = await getOrganisation(trx);
    if (input.paidOn > localDateOf(ctx.clock(), timezone))
      throw new DomainError('invalid_value', 'This day is still to come.', { field: 'paidOn' });
    await assertOpenDay(trx, actor, input.paidOn, 'paidOn');
    await trx
      .updateTable('payRun')
      .set({ status: 'paid', paidOn: input.paidOn, paidBy: actor.userId })
      .where('id', '=', run.id)
      .execute();
    const owed = [...Map.groupBy(await listPayLines(trx, run.id), (line) => line.tutorId)].map(([id, lines]) => ({
      tutor: { id, ref: lines[0]?.tutorRef ?? '' },
      amount: payTotals(lines).total,
    }));
    await postMany(
      trx,
      owed
        .filter((one) => one.amount > 0n)
        .map(({ tutor, amount }) => ({
          key: `pay-run:${run.id}:${tutor.id}:paid`,
          effectiveOn: input.paidOn,
          description: `Paid: pay of ${run.periodFrom} to before ${run.periodTo}`,
          entries: [
            { account: accounts.payable(tutor, currency), amount },
            { account: accounts.bank(currency), amount: -amount },
          ],
        })),
    );
    if ((await getMoneySettings(trx)).pay_statement_mail === 'paid') await queueStatementMails(trx, ctx, run.id);
    await audit(trx, actor, {
      action: 'pay_run.paid',
      subjectType: 'pay_run',
      subjectId: run.id,
      after: { paidOn: input.paidOn, tutors: owed.length },
    });
  });
}
