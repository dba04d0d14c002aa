import type { SeriesCancellation } from '#app/domain/series/preview-series-cancellation.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { waiverText } from '#app/ui/waiver-words.ts';
import { timesText } from './day-view.ts';

/** What ending or pausing a series means, said before it is done. */
export interface CancellationView {
  count: number;
  late: { id: string; text: string }[];
  /** Of the late ones together; null: nothing, or not for this reader. */
  fee: string | null;
  days: { key: string; text: string }[];
}

interface Sight {
  reader: Reader;
  currency: string;
  /** May see what the family is charged. */
  charge: boolean;
}

export function viewCancellation(preview: SeriesCancellation, { reader, currency, charge }: Sight): CancellationView {
  const money = (fee: bigint) => formatMoney(fee, currency, reader.locale);
  return {
    count: preview.sessions.length,
    late: preview.late.map(({ session, fee, creditsKept, waivers }) => ({
      id: session.id,
      text: [
        timesText(reader, session),
        fee !== null && charge && waivers.length === 0 ? money(fee) : '',
        ...waivers.map((waiver) => waiverText(waiver, reader.locale)),
        creditsKept ? 'its credit does not come back' : '',
      ]
        .filter(Boolean)
        .join(', '),
    })),
    fee: preview.fee > 0n && charge ? money(preview.fee) : null,
    days: preview.sessions.map((session) => ({ key: session.id, text: timesText(reader, session) })),
  };
}
