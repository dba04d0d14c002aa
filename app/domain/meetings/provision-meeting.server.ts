import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { noteTrouble } from '#app/domain/connections/note-trouble.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { ReadyMeetingProvider } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { PluginError, z } from '#plugins/contract/index.ts';
import { type Asked, askProvider } from './ask-provider.server.ts';
import { claimMeeting, unchangedSince, unclaimMeeting } from './claim-meeting.server.ts';
import { keepLateRoom } from './keep-late-room.server.ts';
import { accountFor } from './meeting-account.server.ts';
import {
  type FormerRoom,
  findMeetingSession,
  haveOf,
  isOpen,
  type MeetingSession,
  needsRoom,
  wantOf,
} from './meeting-session.server.ts';
import { failureOf, mayHaveActed, nextAttempt, type ProviderFailure } from './provider-failure.ts';

const provisioned = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    ref: z.string().min(1).max(2_000),
    joinUrl: z
      .url({ protocol: /^https$/ })
      .max(4_000)
      .optional(),
  }),
  z.object({
    state: z.literal('pending'),
    ref: z.string().min(1).max(2_000).optional(),
    retryAfterSeconds: z.number().min(0),
  }),
]);
type Provisioned = z.output<typeof provisioned>;

/** When a busy provider or meeting is looked at again. */
const soonMs = 3_000;

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue' | 'log'>;

/**
 * Makes the room of a session, or brings the one that is there up to date. The job of `meeting.provision`: one attempt,
 * repeating it is harmless, and a provider's failure is no failure of the job: it is written to the meeting, with its
 * reason and the time of the next attempt, for which a job is put on the queue.
 */
export async function provisionMeeting(ctx: Context, { sessionId }: { sessionId: string }): Promise<void> {
  const seen = await findMeetingSession(ctx.db, sessionId);
  if (!seen || !isDue(seen, ctx.clock())) return;
  if (!(await claimMeeting(ctx.db, sessionId, ctx.clock()))) return again(ctx, sessionId, soonMs);
  try {
    const meeting = await findMeetingSession(ctx.db, sessionId);
    if (meeting && isDue(meeting, ctx.clock())) await attempt(ctx, meeting);
  } finally {
    await unclaimMeeting(ctx.db, sessionId);
  }
}

const isDue = (meeting: MeetingSession, now: Date) =>
  isOpen(meeting) && needsRoom(meeting) && (meeting.nextAttemptAt === null || meeting.nextAttemptAt <= now);

async function attempt(ctx: Context, meeting: MeetingSession): Promise<void> {
  if (meeting.endsAt <= ctx.clock()) {
    const message = 'The session was over before its room could be made.';
    return fail(ctx, meeting, { code: 'rejected', message, passing: false, retryAt: null });
  }
  let ready: ReadyMeetingProvider | undefined;
  let current = meeting;
  try {
    ready = await ctx.plugins.meetingProvider(ctx.db, meeting.installId, { disabledToo: meeting.ref !== null });
    const prepared = await prepare(ctx, ready, meeting);
    if (!prepared) return;
    current = prepared;
    const asked = await callProvider(ctx, ready, current);
    if ('full' in asked) return await again(ctx, meeting.sessionId, soonMs);
    if ('closed' in asked) return await waitForGate(ctx, current, asked.closed);
    return await settle(ctx, ready, current, asked.answer);
  } catch (error) {
    const mask = ready?.mask ?? ((text: string) => text);
    // The cause may hold what the provider sent, and that a secret: its message alone is logged, masked.
    const cause = mask(error instanceof Error ? error.message : String(error));
    const failure = failureOf(error);
    const facts = { sessionId: meeting.sessionId, installId: meeting.installId, code: failure.code };
    ctx.log.warn({ ...facts, attempts: meeting.attempts + 1, cause }, 'no room for a session');
    const message = mask(failure.message);
    const { connectionId } = current;
    if (ready) await noteOnInstall(ctx.db, meeting.installId, message);
    if (connectionId) await noteTrouble(ctx.db, ctx, { connectionId, code: failure.code, message });
    await fail(ctx, current, { ...failure, message });
  }
}

/**
 * Settles whose account it is, and leaves a room of another one behind. Writes down that a room may be made from now on: a
 * process that dies, or an answer that is lost, must not lead to a second one. Undefined when the meeting was changed.
 */
async function prepare(ctx: Context, ready: ReadyMeetingProvider, meeting: MeetingSession): Promise<MeetingSession | undefined> {
  const connectionId = await accountFor(ctx.db, ctx, ready, meeting);
  const makes = ready.capabilities.create !== 'not_needed' && ready.capabilities.provisioning === 'ahead';
  const left = connectionId === meeting.connectionId ? [] : roomLeft(meeting);
  const ref = left.length > 0 ? null : meeting.ref;
  const unsure = left.length > 0 ? false : meeting.unsure;
  const result = await ctx.db
    .updateTable('meeting')
    .set({
      connectionId,
      ...(makes && ref === null ? { unsure: true } : {}),
      ...(left.length > 0 ? { ref, joinUrl: null, data: dataWith([...meeting.former, ...left]) } : {}),
    })
    .where('sessionId', '=', meeting.sessionId)
    .where(unchangedSince(meeting.turn))
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return undefined;
  if (left.length > 0) await ctx.enqueue(ctx.db, { name: 'meeting.release', data: { sessionId: meeting.sessionId } });
  return { ...meeting, connectionId, ref, joinUrl: ref ? meeting.joinUrl : null, unsure, former: [...meeting.former, ...left] };
}

