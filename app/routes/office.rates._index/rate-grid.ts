import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import type { RateRow } from '#app/domain/billing/rate-queries.server.ts';

/** One scope of one side, with its rates before, on and after a day. */
export interface GridRow {
  key: string;
  side: RateSide;
  /** Any of them: it names the scope. */
  scope: RateRow;
  past: RateRow[];
  holds: RateRow | undefined;
  coming: RateRow[];
}

/** The rates as a grid of scopes and dates, in the order they come in; of the past the latest first. */
export function gridOf(rates: readonly RateRow[], today: string): GridRow[] {
  const keyOf = (rate: RateRow) => [rate.side, rate.studentId, rate.tutorId, rate.subjectId, rate.programId].join('/');
  return [...Map.groupBy(rates, keyOf)].flatMap(([key, rows]): GridRow[] => {
    const [scope] = rows;
    if (!scope) return [];
    const ended = (rate: RateRow) => rate.validTo !== null && rate.validTo <= today;
    return [
      {
        key,
        side: scope.side,
        scope,
        past: rows.filter(ended).reverse(),
        holds: rows.find((rate) => rate.validFrom <= today && !ended(rate)),
        coming: rows.filter((rate) => rate.validFrom > today),
      },
    ];
  });
}
