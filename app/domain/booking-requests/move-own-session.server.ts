import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getOwnSession, type OwnPlanner, requireAtOnce } from './planner.server.ts';

export interface OwnMove {
  sessionId: string;
  version: number;
  wallStart: string;
  zone: string;
}

/**
 * A tutor or a family moves a session of theirs to another time, where the rules let them; its length and its tutor stay.
 * @throws DomainError not_found for a session of others, forbidden with the reason, and whatever rescheduleSession refuses
 */
export async function moveOwnSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: OwnMove,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await getOwnSession(trx, planner, input.sessionId, ctx.clock());
    requireAtOnce(planner, 'move', session.matter);
    const { sessionId, version, wallStart, zone } = input;
    const { durationMinutes } = session;
    await rescheduleSession(trx, ctx, actor, { sessionId, version, wallStart, zone, durationMinutes, by: planner.by });
  });
}
