import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { queueStatementMails } from './queue-statement-mails.server.ts';

/**
 * Mails the statements of a run to its tutors who got none yet. Twice is once.
 * @throws DomainError locked when the run is void
 */
export async function sendStatements(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: { runId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const run = await trx.selectFrom('payRun').select('status').where('id', '=', input.runId).forUpdate().executeTakeFirst();
    if (!run) throw new DomainError('not_found', 'This pay run is not there.');
    if (run.status === 'void') throw new DomainError('locked', 'This run is void: nobody is told of it.');
    const mails = await queueStatementMails(trx, ctx, input.runId);
    if (mails > 0)
      await audit(trx, actor, { action: 'pay_run.send', subjectType: 'pay_run', subjectId: input.runId, after: { mails } });
  });
}