const roomLeft = (meeting: MeetingSession): FormerRoom[] =>
  meeting.ref || meeting.unsure
    ? [{ installId: meeting.installId, ref: meeting.ref, joinUrl: meeting.joinUrl, connectionId: meeting.connectionId }]
    : [];

const dataWith = (former: FormerRoom[]) =>
  sql<string>`case when ${former.length} = 0 then meeting.data - 'former'
    else jsonb_set(meeting.data, '{former}', ${JSON.stringify(former)}::jsonb) end`;

async function callProvider(ctx: Context, ready: ReadyMeetingProvider, meeting: MeetingSession): Promise<Asked<Provisioned>> {
  const call = { effect: `provision:${meeting.sessionId}`, account: meeting.connectionId };
  return askProvider(ctx, ready, call, async (context) => {
    const want = wantOf(meeting, ready.code(meeting.sessionId));
    let have = haveOf(meeting);
    if (!have.ref && meeting.unsure && ready.provider.findByCode) {
      const found = await ready.provider.findByCode(context, want);
      if (found) have = { ref: found.ref, joinUrl: found.joinUrl ?? null };
    }
    const parsed = provisioned.safeParse(await ready.provider.provision(context, want, have));
    if (!parsed.success) {
      const message = 'The provider’s plugin gave an answer that makes no sense.';
      throw new PluginError('contract_violation', message, { cause: parsed.error });
    }
    const { data } = parsed;
    if (data.state === 'ready' && ready.capabilities.links === 'shared' && !data.joinUrl) {
      throw new PluginError('contract_violation', 'The provider made a room and gave no link to it.');
    }
    return data;
  });
}

async function settle(ctx: Context, ready: ReadyMeetingProvider, meeting: MeetingSession, answer: Provisioned): Promise<void> {
  if (answer.state === 'pending') {
    const retryAt = new Date(ctx.clock().getTime() + answer.retryAfterSeconds * 1_000);
    const message = 'The provider is still making the room.';
    return fail(ctx, meeting, { code: 'unavailable', message, passing: true, retryAt }, answer.ref ?? meeting.ref);
  }
  const joinUrl = answer.joinUrl ?? null;
  const room = { installId: meeting.installId, ref: answer.ref, joinUrl, connectionId: meeting.connectionId };
  // A room that the provider replaced by itself is given up; one that was to be given up and came back is kept.
  const replaced = meeting.ref && meeting.ref !== answer.ref ? roomLeft(meeting) : [];
  const former = [...meeting.former, ...replaced].filter(
    ({ installId, ref }) => installId !== room.installId || (ref !== null && ref !== room.ref),
  );
  const written = await inTransaction(ctx.db, async (trx) => {
    const result = await trx
      .updateTable('meeting')
      .set({
        ...{ state: 'ready', ref: answer.ref, joinUrl, error: null, errorCode: null, nextAttemptAt: null, unsure: false },
        ...{ attempts: meeting.attempts + 1, turn: meeting.turn + 1, data: dataWith(former) },
      })
      .where('sessionId', '=', meeting.sessionId)
      .where(unchangedSince(meeting.turn))
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    if (replaced.length > 0) await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId: meeting.sessionId } });
    return true;
  });
  if (written) return noteOnInstall(ctx.db, meeting.installId, null);
  await keepLateRoom(ctx, ready, meeting.sessionId, room);
}

async function waitForGate(
  ctx: Context,
  meeting: MeetingSession,
  gate: { until: Date; code: string | null; reason: string },
): Promise<void> {
  // A limit is waited for; trouble that lasts becomes a failure that a person sees.
  const code = gate.code === 'rate_limited' ? 'rate_limited' : 'unavailable';
  await fail(ctx, meeting, { code, message: gate.reason, passing: true, retryAt: gate.until });
}

async function fail(ctx: Context, meeting: MeetingSession, failure: ProviderFailure, ref = meeting.ref): Promise<void> {
  const now = ctx.clock();
  const next = nextAttempt(failure, { attempts: meeting.attempts, now });
  const { sessionId } = meeting;
  await inTransaction(ctx.db, async (trx) => {
    const result = await trx
      .updateTable('meeting')
      .set((eb) => ({
        ...{ ...next, ref, error: failure.message, errorCode: failure.code, turn: meeting.turn + 1 },
        // What refuses without acting leaves it as it was before this attempt.
        unsure: ref === null && (meeting.unsure || mayHaveActed(failure.code)) ? eb.ref('unsure') : false,
      }))
      .where('sessionId', '=', sessionId)
      .where(unchangedSince(meeting.turn))
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n || !next.nextAttemptAt) return;
    await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } }, { startAfter: next.nextAttemptAt });
  });
}

async function again(ctx: Context, sessionId: string, ms: number): Promise<void> {
  const startAfter = new Date(ctx.clock().getTime() + ms);
  await ctx.enqueue(ctx.db, { name: 'meeting.provision', data: { sessionId } }, { startAfter });
}

/** Keeps the last failure on the provider's own page, and takes it away with the next success. */
async function noteOnInstall(db: Kysely<DB>, installId: string, lastError: string | null): Promise<void> {
  await db
    .updateTable('pluginInstall')
    .set({ lastError })
    .where('id', '=', installId)
    .where('lastError', 'is distinct from', lastError)
    .execute();
}
