import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { PluginErrorCode } from '#plugins/contract/index.ts';

/**
 * Writes down that a provider refused a tutor's account although its tokens looked good: somebody took it away there, or took a
 * permission from it. From then on nothing new is booked on it, and tutor and office are told. Any other failure says nothing of it.
 */
export async function noteTrouble(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  input: { connectionId: string; code: PluginErrorCode; message: string },
): Promise<void> {
  const state = { auth_expired: 'expired', scope_missing: 'scope_missing' }[input.code as string];
  if (!state) return;
  await db
    .updateTable('providerConnection')
    .set({ state, problem: input.message, checkedAt: ctx.clock(), toldAt: null })
    .where('id', '=', input.connectionId)
    .where('state', '=', 'connected')
    .execute();
}
