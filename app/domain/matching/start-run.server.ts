import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { readMatchingRules } from './matching-rules.ts';
import { noProgress } from './matching-run.ts';

/** Who doesn't give a sign of life for so long is taken to be dead. */
export const DEAD_AFTER_MS = 60_000;

/**
 * Puts the matching of all open requests on the queue, with the rules as they are now. One is under way at a time; one that
 * gives no sign of life any more is ended by it.
 * @throws DomainError conflict with details { runId }: one is under way
 */
export async function startMatchingRun(db: Kysely<DB>, ctx: DomainContext, actor: Actor): Promise<{ id: string }> {
  try {
    return await inTransaction(db, async (trx) => {
      const now = ctx.clock();
      await trx
        .updateTable('matchingRun')
        .set({ status: 'failed', error: 'It gave no sign of life any more. Nothing was changed.', finishedAt: now })
        .where('status', 'in', ['queued', 'solving'])
        .where((eb) => eb(eb.fn.coalesce('heartbeatAt', 'createdAt'), '<', new Date(now.getTime() - DEAD_AFTER_MS)))
        .execute();
      const { matching } = await trx.selectFrom('organisation').select('matching').executeTakeFirstOrThrow();
      const last = await trx.selectFrom('matchingRun').select('id').orderBy('createdAt', 'desc').limit(1).executeTakeFirst();
      const run = await trx
        .insertInto('matchingRun')
        .values({
          rules: JSON.stringify(readMatchingRules(matching)),
          progress: JSON.stringify(noProgress),
          fromRunId: last?.id ?? null,
          createdBy: actor.userId,
          createdAt: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await audit(trx, actor, { action: 'matching.start', subjectType: 'matching_run', subjectId: run.id });
      await ctx.enqueue(trx, { name: 'matching.solve', data: { runId: run.id } });
      return run;
    });
  } catch (error) {
    if (constraintOf(error) !== 'matching_run_under_way') throw error;
    throw new DomainError('conflict', 'All requests are being matched already. Wait for the result, or stop it.');
  }
}
