import type { Kysely } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { endStay } from './presence.server.ts';
import type { MediaState } from './protocol.ts';
import { AWAY_AFTER_MS } from './seat.ts';

type Context = Pick<AppContext, 'clock'>;

/** A connection ended. One that was replaced by another of the same person changes nothing. */
export async function leaveClassroom(
  db: Kysely<DB>,
  ctx: Context,
  { sessionId, key, connection }: { sessionId: string; key: string; connection: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const now = ctx.clock();
    const left = await trx
      .updateTable('classroomPerson')
      .set({ connection: null, seenAt: now })
      .where('sessionId', '=', sessionId)
      .where('personKey', '=', key)
      .where('connection', '=', connection)
      .executeTakeFirst();
    if (left.numUpdatedRows > 0n) await endStay(trx, sessionId, key, now);
  });
}

/** A sign of life of a process's connections. */
export async function noteSeen(db: Kysely<DB>, ctx: Context, connections: readonly string[]): Promise<void> {
  if (connections.length === 0) return;
  await db
    .updateTable('classroomPerson')
    .set({ seenAt: ctx.clock() })
    .where('connection', 'in', [...connections])
    .execute();
}

/**
 * Takes out whoever a dead process left connected: they went when it was last heard of. Any process does it for all.
 * Returns the rooms in which somebody was taken out.
 */
export async function takeOutLost(db: Kysely<DB>, ctx: Context): Promise<string[]> {
  const before = new Date(ctx.clock().getTime() - AWAY_AFTER_MS);
  return inTransaction(db, async (trx) => {
    const lost = await trx
      .updateTable('classroomPerson')
      .set({ connection: null })
      .where('connection', 'is not', null)
      .where('seenAt', '<', before)
      .returning(['sessionId', 'personKey', 'seenAt'])
      .execute();
    for (const { sessionId, personKey, seenAt } of lost) if (seenAt) await endStay(trx, sessionId, personKey, seenAt);
    return [...new Set(lost.map(({ sessionId }) => sessionId))];
  });
}

/** What of somebody's is on: microphone, camera, screen. */
export async function setMedia(db: Kysely<DB>, connection: string, media: MediaState): Promise<void> {
  await db
    .updateTable('classroomPerson')
    .set({ media: JSON.stringify(media) })
    .where('connection', '=', connection)
    .execute();
}
