import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Makes a task of every request that stands longer in its stage than that should take; once for each time it stands there.
 * @returns how many tasks are new
 */
export async function chaseAgeingRequests(db: Kysely<DB>, ctx: Pick<DomainContext, 'clock'>): Promise<number> {
  const now = ctx.clock();
  const { rows } = await sql<{ id: string; stageSince: Date; name: string }>`
    SELECT r.id, r.stage_since, g.name FROM request r JOIN request_stage g ON g.id = r.stage_id
    WHERE r.closed_at IS NULL AND r.stage_since < ${now}::timestamptz - make_interval(days => g.ageing_days)
      AND NOT EXISTS (SELECT 1 FROM task k WHERE k.request_id = r.id AND k.event = 'request_ageing' AND k.created_at > r.stage_since)
    ORDER BY r.stage_since LIMIT 500`.execute(db);
  let made = 0;
  for (const { id, stageSince, name } of rows) {
    const task = await inTransaction(db, (trx) =>
      raiseTask(trx, ctx, {
        event: 'request_ageing',
        key: `${id}:${stageSince.toISOString()}`,
        about: { requestId: id },
        body: `In ${name} since ${stageSince.toISOString().slice(0, 10)}`,
      }),
    );
    if (task) made++;
  }
  return made;
}
