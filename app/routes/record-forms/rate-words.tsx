import type { RateBasis } from '#app/domain/billing/pricing.ts';
import { shortPercent } from '#app/domain/billing/tax.ts';
import { Money } from '#app/ui/money.tsx';

export const basisWords: Record<RateBasis, string> = {
  per_hour: 'an hour',
  per_session: 'a session',
  percent: 'of the fees',
};

interface AmountOfRate {
  basis: RateBasis;
  amountPerHour: bigint;
  percent: string | null;
  minimum?: bigint | null;
}

/** "45.00 an hour", "40.00 a session", "55% of the fees, at least 20.00". */
export function RateAmount({ rate, short = false }: { rate: AmountOfRate; short?: boolean }) {
  const unit = short && rate.basis === 'per_hour' ? '' : ` ${basisWords[rate.basis]}`;
  return (
    <>
      {rate.basis === 'percent' ? `${shortPercent(rate.percent ?? '0')}%` : <Money value={rate.amountPerHour} />}
      {unit}
      {rate.minimum == null ? null : (
        <>
          , at least <Money value={rate.minimum} />
        </>
      )}
    </>
  );
}

interface ScopeOfRate {
  program: string | null;
  subject: string | null;
  tutor: string | null;
  student: string | null;
}

/** "Ada Byrne, One-to-one", the weightiest first; of a rate for all, that. */
export function rateScopeText({ program, subject, tutor, student }: ScopeOfRate): string {
  return [student, tutor, subject, program].filter(Boolean).join(', ') || 'Everybody and everything';
}

/** How particular it is, as it is added up: "student 8 + program 1". */
export function weightText({ program, subject, tutor, student }: ScopeOfRate): string {
  const parts = [student && 'student 8', tutor && 'tutor 4', subject && 'subject 2', program && 'program 1'].filter(Boolean);
  return parts.join(' + ') || 'for all 0';
}
