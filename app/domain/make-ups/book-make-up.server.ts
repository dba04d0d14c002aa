import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { markMakeUp } from './mark-make-up.server.ts';

/** Books the session that makes up for one that was missed: both, or neither. @throws DomainError as bookSession and markMakeUp */
export async function bookMakeUp(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { makeUpId, ...booking }: BookSessionInput & { makeUpId: string },
): Promise<{ sessionId: string }> {
  return inTransaction(db, async (trx) => {
    const { sessionId } = await bookSession(trx, ctx, actor, booking);
    await markMakeUp(trx, ctx, actor, { makeUpId, sessionId });
    return { sessionId };
  });
}
