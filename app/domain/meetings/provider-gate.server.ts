import { type Kysely, sql, type Transaction } from 'kysely';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { ProviderFailure } from './provider-failure.ts';

/** Failures in a row, of all processes together, after which a provider is left alone for a while. */
const tolerated = 5;
const firstPauseMs = 30_000;
const longestPauseMs = 5 * 60_000;
/** A limit that names no time, or a very distant one, is asked about again after these. */
const shortLimitMs = 30_000;
const longestLimitMs = 15 * 60_000;
/** A call that never gave its slot back is taken for dead. */
const slotMs = 60_000;

/** A provider that is left alone: until when, and why. */
export interface ClosedGate {
  until: Date;
  code: string | null;
  reason: string;
}

type Entry = { slot: string } | { closed: ClosedGate } | { full: true };

const lockGate = (trx: Transaction<DB>, installId: string) =>
  sql`select pg_advisory_xact_lock(hashtext('lectern.provider_gate'), hashtext(${installId}))`.execute(trx);

/**
 * Asks to call a provider: no more than `atOnce` calls of all processes are under way, and none while it is in trouble.
 * When its pause is over one call goes ahead of the others, to see. Each slot is given back by `leaveProvider`.
 */
export async function enterProvider(
  db: Kysely<DB>,
  { installId, atOnce, now }: { installId: string; atOnce: number; now: Date },
): Promise<Entry> {
  return inTransaction(db, async (trx): Promise<Entry> => {
    await lockGate(trx, installId);
    const gate = await trx.selectFrom('providerGate').selectAll().where('installId', '=', installId).executeTakeFirst();
    if (gate?.closedUntil && gate.closedUntil > now)
      return { closed: { until: gate.closedUntil, code: gate.code, reason: gate.reason ?? '' } };
    await trx.deleteFrom('providerSlot').where('installId', '=', installId).where('until', '<=', now).execute();
    const { taken } = await trx
      .selectFrom('providerSlot')
      .select((eb) => eb.fn.countAll<bigint>().as('taken'))
      .where('installId', '=', installId)
      .executeTakeFirstOrThrow();
    if (Number(taken) >= atOnce) return { full: true };
    if (gate && gate.failures >= tolerated)
      await trx
        .updateTable('providerGate')
        .set({ closedUntil: new Date(now.getTime() + firstPauseMs), changedAt: now })
        .where('installId', '=', installId)
        .execute();
    const { id } = await trx
      .insertInto('providerSlot')
      .values({ installId, until: new Date(now.getTime() + slotMs) })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { slot: id };
  });
}

/**
 * Tells how a call ended; null: the provider did what it was asked, or refused it in good health.
 * @returns what became of the gate: `opened` when the provider is back from its trouble
 */
export async function leaveProvider(
  db: Kysely<DB>,
  input: { installId: string; slot: string; now: Date; failure: ProviderFailure | null },
): Promise<'opened' | 'closed' | 'same'> {
  const { installId, slot, now, failure } = input;
  return inTransaction(db, async (trx) => {
    await lockGate(trx, installId);
    await trx.deleteFrom('providerSlot').where('id', '=', slot).execute();
    const gate = await trx
      .selectFrom('providerGate')
      .select(['failures', 'closedUntil', 'code'])
      .where('installId', '=', installId)
      .executeTakeFirst();
    const trouble = failure && troubleOf(failure, (gate?.failures ?? 0) + 1, now);
    if (!trouble) {
      if (!gate || (gate.failures === 0 && gate.closedUntil === null)) return 'same';
      // A limit ends by its time alone: what was under way when it came says nothing about it.
      if (gate.code === 'rate_limited' && gate.closedUntil && gate.closedUntil > now) return 'same';
      await trx
        .updateTable('providerGate')
        .set({ failures: 0, closedUntil: null, code: null, reason: null, changedAt: now })
        .where('installId', '=', installId)
        .execute();
      return gate.closedUntil === null ? 'same' : 'opened';
    }
    const row = { ...trouble, code: failure.code, reason: failure.message, changedAt: now };
    await trx
      .insertInto('providerGate')
      .values({ installId, ...row })
      .onConflict((oc) => oc.column('installId').doUpdateSet(row))
      .execute();
    return trouble.closedUntil ? 'closed' : 'same';
  });
}

/** What a failure says of the provider as a whole; undefined for one that is about a single call or account. */
function troubleOf(
  failure: ProviderFailure,
  inARow: number,
  now: Date,
): { failures: number; closedUntil: Date | null } | undefined {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (failure.code === 'rate_limited') {
    const until = failure.retryAt ?? after(shortLimitMs);
    return { failures: 0, closedUntil: until > after(longestLimitMs) ? after(longestLimitMs) : until };
  }
  if (!['unavailable', 'outcome_unknown', 'contract_violation'].includes(failure.code)) return undefined;
  if (inARow < tolerated) return { failures: inARow, closedUntil: null };
  return { failures: inARow, closedUntil: after(Math.min(firstPauseMs * 2 ** (inARow - tolerated), longestPauseMs)) };
}

/** The providers that are left alone now, of all installs or of one. */
export async function listClosedGates(
  db: Kysely<DB>,
  now: Date,
  installId?: string,
): Promise<(ClosedGate & { installId: string; installName: string })[]> {
  const rows = await db
    .selectFrom('providerGate as gate')
    .innerJoin('pluginInstall as install', 'install.id', 'gate.installId')
    .select(['gate.installId', 'install.name as installName', 'gate.closedUntil', 'gate.code', 'gate.reason'])
    // One that failed too often stays in trouble until a call has succeeded, though its pause may be over.
    .where((eb) => eb.or([eb('gate.closedUntil', '>', now), eb('gate.failures', '>=', tolerated)]))
    .$if(installId !== undefined, (query) => query.where('gate.installId', '=', installId ?? ''))
    .orderBy('install.name')
    .execute();
  return rows.map(({ closedUntil, reason, ...row }) => ({ ...row, until: closedUntil ?? now, reason: reason ?? '' }));
}
