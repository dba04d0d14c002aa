import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Ends a run that is under way: what it has found until then is kept. One that is over stays as it is. */
export async function stopMatchingRun(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { runId }: { runId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const stopped = await trx
      .updateTable('matchingRun')
      .set({ status: 'stopped', finishedAt: ctx.clock() })
      .where('id', '=', runId)
      .where('status', 'in', ['queued', 'solving'])
      .returning('id')
      .executeTakeFirst();
    if (stopped) await audit(trx, actor, { action: 'matching.stop', subjectType: 'matching_run', subjectId: runId });
  });
}
