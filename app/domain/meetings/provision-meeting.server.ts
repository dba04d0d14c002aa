import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { ReadyMeetingProvider } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { PluginError, z } from '#plugins/contract/index.ts';
import { findMeetingSession, haveOf, type MeetingSession, needsRoom, wantOf } from './meeting-session.server.ts';
import { failureOf, type ProviderFailure } from './provider-failure.ts';

/** Attempts before a passing fault counts as a failure that a person must see; the queue tries at least as often. */
const maxAttempts = 6;

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

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'log'>;

/**
 * Makes the room of a session, or brings the one that is there up to date. The job of `meeting.provision`: repeating it
 * is harmless. Throws while trying again by itself may help, so that the queue does; a failure that only a person can
 * mend is written to the meeting, with its reason, and ends the job.
 */
export async function provisionMeeting(ctx: Context, { sessionId }: { sessionId: string }): Promise<void> {
  const meeting = await findMeetingSession(ctx.db, sessionId);
  if (meeting?.state !== 'pending' || !needsRoom(meeting)) return;

  let ready: ReadyMeetingProvider | undefined;
  let answer: Provisioned;
  try {
    ready = await ctx.plugins.meetingProvider(ctx.db, meeting.installId);
    answer = await callProvider(ready, meeting);
  } catch (error) {
    const mask = ready?.mask ?? ((text: string) => text);
    // The cause may hold what the provider sent, and that a secret: its message alone is logged, masked.
    const cause = mask(error instanceof Error ? error.message : String(error));
    const failure = failureOf(error);
    const facts = { sessionId, installId: meeting.installId, code: failure.code, attempts: meeting.attempts + 1, cause };
    ctx.log.warn(facts, 'no room for a session');
    const message = mask(failure.message);
    if (ready) await noteOnInstall(ctx.db, meeting.installId, message);
    await fail(ctx, meeting, { ...failure, message });
    return;
  }
  if (answer.state === 'ready') return succeed(ctx, meeting, answer, ready);
  const retryAt = new Date(ctx.clock().getTime() + answer.retryAfterSeconds * 1_000);
  const message = 'The provider is still making the room.';
  const waiting: ProviderFailure = { code: 'unavailable', message, passing: true, retryAt };
  await fail(ctx, meeting, waiting, answer.ref);
}

async function callProvider(ready: ReadyMeetingProvider, meeting: MeetingSession): Promise<Provisioned> {
  const context = ready.context(`provision:${meeting.sessionId}`);
  const want = wantOf(meeting, ready.code(meeting.sessionId));
  let have = haveOf(meeting);
  if (!have.ref && meeting.errorCode === 'outcome_unknown' && ready.provider.findByCode) {
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
}

async function succeed(
  ctx: Context,
  meeting: MeetingSession,
  answer: Extract<Provisioned, { state: 'ready' }>,
  ready: ReadyMeetingProvider,
): Promise<void> {
  const joinUrl = answer.joinUrl ?? null;
  const written = await write(ctx.db, meeting, {
    state: 'ready',
    ref: answer.ref,
    joinUrl,
    error: null,
    errorCode: null,
    nextAttemptAt: null,
    attempts: meeting.attempts + 1,
  });
  if (written) return noteOnInstall(ctx.db, meeting.installId, null);
  // Changed while the provider worked. At the same provider the change's own job finds this room again; at another
  // one nobody would, so it is given up here.
  const current = await findMeetingSession(ctx.db, meeting.sessionId);
  if (current?.installId === meeting.installId) return;
  await ready.provider.release(ready.context(`release:${meeting.sessionId}`), { ref: answer.ref, joinUrl });
}

async function fail(ctx: Context, meeting: MeetingSession, failure: ProviderFailure, ref = meeting.ref): Promise<void> {
  const attempts = meeting.attempts + 1;
  const again = failure.passing && attempts < maxAttempts;
  const written = await write(ctx.db, meeting, {
    state: again ? 'pending' : 'failed',
    ref,
    error: failure.message,
    errorCode: failure.code,
    attempts,
    nextAttemptAt: again ? failure.retryAt : null,
  });
  if (written && again) throw new PluginError(failure.code, failure.message);
}

interface Outcome {
  state: 'pending' | 'ready' | 'failed';
  ref: string | null;
  joinUrl?: string | null;
  error: string | null;
  errorCode: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
}

/** Writes the outcome of an attempt unless the meeting was changed meanwhile: then the change has a job of its own. */
async function write(db: Kysely<DB>, meeting: MeetingSession, outcome: Outcome): Promise<boolean> {
  const result = await db
    .updateTable('meeting')
    .set(outcome)
    .where('sessionId', '=', meeting.sessionId)
    .where(sql<boolean>`meeting.xmin::text = ${meeting.stamp}`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
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
