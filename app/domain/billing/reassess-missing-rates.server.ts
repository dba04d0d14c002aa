import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { assessSession } from './assess-session.server.ts';

/**
 * After a rate was added or changed: what was left out for want of one is worked out again. What was charged with a rate
 * stays as it was charged.
 * @returns how many sessions were looked at
 */
export async function reassessMissingRates(trx: Transaction<DB>, ctx: DomainContext): Promise<number> {
  const sessions = await trx
    .selectFrom('session')
    .select('session.id')
    .where((eb) =>
      eb.or([
        eb('session.payLeftOut', '=', 'missing_rate'),
        eb.exists(
          eb
            .selectFrom('attendance')
            .select('attendance.id')
            .whereRef('attendance.sessionId', '=', 'session.id')
            .where('attendance.leftOut', '=', 'missing_rate'),
        ),
      ]),
    )
    .orderBy('session.id')
    .execute();
  for (const { id } of sessions) await assessSession(trx, ctx, id);
  return sessions.length;
}
