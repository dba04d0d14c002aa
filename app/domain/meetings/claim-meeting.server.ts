import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Longer than any call to a provider may take: what is still claimed then was left by a process that died. */
const claimMs = 60_000;

/**
 * One works on a meeting at a time, in whichever process: two that make its room at once would make two. The claim is
 * given back with the outcome, or by itself after a minute. @returns false while somebody else is at it
 */
export async function claimMeeting(db: Kysely<DB>, sessionId: string, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('meeting')
    .set({ claimedUntil: new Date(now.getTime() + claimMs) })
    .where('sessionId', '=', sessionId)
    .where((eb) => eb.or([eb('claimedUntil', 'is', null), eb('claimedUntil', '<=', now)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function unclaimMeeting(db: Kysely<DB>, sessionId: string): Promise<void> {
  await db.updateTable('meeting').set({ claimedUntil: null }).where('sessionId', '=', sessionId).execute();
}

/** Of an update of a meeting: only if it is still what the attempt read. */
export const unchangedSince = (turn: number) => sql<boolean>`meeting.turn = ${turn}`;
