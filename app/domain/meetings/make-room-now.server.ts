import type { AppContext } from '#app/context.ts';
import type { MeetingState } from './meeting-session.server.ts';
import { provisionMeeting } from './provision-meeting.server.ts';

/** So long somebody who pressed Start waits for the provider before the page says what is going on. */
const PATIENCE_MS = 3_000;

/**
 * Makes the room of a session that is about to begin without waiting for the queue's turn. Never throws, and waits for a
 * slow provider only so long: the attempt goes on, and the queue's own job finds the room or tries again.
 */
export async function makeRoomNow(
  ctx: Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue' | 'log'>,
  { sessionId, patienceMs = PATIENCE_MS }: { sessionId: string; patienceMs?: number },
): Promise<MeetingState | null> {
  const attempt = provisionMeeting(ctx, { sessionId }).catch((error: unknown) => {
    // Said in the meeting's row already; the queue comes back to it.
    ctx.log.info({ sessionId, reason: error instanceof Error ? error.message : String(error) }, 'the room is not there yet');
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([attempt, enough]);
  clearTimeout(timer);
  const row = await ctx.db.selectFrom('meeting').select('state').where('sessionId', '=', sessionId).executeTakeFirst();
  return (row?.state as MeetingState | undefined) ?? null;
}
