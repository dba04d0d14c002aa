import { currencyDigits, formatDecimal } from '../money.ts';

/** Amounts and days as a document writes them: by the company's locale, in digits that every reader can search for. */

const usable = (locale: string) => `${Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en'}-u-nu-latn`;

/** Signs that are no letters: narrow spaces, and marks of direction, which a document sets by itself. */
const plain = (text: string) => text.replaceAll(/[\u202f\u00a0\u2009]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');

/** Exact to the last digit: the amount is formatted from its decimal text, never as a float. */
export function moneyText(amount: bigint, currency: string, locale: string): string {
  const digits = currencyDigits(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(usable(locale), { style: 'currency', currency, ...decimals });
  return plain(format.format(formatDecimal(amount, digits) as Intl.StringNumericLiteral));
}

/** A calendar day, YYYY-MM-DD. */
export function dayText(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(usable(locale), { dateStyle: 'medium', timeZone: 'UTC' });
  return plain(format.format(new Date(`${date}T00:00:00Z`)));
}

/** Half-open `[from, to)`, said with its last day. */
export function spanText(from: string, to: string, locale: string): string {
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return `${dayText(from, locale)} – ${dayText(last, locale)}`;
}

/** Whether a text begins in a script that is written from right to left. */
export const isRightToLeft = (text: string) => /^[^\p{L}]*\p{Script=Arabic}/u.test(text);
