import { sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { ReadyMeetingProvider } from '#app/plugin-host/types.ts';
import { type FormerRoom, findMeetingSession, haveOf, isOpen, needsRoom } from './meeting-session.server.ts';

type Context = Pick<AppContext, 'db' | 'enqueue'>;

/**
 * A room was made while its session changed. Where the session still wants one there it is the room that the change's own
 * job goes on with; else it is given up, by a job, so that none is left behind.
 */
export async function keepLateRoom(
  ctx: Context,
  ready: ReadyMeetingProvider,
  sessionId: string,
  room: FormerRoom & { ref: string },
): Promise<void> {
  const gone = await inTransaction(ctx.db, async (trx) => {
    await trx.selectFrom('meeting').select('sessionId').where('sessionId', '=', sessionId).forUpdate().execute();
    const current = await findMeetingSession(trx, sessionId);
    if (!current) return true;
    if (current.ref === room.ref && current.installId === room.installId && current.state !== 'released') return false;
    const wanted = current.installId === room.installId && needsRoom(current) && isOpen(current) && current.ref === null;
    // The one that might have been left there is this one.
    const others = current.former.filter(({ installId, ref }) => installId !== room.installId || ref !== null);
    await trx
      .updateTable('meeting')
      .set(
        wanted
          ? { ref: room.ref, joinUrl: room.joinUrl, connectionId: room.connectionId, unsure: false }
          : {
              releaseAt: null,
              data: sql<string>`jsonb_set(meeting.data, '{former}', ${JSON.stringify([...others, room])}::jsonb)`,
            },
      )
      .where('sessionId', '=', sessionId)
      .execute();
    if (!wanted) await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId } });
    return false;
  });
  if (gone) await ready.provider.release(ready.context(`release:${sessionId}`, room.connectionId), haveOf(room));
}
