/** Texts of money and credits. Exact: amounts never become floating point numbers on the way. */
import { currencyDigits } from '#app/domain/billing/money.ts';

/** 123456n, 'EUR' -> €1,234.56; by the digits the currency has. */
export function formatMoney(amount: bigint, currency: string, locale: string): string {
  const digits = currencyDigits(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...decimals });
  return format.format(decimalText(amount, digits) as unknown as number);
}

/** Hundredths of a credit: 150n -> 1.5; -100n -> -1. */
export function formatCredits(hundredths: bigint, locale: string): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return format.format(decimalText(hundredths, 2) as unknown as number);
}

/** 12345n with 2 digits -> '123.45'. What a form's field shows and a CSV holds. */
export function decimalText(amount: bigint, digits: number): string {
  if (digits === 0) return amount.toString();
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** America/New_York -> New York. */
export const cityOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
