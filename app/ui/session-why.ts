import { shortPercent } from '#app/domain/billing/tax.ts';
import { formatMoney } from './format.ts';
import { outcomeView } from './session-status.ts';

/** How an amount came about, as it is stored with a charge or a pay item (see AmountReason of the domain). */
interface StoredReason {
  rate?: string;
  rateId?: string | null;
  scope?: string[];
  minutes?: number;
  percent?: string;
  outcome?: string;
  underHours?: number;
  split?: { of: string; places: number };
  basis?: string;
  base?: string;
  share?: string;
  minimum?: string;
  miles?: string;
  ratePerMile?: string;
  /** Of a line by hand: what somebody wrote. */
  said?: string;
  /** Of a discount: what its percentage is of, or of a write-off what it takes back. */
  of?: string;
}

/** "45.00/h × 60 min × 50% (no-show), by the rate for the program". Empty where nothing was kept. */
export function whyText(reason: unknown, currency: string, locale: string): string {
  if (typeof reason !== 'object' || reason === null) return '';
  const { rate, rateId, scope, minutes, percent, outcome, underHours, split, basis, base, share, minimum, miles, ratePerMile } =
    reason as StoredReason;
  const money = (text: string) => formatMoney(BigInt(text), currency, locale);
  if (miles !== undefined) return ratePerMile === undefined ? `${miles} miles` : `${miles} miles × ${ratePerMile} a mile`;
  if ('said' in reason) return handText(reason as StoredReason, money);
  const factors: string[] = [];
  if (base === 'session_fee') factors.push('the session’s fee');
  else if (split) factors.push(`${money(split.of)} shared by ${split.places}`);
  else if (base === 'fees') {
    // A tutor reads no family's fee: the sum is left out before it comes here.
    factors.push(
      rate === undefined
        ? `${shortPercent(share ?? '0')}% of the fees`
        : `${shortPercent(share ?? '0')}% of ${money(rate)} in fees`,
    );
  } else if (basis === 'per_session') {
    if (rate !== undefined) factors.push(`${money(rate)} a session`);
  } else {
    if (rate !== undefined) factors.push(`${money(rate)} an hour`);
    if (minutes !== undefined) factors.push(`${minutes} min`);
  }
  if (percent !== undefined && percent !== '100' && base !== 'fees') factors.push(`${percent}%`);
  if (minimum !== undefined) factors.splice(0, factors.length, `at least ${money(minimum)}`);
  const source =
    rateId === null ? 'rate set by hand' : scope === undefined || scope.length === 0 ? '' : `rate for the ${scope.join(' and ')}`;
  const how = outcome === undefined ? '' : outcomeView(outcome).label.toLowerCase();
  const notice = underHours === undefined ? '' : `less than ${underHours} ${underHours === 1 ? 'hour' : 'hours'} before`;
  return [factors.join(' × '), how, notice, source].filter(Boolean).join(', ');
}

/** A line by hand: what somebody wrote, and what a discount or a write-off is of. */
function handText({ said, of, percent }: StoredReason, money: (text: string) => string): string {
  const share = of === undefined ? '' : percent === undefined ? `of ${money(of)}` : `${percent}% of ${money(of)}`;
  return [share, said].filter(Boolean).join(', ');
}
