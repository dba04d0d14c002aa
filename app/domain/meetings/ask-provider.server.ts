import type { AppContext } from '#app/context.ts';
import type { ReadyMeetingProvider } from '#app/plugin-host/types.ts';
import { isPluginError, type MeetingContext, PluginError } from '#plugins/contract/index.ts';
import { failureOf } from './provider-failure.ts';
import { type ClosedGate, enterProvider, leaveProvider } from './provider-gate.server.ts';
import { wakeMeetings } from './wake-meetings.server.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue'>;

export type Asked<T> =
  | { answer: T }
  /** Nobody was called: the provider is left alone for a while. */
  | { closed: ClosedGate }
  /** Nobody was called: as many calls as it takes are under way. */
  | { full: true };

/** Calls at once, over all processes, of a provider that doesn't say. */
const usualAtOnce = 4;

/**
 * Calls a provider, unless it is in trouble or busy enough. How it went is known to all processes, and when it comes back
 * from its trouble, what waited for it goes on. Throws what the call throws, a PluginError, and `outcome_unknown` for a
 * call that goes on after its time is up. Never in a transaction.
 */
export async function askProvider<T>(
  ctx: Context,
  ready: ReadyMeetingProvider,
  { effect, account = null }: { effect: string; account?: string | null },
  call: (context: MeetingContext) => Promise<T>,
): Promise<Asked<T>> {
  const context = ready.context(effect, account);
  const installId = ready.install.id;
  // One that makes nothing has nobody to be called, and is never in trouble.
  if (ready.capabilities.create === 'not_needed') return { answer: await inTime(call(context), context.signal) };
  const plugin = ctx.plugins.registry.plugins.get(ready.install.pluginId)?.plugin;
  const entry = await enterProvider(ctx.db, { installId, atOnce: plugin?.atOnce ?? usualAtOnce, now: ctx.clock() });
  if (!('slot' in entry)) return entry;
  const leave = async (error: unknown) => {
    const found = error === null ? null : failureOf(error);
    const failure = found && { ...found, message: ready.mask(found.message) };
    const gate = await leaveProvider(ctx.db, { installId, slot: entry.slot, now: ctx.clock(), failure });
    if (gate === 'opened') await wakeMeetings(ctx.db, ctx, { installId });
  };
  let answer: T;
  try {
    answer = await inTime(call(context), context.signal);
  } catch (error) {
    await leave(error);
    throw error;
  }
  await leave(null);
  return { answer };
}

/** Waits no longer than the call's time, even for a plugin that doesn't listen to the signal. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new PluginError('outcome_unknown', 'The provider did not answer in time.'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    stop = () => signal.removeEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop();
    // What it still says after that is of no use, and its failure nobody's.
    work.catch((error: unknown) => isPluginError(error));
  }
}
