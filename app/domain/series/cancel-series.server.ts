import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockFamilies } from './lock-families.server.ts';
import type { CancelSeriesInput } from './series.schema.ts';
import { listSeriesSessions, lockSeries, type SeriesSession } from './series-rows.server.ts';

/** Which sessions of a series a cancellation ends: those still to come, hand-made exceptions too. */
export function toCancel(
  sessions: readonly SeriesSession[],
  { scope, from }: Pick<CancelSeriesInput, 'scope' | 'from'>,
): SeriesSession[] {
  return sessions.filter(
    (session) => (session.frozen === null || session.frozen === 'exception') && (scope === 'all' || session.originalDate >= from),
  );
}

/**
 * Ends a series: cancels all of it that is still to come, or this session and those after it, by the policy agreed at
 * booking. What is over, closed out or billed stays. Everybody is told once. A series that has ended stays ended.
 * @throws DomainError not_found; invalid_value (field reasonId) for a reason that isn't theirs to give
 */
export async function cancelSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CancelSeriesInput,
): Promise<{ cancelled: number }> {
  return inTransaction(db, async (trx) => {
    const series = await lockSeries(trx, input.seriesId);
    const sessions = await listSeriesSessions(trx, series.id, ctx.clock());
    const going = toCancel(sessions, input);
    if (going.length === 0 && series.endedAt !== null) return { cancelled: 0 };
    await cancelAll(trx, ctx, actor, going, input);
    const from = input.scope === 'all' ? (going[0]?.originalDate ?? series.startsOn) : input.from;
    const before = from > series.startsOn;
    await trx
      .updateTable('series')
      .set((eb) => ({
        endedAt: ctx.clock(),
        // What took place keeps its rule; one of which nothing did ends with its sessions.
        ...(before ? { untilOn: addDays(from, -1), occurrences: null } : {}),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', series.id)
      .execute();
    await trx.deleteFrom('seriesSkip').where('seriesId', '=', series.id).where('originalDate', '>=', from).execute();
    await audit(trx, actor, {
      action: 'series.cancel',
      subjectType: 'series',
      subjectId: series.id,
      after: { scope: input.scope, from, by: input.by, sessions: going.length },
      reason: input.reason,
    });
    return { cancelled: going.length };
  });
}

/** Cancels sessions of one series, whose rows are locked, and tells everybody once. */
export async function cancelAll(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  sessions: readonly SeriesSession[],
  { by, reason, reasonId }: Pick<CancelSeriesInput, 'by' | 'reason' | 'reasonId'>,
): Promise<void> {
  await lockFamilies(trx, sessions);
  for (const { id } of sessions) await cancelSession(trx, ctx, actor, { sessionId: id, by, reason, reasonId, silent: true });
  await queueScheduleMails(trx, ctx, {
    cause: reason || null,
    changes: sessions.map(({ id }) => ({ sessionId: id, kind: 'cancelled' })),
  });
}
