import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { listDates } from '#app/domain/scheduling/recurrence.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { cancelAll } from './cancel-series.server.ts';
import type { PauseSeriesInput } from './series.schema.ts';
import { listSeriesSessions, lockSeries, type SeriesSession } from './series-rows.server.ts';

/** What a pause ends of a series: by the day on which it would be, wherever somebody has moved it. */
export function toPause(
  sessions: readonly SeriesSession[],
  zone: string,
  { from, to }: Pick<PauseSeriesInput, 'from' | 'to'>,
): SeriesSession[] {
  return sessions.filter((session) => {
    const day = localDateOf(session.startsAt, zone);
    return (session.frozen === null || session.frozen === 'exception') && day >= from && day <= to;
  });
}

/**
 * Nothing takes place from one day to another, both included; after that the series goes on by itself. Sessions that are
 * planned are cancelled by the policy, days that are not yet made are left out when they are. Again changes nothing.
 * @throws DomainError not_found, locked when the series has ended
 */
export async function pauseSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: PauseSeriesInput,
): Promise<{ cancelled: number; skipped: number }> {
  return inTransaction(db, async (trx) => {
    const series = await lockSeries(trx, input.seriesId);
    if (series.endedAt) throw new DomainError('locked', 'This series has ended.');
    const all = await listSeriesSessions(trx, series.id, ctx.clock());
    const going = toPause(all, series.zone, input);
    await cancelAll(trx, ctx, actor, going, input);
    const there = new Set(all.map((session) => session.originalDate));
    const days = listDates(series, { from: input.from, to: input.to }).filter((date) => !there.has(date));
    const left =
      days.length === 0
        ? []
        : await trx
            .insertInto('seriesSkip')
            .values(days.map((date) => ({ seriesId: series.id, originalDate: date, reason: 'pause', note: input.reason })))
            .onConflict((conflict) => conflict.doNothing())
            .returning('originalDate')
            .execute();
    if (going.length > 0 || left.length > 0)
      await audit(trx, actor, {
        action: 'series.pause',
        subjectType: 'series',
        subjectId: series.id,
        after: { from: input.from, to: input.to, by: input.by, sessions: going.length, days: left.length },
        reason: input.reason,
      });
    return { cancelled: going.length, skipped: left.length };
  });
}
