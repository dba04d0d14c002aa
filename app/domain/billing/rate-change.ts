/** Rates that change together from a day on. Browser-safe. */
import type { RateBasis } from './pricing.ts';
import type { RateSide } from './rate.schema.ts';
import type { RateRise } from './rate-rise.ts';

export interface RateChangeInput {
  /** YYYY-MM-DD, the first day of the new amounts. */
  from: string;
  rise: RateRise;
  /** Which rates; absent or empty: whatever they are limited to. */
  sides: readonly RateSide[];
  programId?: string | undefined;
  subjectId?: string | undefined;
  tutorId?: string | undefined;
  studentId?: string | undefined;
  /** Settled sessions from that day on that are on no invoice, or in no pay run, are worked out anew. */
  reprice: boolean;
}

/** One row that changes: it ends there and another begins, or, from its own first day, it has another amount itself. */
export interface ChangedRate {
  id: string;
  side: RateSide;
  program: string | null;
  subject: string | null;
  tutor: string | null;
  student: string | null;
  basis: RateBasis;
  was: bigint;
  is: bigint;
  from: string;
  validTo: string | null;
  splits: boolean;
}
