/** What a credit stands for, as a person counts it. Pure, browser-safe. Credits are hundredths. */
import { divideRounded, formatDecimal } from '#app/domain/billing/money.ts';

export type CreditUnit =
  /** A session takes the same, however long it is. */
  | { per: 'session'; hundredths: bigint }
  /** A session takes by its length: so much for an hour. */
  | { per: 'hour'; hundredths: bigint };

/** @param priceOf hundredths of a credit that a planned session of so many minutes takes */
export function creditUnitOf(priceOf: (minutes: number) => bigint): CreditUnit {
  const hour = priceOf(60);
  return { per: priceOf(30) === hour ? 'session' : 'hour', hundredths: hour };
}

/** How many sessions or hours so many credits are, in hundredths of one. */
export function quantityOf(credits: bigint, unit: CreditUnit): bigint {
  return unit.hundredths === 0n ? 0n : divideRounded(credits * 100n, unit.hundredths);
}

/** "10 sessions", "1.5 hours" */
export function quantityWords(credits: bigint, unit: CreditUnit): string {
  const text = quantityText(credits, unit);
  return `${text} ${unit.per}${text === '1' ? '' : 's'}`;
}

/** As a form shows it: "10" or "1.5". */
export function quantityText(credits: bigint, unit: CreditUnit): string {
  return formatDecimal(quantityOf(credits, unit), 2)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
