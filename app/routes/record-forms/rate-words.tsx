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
