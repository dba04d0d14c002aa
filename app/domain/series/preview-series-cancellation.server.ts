import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { Waiver } from '#app/domain/make-ups/waiver.ts';
import { freeKey, previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import type { DB } from '#db/types.ts';
import { toCancel } from './cancel-series.server.ts';
import { toPause } from './pause-series.server.ts';
import type { CancelSeriesInput } from './series.schema.ts';
import { getSeries, listSeriesSessions, type SeriesSession } from './series-rows.server.ts';

export interface SeriesCancellation {
  /** What would be cancelled, in order. */
  sessions: SeriesSession[];
  /** Of these it is too late to do it for nothing. */
  late: { session: SeriesSession; fee: bigint | null; creditsKept: boolean; waivers: Waiver[] }[];
  /** Net in minor units, of the late ones. */
  fee: bigint;
}

/** A notice longer than this is no notice. Later ones need not be asked one by one. */
const LONGEST_NOTICE_MS = 31 * 86_400_000;

/** What cancelling, or with `to` a pause, would mean: how many sessions, which of them late, and what that costs. Changes nothing. */
export async function previewSeriesCancellation(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: Pick<CancelSeriesInput, 'seriesId' | 'scope' | 'from' | 'by'> & { to?: string },
): Promise<SeriesCancellation> {
  const now = ctx.clock();
  const series = await getSeries(db, input.seriesId);
  const all = await listSeriesSessions(db, series.id, now);
  const { from, to } = input;
  const sessions = to === undefined ? toCancel(all, input) : toPause(all, series.zone, { from, to });
  const late: SeriesCancellation['late'] = [];
  const free = new Map<string, number>();
  for (const session of sessions) {
    if (input.by !== 'client' || session.startsAt.getTime() - now.getTime() > LONGEST_NOTICE_MS) continue;
    const preview = await previewCancellation(db, ctx, { sessionId: session.id, by: input.by, freeBefore: free });
    if (!preview.late) continue;
    const waivers = preview.places.flatMap((place) => place.waiver ?? []);
    for (const { studentId, waiver } of preview.places) {
      if (waiver?.as !== 'free') continue;
      const key = freeKey(studentId, waiver.termId);
      free.set(key, (free.get(key) ?? 0) + 1);
    }
    const fees = preview.places.map((place) => place.fee).filter((fee) => fee !== null);
    const creditsKept = preview.places.some((place) => place.creditsReturned === 0n);
    late.push({ session, fee: fees.length > 0 ? fees.reduce((sum, fee) => sum + fee, 0n) : null, creditsKept, waivers });
  }
  return { sessions, late, fee: late.reduce((sum, { fee }) => sum + (fee ?? 0n), 0n) };
}
