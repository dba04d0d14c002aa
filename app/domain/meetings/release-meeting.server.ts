import { sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { type MeetingHave, PluginError } from '#plugins/contract/index.ts';
import { findMeetingSession, haveOf, needsRoom } from './meeting-session.server.ts';
import { failureOf } from './provider-failure.ts';

type Context = Pick<AppContext, 'db' | 'plugins' | 'log'>;

/**
 * Gives up the rooms that a session no longer needs: its own when it was cancelled, and those of providers it had before.
 * The job of `meeting.release`: repeating it is harmless. Throws while trying again by itself may help; a room that
 * can't be given up for good is left to its provider and named in the log.
 */
export async function releaseMeeting(ctx: Context, { sessionId }: { sessionId: string }): Promise<void> {
  const meeting = await findMeetingSession(ctx.db, sessionId);
  if (!meeting) return;
  const own = !needsRoom(meeting) && meeting.state !== 'released';
  if (!own && meeting.former.length === 0) return;

  for (const room of meeting.former) await release(ctx, sessionId, room.installId, room);
  if (own && meeting.ref) await release(ctx, sessionId, meeting.installId, haveOf(meeting));

  const result = await ctx.db
    .updateTable('meeting')
    .set({
      data: sql`meeting.data - 'former'`,
      ...(own ? { state: 'released', error: null, errorCode: null, nextAttemptAt: null } : {}),
    })
    .where('sessionId', '=', sessionId)
    .where(sql<boolean>`meeting.xmin::text = ${meeting.stamp}`)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new PluginError('conflict', 'The meeting changed meanwhile.');
}

async function release(ctx: Context, sessionId: string, installId: string, room: MeetingHave): Promise<void> {
  try {
    const { provider, context } = await ctx.plugins.meetingProvider(ctx.db, installId);
    await provider.release(context(`release:${sessionId}`), { ref: room.ref, joinUrl: room.joinUrl });
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'not_found') return;
    if (failure.passing) throw new PluginError(failure.code, failure.message);
    ctx.log.warn({ sessionId, installId, ref: room.ref, code: failure.code }, 'a room could not be given up');
  }
}
