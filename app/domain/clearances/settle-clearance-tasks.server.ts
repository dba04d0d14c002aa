import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { settleTasks } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';

/** After a check: who has nothing left to check, or nothing that runs out, needs nobody to look. */
export async function settleClearanceTasks(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  tutorId: string,
  { renewed = true }: { renewed?: boolean } = {},
): Promise<void> {
  const waiting = await trx
    .selectFrom('clearance')
    .select('id')
    .where('tutorId', '=', tutorId)
    .where('status', '=', 'to_check')
    .executeTakeFirst();
  const events = [...(waiting ? [] : (['clearance_to_check'] as const)), ...(renewed ? (['clearance_expiring'] as const) : [])];
  if (events.length > 0) await settleTasks(trx, ctx, actor, { events, about: { tutorId } });
}
