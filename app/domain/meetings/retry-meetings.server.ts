import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { retryMeeting } from './retry-meeting.server.ts';

/**
 * Asks the providers of several sessions again. One whose room is there by now, or that no longer takes place, is passed
 * over. @returns how many are asked again
 */
export async function retryMeetings(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'enqueue'>,
  actor: Actor,
  { sessionIds }: { sessionIds: readonly string[] },
): Promise<number> {
  let asked = 0;
  for (const sessionId of new Set(sessionIds)) {
    try {
      await retryMeeting(db, ctx, actor, { sessionId });
      asked += 1;
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  }
  return asked;
}
