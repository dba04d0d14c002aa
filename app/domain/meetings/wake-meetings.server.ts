import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Failures whose cause a person mends: in the settings, or by connecting an account. */
const mendable: readonly string[] = ['config_invalid', 'auth_expired', 'scope_missing', 'unsupported'];

/**
 * What waits for a provider goes on now: it is back from its trouble, or with `mended` its settings or an account were
 * put right. Whoever mended the cause need not press a button at each session.
 */
export async function wakeMeetings(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'enqueue'>,
  { installId, mended = false }: { installId: string; mended?: boolean },
): Promise<void> {
  const now = ctx.clock();
  await inTransaction(db, async (trx) => {
    if (mended) {
      const open = { failures: 0, closedUntil: null, code: null, reason: null, changedAt: now };
      await trx.updateTable('providerGate').set(open).where('installId', '=', installId).execute();
    }
    await trx
      .updateTable('meeting')
      .set({ nextAttemptAt: now, sweptAt: null })
      .where('installId', '=', installId)
      .where('state', 'in', ['pending', 'failed'])
      .where((eb) =>
        eb.or([
          eb('nextAttemptAt', '>', now).and('errorCode', 'is distinct from', 'quota_exhausted'),
          ...(mended ? [eb('state', '=', 'failed').and('errorCode', 'in', [...mendable])] : []),
        ]),
      )
      .execute();
    await trx
      .updateTable('meeting')
      .set({ releaseAt: now, sweptAt: null })
      .where('installId', '=', installId)
      .where('releaseAt', '>', now)
      .execute();
    await ctx.enqueue(trx, { name: 'meeting.sweep', data: {} });
  });
}
