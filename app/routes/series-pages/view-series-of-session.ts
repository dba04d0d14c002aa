import { seriesInWords } from '#app/domain/scheduling/repeat.ts';
import type { findSeriesOfSession } from '#app/domain/series/queries.server.ts';
import { dateText } from './date-text.ts';

export interface SeriesOfSessionView {
  id: string;
  rule: string;
  /** The day the rule gave the session. */
  date: string;
  /** Changed by itself: what the rule had said. */
  instead: string | null;
  /** It can still be changed as a whole. */
  running: boolean;
}

type Series = NonNullable<Awaited<ReturnType<typeof findSeriesOfSession>>>;

export function viewSeriesOfSession(series: Series, locale: string): SeriesOfSessionView {
  const date = series.originalDate ?? series.startsOn;
  return {
    id: series.id,
    rule: seriesInWords(series, locale),
    date,
    instead: series.seriesException ? dateText(date, locale) : null,
    running: series.endedAt === null,
  };
}
