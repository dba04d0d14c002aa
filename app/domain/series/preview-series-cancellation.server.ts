import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import type { DB } from '#db/types.ts';
import { toCancel } from './cancel-series.server.ts';
import type { CancelSeriesInput } from './series.schema.ts';
import { listSeriesSessions, type SeriesSession } from './series-rows.server.ts';

export interface SeriesCancellation {
  /** What would be cancelled, in order. */
  sessions: SeriesSession[];
  /** Of these it is too late to do it for nothing. */
  late: { session: SeriesSession; fee: bigint | null; creditsKept: boolean }[];
  /** Net in minor units, of the late ones. */
  fee: bigint;
}

/** A notice longer than this is no notice. Later ones need not be asked one by one. */
const LONGEST_NOTICE_MS = 31 * 86_400_000;

/** What cancelling would mean: how many sessions, which of them late, and what that costs. Changes nothing. */
export async function previewSeriesCancellation(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: Pick<CancelSeriesInput, 'seriesId' | 'scope' | 'from' | 'by'> & { to?: string },
): Promise<SeriesCancellation> {
  const now = ctx.clock();
  const sessions = toCancel(await listSeriesSessions(db, input.seriesId, now), input).filter(
    (session) => input.to === undefined || session.originalDate <= input.to,
  );
  const late: SeriesCancellation['late'] = [];
  for (const session of sessions) {
    if (input.by !== 'client' || session.startsAt.getTime() - now.getTime() > LONGEST_NOTICE_MS) continue;
    const preview = await previewCancellation(db, ctx, { sessionId: session.id, by: input.by });
    if (!preview.late) continue;
    const fees = preview.places.map((place) => place.fee).filter((fee) => fee !== null);
    const creditsKept = preview.places.some((place) => place.creditsReturned === 0n);
    late.push({ session, fee: fees.length > 0 ? fees.reduce((sum, fee) => sum + fee, 0n) : null, creditsKept });
  }
  return { sessions, late, fee: late.reduce((sum, { fee }) => sum + (fee ?? 0n), 0n) };
}
