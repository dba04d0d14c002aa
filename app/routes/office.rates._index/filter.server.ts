import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import type { RateFilter } from '#app/domain/billing/rate-queries.server.ts';
import { isId } from '#app/domain/is-id.ts';

export interface RatesShown {
  side: RateSide | '';
  programId: string;
  subjectId: string;
  tutorId: string;
  studentId: string;
  past: boolean;
}

/** The filter as it stands in the URL. */
export function readRateFilter(params: URLSearchParams): RatesShown {
  const id = (name: string) => {
    const value = params.get(name);
    return isId(value) ? value : '';
  };
  const side = params.get('side');
  return {
    side: side === 'charge' || side === 'pay' ? side : '',
    programId: id('programId'),
    subjectId: id('subjectId'),
    tutorId: id('tutorId'),
    studentId: id('studentId'),
    past: params.get('past') === '1',
  };
}

/** Of the sides that this person may see, the one asked for; what has ended only on demand. */
export function rateQuery(shown: RatesShown, mayRead: readonly RateSide[], today: string): RateFilter {
  return {
    sides: mayRead.filter((side) => shown.side === '' || side === shown.side),
    programId: shown.programId || undefined,
    subjectId: shown.subjectId || undefined,
    tutorId: shown.tutorId || undefined,
    studentId: shown.studentId || undefined,
    from: shown.past ? undefined : today,
  };
}
