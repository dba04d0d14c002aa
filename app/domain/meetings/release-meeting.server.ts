import { sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { askProvider } from './ask-provider.server.ts';
import { claimMeeting, unchangedSince, unclaimMeeting } from './claim-meeting.server.ts';
import { type FormerRoom, findMeetingSession, haveOf, type MeetingSession, needsRoom, wantOf } from './meeting-session.server.ts';
import { failureOf, nextAttempt } from './provider-failure.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue' | 'log'>;

/** When a busy provider or meeting is looked at again. */
const soonMs = 3_000;
/** A day of attempts every five minutes; after that a room is left to its provider. */
const patience = 300;

/**
 * Gives up the rooms that a session no longer needs: its own when it was cancelled, and those it had before. The job of
 * `meeting.release`: repeating it is harmless. A provider's failure that may pass is tried again, in a job of its own; a
 * room that can't be given up for good is left to its provider and named in the log.
 */
export async function releaseMeeting(ctx: Context, { sessionId }: { sessionId: string }): Promise<void> {
  const seen = await findMeetingSession(ctx.db, sessionId);
  if (!seen || !isDue(seen, ctx.clock())) return;
  if (!(await claimMeeting(ctx.db, sessionId, ctx.clock()))) return again(ctx, sessionId, soonMs);
  try {
    const meeting = await findMeetingSession(ctx.db, sessionId);
    if (meeting && isDue(meeting, ctx.clock())) await giveUp(ctx, meeting);
  } finally {
    await unclaimMeeting(ctx.db, sessionId);
  }
}

const isOwnOver = (meeting: MeetingSession) => !needsRoom(meeting) && meeting.state !== 'released';

const isDue = (meeting: MeetingSession, now: Date) =>
  (isOwnOver(meeting) || meeting.former.length > 0) && (meeting.releaseAt === null || meeting.releaseAt <= now);

async function giveUp(ctx: Context, meeting: MeetingSession): Promise<void> {
  const own = isOwnOver(meeting);
  const { installId, ref, joinUrl, connectionId } = meeting;
  const ownRoom: FormerRoom[] = own && (ref || meeting.unsure) ? [{ installId, ref, joinUrl, connectionId }] : [];
  const left: FormerRoom[] = [];
  let next: { attempts: number; at: Date } | undefined;
  for (const room of [...meeting.former, ...ownRoom]) {
    const at = await release(ctx, meeting, room, own);
    if (!at) continue;
    left.push(room);
    if (!next || at > next.at) next = { attempts: meeting.releaseAttempts + 1, at };
  }
  const written = await inTransaction(ctx.db, async (trx) => {
    const result = await trx
      .updateTable('meeting')
      .set({
        ...{ releaseAttempts: next?.attempts ?? 0, releaseAt: next?.at ?? null, turn: meeting.turn + 1 },
        data:
          left.length === 0
            ? sql`meeting.data - 'former'`
            : sql`jsonb_set(meeting.data, '{former}', ${JSON.stringify(left)}::jsonb)`,
        ...(own
          ? {
              ...{ state: 'released', ref: null, joinUrl: null, connectionId: null, unsure: false },
              ...{ error: null, errorCode: null, nextAttemptAt: null },
            }
          : {}),
      })
      .where('sessionId', '=', meeting.sessionId)
      .where(unchangedSince(meeting.turn))
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    if (next) await ctx.enqueue(trx, job(meeting.sessionId), { startAfter: next.at });
    return true;
  });
  // Changed meanwhile: what was given up is given up again, harmlessly, and the rest is looked at anew.
  if (!written) await again(ctx, meeting.sessionId, soonMs);
}

/** @returns when to try again; undefined: it is gone, or left to its provider */
async function release(ctx: Context, meeting: MeetingSession, room: FormerRoom, own: boolean): Promise<Date | undefined> {
  const now = ctx.clock();
  const soon = new Date(now.getTime() + soonMs);
  try {
    const ready = await ctx.plugins.meetingProvider(ctx.db, room.installId, { disabledToo: true });
    const { provider } = ready;
    const call = { effect: `release:${meeting.sessionId}`, account: room.connectionId };
    const asked = await askProvider(ctx, ready, call, async (context) => {
      const lost =
        room.ref === null ? await provider.findByCode?.(context, wantOf(meeting, ready.code(meeting.sessionId))) : undefined;
      const have = lost ? { ref: lost.ref, joinUrl: lost.joinUrl ?? null } : haveOf(room);
      // A lost room that is the session's present one is in use.
      const inUse = !own && have.ref === meeting.ref && room.installId === meeting.installId;
      if (have.ref && !inUse) await provider.release(context, have);
    });
    if ('full' in asked) return soon;
    return 'closed' in asked ? asked.closed.until : undefined;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'not_found') return undefined;
    const { nextAttemptAt } = nextAttempt(failure, { attempts: meeting.releaseAttempts, now });
    const facts = { sessionId: meeting.sessionId, installId: room.installId, ref: room.ref, code: failure.code };
    if (nextAttemptAt && meeting.releaseAttempts < patience) {
      ctx.log.warn(facts, 'a room could not be given up yet');
      return nextAttemptAt;
    }
    ctx.log.warn(facts, 'a room could not be given up');
    return undefined;
  }
}

const job = (sessionId: string) => ({ name: 'meeting.release', data: { sessionId } }) as const;

async function again(ctx: Context, sessionId: string, ms: number): Promise<void> {
  await ctx.enqueue(ctx.db, job(sessionId), { startAfter: new Date(ctx.clock().getTime() + ms) });
}
